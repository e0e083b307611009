"""`wfepy tokens`: where an instance stands, shown and placed from the command line."""

from __future__ import annotations

import pytest

from tests.core.signing import SIGNING
from tests.histories import history
from wfepy_core.cli import main
from wfepy_core.model.status import InterventionKind
from wfepy_core.storage import state_file


@pytest.fixture
def state(tmp_path, capsys):
    (tmp_path / "release.py").write_text(SIGNING, encoding="utf-8")
    path = str(tmp_path / "release.wfstate")
    assert main(["new", path, "--module", str(tmp_path / "release.py"), "--set", "legal=false"]) == 0
    assert main(["advance", path]) == 0
    capsys.readouterr()
    return path


def test_tokens_are_shown_in_the_order_in_which_they_came(state, capsys):
    assert main(["tokens", state]) == 0
    assert capsys.readouterr().out == "sign WAITING\nlegal WAITING\n"


def test_tokens_are_placed_all_at_once_and_the_others_stay(state, capsys):
    assert main(["tokens", state, "sign=", "publish=READY", "--reason", "signed elsewhere"]) == 0

    told = capsys.readouterr().out
    assert told == f"{state}: waiting, stands at legal WAITING, publish READY\n"
    assert [(name, kept.name) for name, kept in state_file.read(state).tokens] == [
        ("legal", "WAITING"),
        ("publish", "READY"),
    ]
    last = history(state)[-1]
    assert (last.kind, last.reason) == (InterventionKind.TOKENS, "signed elsewhere")


def test_a_dry_run_only_tells(state, capsys):
    before = state_file.read(state)
    assert main(["tokens", state, "sign=", "legal=", "--dry-run"]) == 0
    assert capsys.readouterr().out == f"{state}: dead end, stands at no token\n"
    assert state_file.read(state) == before


def test_what_is_so_already_changes_nothing(state, capsys):
    before = state_file.read(state)
    assert main(["tokens", state, "sign=WAITING"]) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert state_file.read(state) == before


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("sing=READY", "its tasks include sign"),
        ("sing=", "its tasks include sign"),
        ("sign=DONE", "is no state of a token"),
        ("sign", "is no TASK=STATE"),
        ("=READY", "is no TASK=STATE"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_way_out(state, capsys, item, told):
    before = state_file.read(state)
    assert main(["tokens", state, item]) == 2
    assert told in capsys.readouterr().err
    assert state_file.read(state) == before
