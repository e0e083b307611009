"""Some dozen commands at once, killed or not; `make contention` goes on for minutes."""

from __future__ import annotations

from tests.fuzz.contention import contend


def test_nothing_is_lost_torn_or_done_again(tmp_path):
    found = contend(tmp_path, instances=2, at_once=4, seed="always", goes_on=lambda started: started < 48)
    assert found.wrong == []
    assert sum(found.commands.values()) == 48
    assert found.effects
    assert found.edits
