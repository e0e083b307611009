"""Whatever happens while a journal is written, every acknowledged line is there and none is half."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from wfepy_core.storage.journal_lines import JournalWriter, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Case, Faults

NAME = "release.wfstate.journal"
LINES = [b'{"n": %d, "text": "%s"}' % (number, b"x" * 500) for number in range(6)]


def append(folder: Path, tell: Callable[[object], None]) -> None:
    journal = JournalWriter(str(folder / NAME), sync=True)
    for number, line in enumerate(LINES):
        journal.append(line)
        tell(number)
    journal.close()


def append_and_rewind(folder: Path, tell: Callable[[object], None]) -> None:
    journal = JournalWriter(str(folder / NAME), sync=True)
    journal.append(LINES[0])
    end = journal.size
    journal.append(LINES[1])
    journal.rewind(end)
    tell("rewound")
    journal.append(LINES[2])
    journal.close()


def check_acknowledged(folder: Path, case: Case) -> None:
    lines = list(read_lines(str(folder / NAME)))
    assert lines == LINES[: len(lines)]
    assert len(lines) >= len(case.told)
    assert len(lines) <= len(case.told) + 1  # the line that was being acknowledged


def check_next_writer(folder: Path, case: Case) -> None:
    check_acknowledged(folder, case)
    before = list(read_lines(str(folder / NAME)))
    journal = JournalWriter(str(folder / NAME), sync=True)
    journal.append(b"next")
    journal.close()
    assert list(read_lines(str(folder / NAME))) == [*before, b"next"]


def test_a_kill_at_any_call_keeps_every_acknowledged_line(faults: Faults) -> None:
    assert faults.kill_everywhere(append, check_next_writer) >= 2 * 2 * len(LINES)


def test_a_kill_in_python_keeps_every_acknowledged_line_too(python_faults: Faults) -> None:
    assert python_faults.kill_everywhere(append, check_next_writer) >= 2 * 2 * len(LINES)


def test_a_kill_around_a_rewind_leaves_whole_lines(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        lines = list(read_lines(str(folder / NAME)))
        possible = [[], LINES[:1], LINES[:2], [LINES[0], LINES[2]]]
        assert lines in (possible[1::2] if case.told else possible)

    faults.kill_everywhere(append_and_rewind, check)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EROFS], ids=errno.errorcode.get)
def test_a_line_that_was_refused_is_not_in_the_journal(faults: Faults, error: int) -> None:
    def check(folder: Path, case: Case) -> None:
        assert case.error == "StateFileError"
        assert list(read_lines(str(folder / NAME))) == LINES[: len(case.told)]
        check_next_writer(folder, case)

    calls = ["create", "write", "fdatasync", "fsync", "open-read"]
    assert faults.fail_everywhere(append, check, error=error, calls=calls) >= 2 * len(LINES)


def test_no_line_of_a_new_journal_counts_before_its_folder_is_synced(faults: Faults) -> None:
    def check(_: Path, case: Case) -> None:
        assert case.error == "StateFileError"
        assert case.told == []

    assert faults.fail_everywhere(append, check, error=errno.EIO, calls=["fsync"]) == 1


def test_a_full_disk_cuts_no_line_in_half(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        assert case.error == "StateFileError"
        assert "the disk is full" in case.message
        text = (folder / NAME).read_bytes()
        assert text.split(b"\n") == [*LINES[: len(case.told)], b""]

    length = len(LINES[0]) + 1
    faults.fill_disk(append, check, room=[0, 1, length - 1, length, 2 * length + 7, 5 * length + 100])
