"""Parts of a history that are not where they were: no moment is shown that is another one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.core.signing import ONE_SIGNATURE
from tests.histories import fill_segment
from wfepy_core.cli import main
from wfepy_core.errors import HistoryError, StateFileError
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.storage.moments import Moment, look_back
from wfepy_core.storage.segments import segments_of


@pytest.fixture
def path(tmp_path: Path) -> str:
    """An instance with two closed segments."""
    (tmp_path / "release.py").write_text(ONE_SIGNATURE)
    path = str(tmp_path / "r.wfstate")
    new_instance(path, ["release.py"], {"name": "spring"}, by="ann")
    fill_segment(path, 0)
    fill_segment(path, 1)
    return path


def test_a_moment_in_a_part_that_is_missing_is_refused_and_those_around_it_are_shown(path: str) -> None:
    before, inside, after = (look_back(path, Moment(generation=number)) for number in (3, 4, 5))
    edit_context(path, {"round": 2})
    os.unlink(segments_of(path)[1].path)

    for moment in (Moment(generation=4), Moment(at=inside.snapshot.saved.at)):
        with pytest.raises(HistoryError, match="parts of its journal are not there: 000002"):
            look_back(path, moment)
    for past in (before, after):
        again = look_back(path, Moment(generation=past.snapshot.generation)).snapshot
        assert again.context == past.snapshot.context


def test_the_history_tells_that_a_part_is_missing(path: str, capsys) -> None:
    edit_context(path, {"round": 2})
    assert main(["history", path]) == 0
    assert capsys.readouterr().err == ""

    os.unlink(segments_of(path)[1].path)
    assert main(["history", path]) == 0
    told = "note: parts of the journal are not there, and nothing is told of them: 000002\n"
    assert capsys.readouterr().err == told


def test_a_part_under_the_number_of_another_one_tells_nothing_at_the_wrong_time(path: str) -> None:
    edit_context(path, {"round": 2})
    first = segments_of(path)[0].path
    Path(first.replace("000001", "000009")).write_bytes(Path(first).read_bytes())

    with pytest.raises(StateFileError, match="is part 000001 of that journal"):
        look_back(path, Moment(generation=4))
