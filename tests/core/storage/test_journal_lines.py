"""The journal as bytes and lines."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfepy_core.errors import StateFileError
from wfepy_core.storage.journal_lines import (
    JournalWriter,
    journal_path,
    read_lines,
)

if TYPE_CHECKING:
    from pathlib import Path


def lines(path: str, **how: int) -> list[bytes]:
    return list(read_lines(path, **how))


LINE = st.binary(max_size=30).filter(lambda line: b"\n" not in line)


@pytest.fixture
def state(tmp_path: Path) -> str:
    return str(tmp_path / "a.wfstate")


@pytest.fixture
def path(state: str) -> str:
    return journal_path(state)


def write(path: str, *lines: bytes) -> None:
    writer = JournalWriter(path, sync=False)
    for line in lines:
        writer.append(line)
    writer.close()


def content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def test_lines_come_back_in_order_across_writers(path: str) -> None:
    write(path, b"one", b"two")
    write(path, b"", b"\xff\r")
    assert lines(path) == [b"one", b"two", b"", b"\xff\r"]


def test_no_journal_has_no_lines(path: str) -> None:
    assert lines(path) == []
    assert lines(path, from_offset=5) == []


def test_a_torn_last_line_is_skipped_and_never_merges_with_the_next(path: str) -> None:
    write(path, b"whole")
    with open(path, "ab") as file:
        file.write(b'{"torn": ')
    assert lines(path) == [b"whole"]
    write(path, b"next")
    assert lines(path) == [b"whole", b"next"]


@pytest.mark.parametrize("torn", [b"x" * 200_000, b"\0" * 65_536])
def test_a_long_torn_tail_is_cut_off_too(path: str, torn: bytes) -> None:
    with open(path, "wb") as file:
        file.write(b"whole\n" + torn)
    write(path, b"next")
    assert content(path) == b"whole\nnext\n"


def test_a_journal_that_is_only_torn_starts_anew(path: str) -> None:
    with open(path, "wb") as file:
        file.write(b"torn" * 50_000)
    write(path, b"next")
    assert content(path) == b"next\n"


@given(written=st.lists(LINE, max_size=12), torn=LINE, before=st.integers(0, 12))
def test_reading_on_from_the_end_of_a_line_gives_the_lines_behind_it(
    tmp_path_factory: pytest.TempPathFactory, written: list[bytes], torn: bytes, before: int
) -> None:
    path = str(tmp_path_factory.mktemp("journal") / "j")
    with open(path, "wb") as file:
        file.write(b"".join(line + b"\n" for line in written) + torn)
    offset = sum(len(line) + 1 for line in written[:before])
    assert lines(path, from_offset=offset) == written[before:]


def test_a_journal_in_which_the_offset_no_longer_fits_is_read_from_its_beginning(path: str) -> None:
    write(path, b"a long first line", b"second")
    offset = os.path.getsize(path)
    os.truncate(path, 0)
    write(path, b"new")
    assert lines(path, from_offset=offset) == [b"new"]
    write(path, b"another long line, past the offset")
    assert lines(path, from_offset=offset) == [b"new", b"another long line, past the offset"]
    assert lines(path, from_offset=4) == [b"another long line, past the offset"]


def test_a_line_taken_back_leaves_no_trace(path: str) -> None:
    write(path, b"before")
    writer = JournalWriter(path, sync=True)
    end = writer.size
    writer.append(b"start")
    writer.append(b"more", sync=False)
    writer.rewind(end)
    assert writer.size == end
    writer.append(b"after")
    writer.close()
    assert content(path) == b"before\nafter\n"


def test_only_lines_of_this_writer_can_be_taken_back(path: str) -> None:
    write(path, b"before")
    writer = JournalWriter(path, sync=False)
    with pytest.raises(ValueError, match="is not between"):
        writer.rewind(0)
    with pytest.raises(ValueError, match="is not between"):
        writer.rewind(writer.size + 1)
    writer.close()
    assert content(path) == b"before\n"


def test_a_line_with_a_newline_is_refused(path: str) -> None:
    writer = JournalWriter(path, sync=False)
    with pytest.raises(ValueError, match="newline"):
        writer.append(b"one\ntwo")
    writer.close()
    assert content(path) == b""


def test_the_journal_of_a_linked_state_lies_beside_its_target(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.wfstate").write_bytes(b"")
    (tmp_path / "link.wfstate").symlink_to("real/a.wfstate")
    assert journal_path(str(tmp_path / "link.wfstate")) == str(tmp_path / "real" / "a.wfstate.journal")


def test_a_closed_writer_and_a_missing_folder_say_so(path: str, tmp_path: Path) -> None:
    writer = JournalWriter(path, sync=False)
    writer.close()
    with pytest.raises(StateFileError, match="it is closed"):
        writer.append(b"late")
    with pytest.raises(StateFileError, match=r"the folder .*missing does not exist"):
        JournalWriter(str(tmp_path / "missing" / "j"), sync=False)
    with pytest.raises(StateFileError, match="a folder has this name"):
        lines(str(tmp_path))


def test_after_a_failed_sync_a_writer_takes_no_more_lines(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    writer = JournalWriter(path, sync=True)
    writer.append(b"durable")
    with monkeypatch.context() as broken_disk:
        broken_disk.setattr(os, "fdatasync", refuse)
        with pytest.raises(StateFileError, match="input/output error"):
            writer.append(b"lost")
    with pytest.raises(StateFileError, match="failed before"):
        writer.append(b"late")
    assert content(path) == b"durable\n"


def test_a_pass_is_made_durable_at_its_end(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fdatasync", refuse)
    writer = JournalWriter(path, sync=False)
    writer.append(b"not synced, so not refused")
    with pytest.raises(StateFileError, match="input/output error"):
        writer.flush()
