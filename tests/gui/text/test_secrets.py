"""Keys that name secrets, and what is shown in their place."""

from __future__ import annotations

from wfepy_gui.text.secrets import DOTS, Masking, names_a_secret


def test_keys_that_name_secrets():
    assert all(
        map(names_a_secret, ["password", "api_key", "userToken", "TOKENS", "smtpPassword", "credentials"])
    )
    assert all(map(names_a_secret, ["key", "keys", "signingKeys", "ssh_key 2"]))
    assert not any(map(names_a_secret, ["monkey", "keyboard", "passenger", "tokenizer", "author", "due"]))
    assert not any(map(names_a_secret, ["key 12", "key_words", "primary_key", "sortKey"]))


def test_secrets_are_masked_with_what_is_in_them_until_they_are_revealed():
    context = {
        "smtp": {"host": "h", "password": "p"},
        "keys": ["k1", "k2"],
        "$x": {"$dict": [["token", "t"]]},
    }
    masking = Masking()

    assert masking.mask((), context) == {
        "smtp": {"host": "h", "password": DOTS}, "keys": DOTS, "$x": {"$dict": [["token", DOTS]]},
    }  # fmt: skip
    shown = masking.reveal(("keys", "[1]"))
    assert not shown.masks(("keys", "[1]"))
    assert shown.masks(("keys", "[0]"))
    assert shown.hide(("keys", "[1]")).masks(("keys", "[1]"))
