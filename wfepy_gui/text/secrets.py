"""Which context values are secrets: those under a key that says so. Dots stand for them until asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from wfepy_core.model.graph import cached_by_identity
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.codec_tags import TAGS, is_pair, member_list, split_tag, with_member_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wfepy_core.model.json_values import JsonValue

DOTS = "••••••••"
SHORTEST = 4
"""Characters of a secret that is looked for in other texts; a shorter one would be found in any word."""
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SECRET = frozenset(("password", "passwd", "passphrase", "pwd", "token", "secret", "apikey", "credential"))
_ALONE = frozenset(("key", "keys"))
_PUBLIC = frozenset(("primary", "foreign", "public", "sort", "partition", "group", "by"))
_LONGEST_KEY = 500
"""Of a key that is no name any more only so much is read, at its beginning and at its end."""
_ENDINGS = ("password", "secret", "token", "credential", "apikey")


@lru_cache(maxsize=32_768)  # a context of many rows has few keys, again and again
def names_a_secret(key: str) -> bool:
    """Whether a key says that its value is a secret: `api_key`, `userPassword`, `tokens`; not `monkey`.

    `key` says so alone, and as the last word (numbers apart) behind another one that is not `primary` or the
    like: `ssh_key 2`; not `key 2`, `key words` or `primary key`.
    """
    if len(key) > _LONGEST_KEY:
        key = f"{key[:_LONGEST_KEY]} {key[-_LONGEST_KEY:]}"
    words = [_singular(word.lower()) for word in _WORDS.findall(key)]
    if len(words) > 1 and words[-1] == "key" and words[-2] not in _PUBLIC:
        return True
    return any(word in _SECRET or word.endswith(_ENDINGS) for word in words) or key.lower() in _ALONE


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def holds_dots(value: JsonValue) -> bool:
    """Whether dots stand for a secret somewhere in a value."""
    if isinstance(value, dict):
        return any(map(holds_dots, value.values()))
    return any(map(holds_dots, value)) if isinstance(value, list) else value == DOTS


def without_secrets(text: str, secrets: frozenset[str]) -> str:
    """A text in which somebody may have quoted secrets, as errors do, with dots for them."""
    for secret in sorted(secrets, key=len, reverse=True):
        if secret in text:
            text = text.replace(secret, DOTS)
    return text


def _texts_in(value: JsonValue) -> Iterator[str]:
    """Texts and numbers in a value that are long enough to be recognised in a sentence."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)
    elif not isinstance(value, bool) and len(text := str(value)) >= SHORTEST:
        yield text


def _dots(_secret: Any) -> Any:
    return DOTS


class Masking:
    """Which values are masked now. Places are keys from the top of the context, as the tree shows them.

    Args:
        revealed: places the operator asked to see.
    """

    def __init__(self, revealed: Iterable[tuple[str, ...]] = ()) -> None:
        self._revealed = frozenset(revealed)

    def reveal(self, place: tuple[str, ...]) -> Masking:
        """The same, with this place and what is in it shown."""
        return Masking((*self._revealed, place))

    def hide(self, place: tuple[str, ...]) -> Masking:
        """The same, with this place and what is in it masked again."""
        size = len(place)
        return Masking(each for each in self._revealed if each[:size] != place and place[: len(each)] != each)

    def is_secret(self, place: tuple[str, ...]) -> bool:
        """Whether a key on the way to this place names a secret."""
        return any(map(names_a_secret, place))

    def masks(self, place: tuple[str, ...], encoded: JsonValue = "") -> bool:
        """Whether this value must not be shown; yes, no and nothing are no secrets."""
        if encoded is None or isinstance(encoded, bool) or not self.is_secret(place):
            return False
        return not any(place[:size] in self._revealed for size in range(1, len(place) + 1))

    def preview(self, place: tuple[str, ...], encoded: JsonValue, limit: int) -> str:
        """The value in one short line, without the secrets in it."""
        shown = self.mask(place, encoded)
        return DOTS if shown == DOTS else preview(shown, limit)

    def mask(self, place: tuple[str, ...], encoded: JsonValue, stand_in: Callable[[Any], Any] = _dots) -> Any:
        """The value in JSON form, with what `stand_in` makes of each secret in it in its place."""
        if self.masks(place, encoded):
            return stand_in(encoded)
        if (tagged := split_tag(encoded)) is not None:
            return self._mask_tagged(place, *tagged, stand_in)
        if isinstance(encoded, dict):
            return {key: self.mask((*place, key), value, stand_in) for key, value in encoded.items()}
        if isinstance(encoded, list):
            return [
                self.mask((*place, f"[{row}]"), value, stand_in) if isinstance(value, dict | list) else value
                for row, value in enumerate(encoded)  # a place in a list names nothing
            ]
        return encoded

    def _mask_tagged(
        self, place: tuple[str, ...], tag: str, payload: JsonValue, stand_in: Callable[[Any], Any]
    ) -> Any:
        members = member_list(tag, payload)
        if members is None:  # no container, or a torn one: whatever lies in it
            return {tag: self.mask(place, payload, stand_in) if isinstance(payload, list) else payload}
        if TAGS[tag].has_pairs:
            masked = [self._mask_pair(place, pair, stand_in) for pair in members]
        else:
            masked = self.mask(place, members, stand_in)
        return with_member_list(tag, payload, masked)

    def _mask_pair(self, place: tuple[str, ...], pair: JsonValue, stand_in: Callable[[Any], Any]) -> Any:
        if not is_pair(pair):
            return pair
        return [pair[0], self.mask((*place, preview(pair[0], 60)), pair[1], stand_in)]


_searching = Lock()


def secrets_in(context: JsonValue) -> frozenset[str]:
    """Texts that must not be shown: what stands under the masked keys of a context, in JSON form.

    Searched once while the context is one of those asked about last. Not for the GUI thread: a second caller
    waits until the first one has searched its context, which mostly is the same.
    """
    with _searching:
        return _search(context)


@cached_by_identity(size=2)
def _search(context: JsonValue) -> frozenset[str]:
    texts: set[str] = set()

    def collect(secret: JsonValue) -> Any:
        texts.update(_texts_in(secret))
        return DOTS

    Masking().mask((), context, collect)
    return frozenset(texts)
