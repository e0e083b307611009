"""What tasks print is kept line by line, with time, task and stream, and never without bound."""

from __future__ import annotations

import os
import stat

import pytest

from wfepy_core.errors import StateFileError
from wfepy_core.storage import output_file
from wfepy_core.storage.output_file import OutputFile, output_path
from wfepy_core.storage.output_lines import OutputReader


@pytest.fixture
def state(tmp_path):
    path = tmp_path / "a.wfstate"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def output(state):
    opened = OutputFile(state)
    yield opened
    opened.close()


def lines_of(state):
    return [(line.task, line.stream, line.text) for line in OutputReader(state).read_all()]


def test_an_instance_that_prints_nothing_has_no_output_file(state):
    OutputFile(state).close()

    assert not os.path.exists(output_path(state))


def test_what_another_program_writes_is_there_before_anybody_asks_for_it(state, output):
    output.give_name()
    os.write(output.shared, b"copied 1 of 3")

    reader = OutputReader(state)
    assert reader.read_all() == []
    assert [line.text for line in reader.read_end()] == ["copied 1 of 3"]


def test_a_new_file_in_which_nothing_stands_is_removed_again(state, output):
    output.give_name()
    assert os.path.exists(output_path(state))

    output.close()
    assert not os.path.exists(output_path(state))


def test_lines_are_read_with_their_task_and_stream(state, output):
    output.add_line("build", "out", b"copied")
    output.add_line("sign, pay", "err", "zwölf\tvon 12".encode())

    assert lines_of(state) == [("build", "out", "copied"), ("sign, pay", "err", "zwölf\tvon 12")]
    assert all(line.at > 0 for line in OutputReader(state).read_all())


def test_what_other_programs_write_gets_its_task_afterwards(state, output):
    os.write(output.shared, b"one\ntwo without an end")

    assert output.take_raw("load") == b"one\ntwo without an end"
    assert output.take_raw("load") == b""
    output.add_line("load", "out", b"three")
    assert lines_of(state) == [
        ("load", "raw", "one"),
        ("load", "raw", "two without an end"),
        ("load", "out", "three"),
    ]


def test_what_another_program_wrote_between_two_lines_is_handed_on_once(output):
    output.add_line("load", "out", b"before")
    os.write(output.shared, b"between\n")
    output.add_line("load", "out", b"after")

    assert output.take_raw("load") == b"between\n"
    assert output.take_raw("load") == b""


def test_what_a_killed_pass_left_is_not_taken_for_what_the_next_one_prints(state, output):
    output.add_line("load", "out", b"before")
    os.write(output.shared, b"killed here")
    following = OutputFile(state)
    following.add_line("sign", "out", b"asked")
    following.close()

    assert lines_of(state) == [
        ("load", "out", "before"),
        ("", "raw", "killed here"),
        ("sign", "out", "asked"),
    ]


def test_a_new_file_has_the_permissions_of_the_state_file(state, output):
    output.add_line("a", "out", b"secret")

    assert stat.S_IMODE(os.stat(output_path(state)).st_mode) == 0o600


def test_a_full_file_takes_the_place_of_the_one_before_it(state, output, monkeypatch):
    monkeypatch.setattr(output_file, "MAX_BYTES", 300)
    for number in range(20):
        output.add_line("a", "out", f"line {number:02}".encode())

    assert os.path.getsize(output_path(state)) <= 300 + 50
    assert os.path.getsize(output_path(state) + ".1") <= 300 + 50
    assert lines_of(state)[-1] == ("a", "out", "line 19")


def test_of_a_file_that_another_program_flooded_only_the_end_is_kept(state, output, monkeypatch):
    monkeypatch.setattr(output_file, "MAX_BYTES", 300)
    monkeypatch.setattr(output_file, "KEPT_OF_FLOOD", 100)
    for number in range(200):
        os.write(output.shared, f"flood {number:03}\n".encode())

    assert len(output.take_raw("a")) == 100
    assert os.path.getsize(output_path(state) + ".1") == 100
    assert "flood 199" in [text for _, _, text in lines_of(state)]


def test_a_long_line_is_cut(state, output, monkeypatch):
    monkeypatch.setattr(output_file, "LONGEST_LINE", 10)
    output.add_line("a", "out", b"x" * 50)

    assert lines_of(state) == [("a", "out", "x" * 10 + " ... (cut)")]


def test_a_reader_goes_on_with_what_has_come_in_the_same_file_and_in_a_new_one(state, output, monkeypatch):
    reader = OutputReader(state)
    output.add_line("a", "out", b"one")
    assert [line.text for line in reader.read_all()] == ["one"]

    output.add_line("a", "out", b"two")
    assert [line.text for line in reader.read_new()] == ["two"]
    assert reader.read_new() == []

    monkeypatch.setattr(output_file, "MAX_BYTES", 10)
    output.add_line("a", "out", b"three")
    monkeypatch.undo()
    output.add_line("a", "out", b"four")
    assert [line.text for line in reader.read_new()] == ["three", "four"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")
def test_a_pipe_of_that_name_holds_up_nobody(state):
    os.mkfifo(output_path(state))

    with pytest.raises(OSError, match="a device or a pipe"):
        OutputFile(state)
    with pytest.raises(StateFileError, match="a device or a pipe"):
        OutputReader(state).read_all()


def test_a_reader_shows_what_another_program_prints_before_its_task_is_known(state, output):
    reader = OutputReader(state)
    output.add_line("load", "out", b"before")
    os.write(output.shared, b"10 %\n20 ")

    assert [line.text for line in reader.read_all()] == ["before"]
    assert [(line.at, line.text) for line in reader.latest] == [(0, "10 %"), (0, "20 ")]

    os.write(output.shared, b"%\n")
    assert reader.read_new() == []
    assert [line.text for line in reader.latest] == ["10 %", "20 %"]

    output.take_raw("load")
    assert [(line.task, line.text) for line in reader.read_new()] == [("load", "10 %"), ("load", "20 %")]
    assert reader.latest == []


def test_a_reader_that_comes_seldom_misses_nothing_that_is_still_there(state, output, monkeypatch):
    reader = OutputReader(state)
    output.add_line("a", "out", b"long ago")
    reader.read_all()

    monkeypatch.setattr(output_file, "MAX_BYTES", 300)
    for number in range(20):
        output.add_line("a", "out", f"line {number:02}".encode())
    new = reader.read_new()

    assert new == reader.read_all()
    assert len(new) > 6, "those of two files"


def test_a_reader_goes_on_when_a_flooded_file_was_cut(state, output, monkeypatch):
    monkeypatch.setattr(output_file, "MAX_BYTES", 300)
    monkeypatch.setattr(output_file, "KEPT_OF_FLOOD", 100)
    reader = OutputReader(state)
    reader.read_all()
    for number in range(200):
        os.write(output.shared, f"flood {number:03}\n".encode())
    assert reader.read_new() == []
    output.take_raw("a")
    output.add_line("b", "out", b"after it")

    shown = [line.text for line in reader.read_new()]
    assert shown[-2:] == ["flood 199", "after it"]
    assert shown.count("flood 199") == 1


def test_a_reader_of_few_lines_returns_the_last_ones(state, output):
    reader = OutputReader(state, most_lines=3)
    for number in range(9):
        output.add_line("a", "out", f"line {number}".encode())

    assert [line.text for line in reader.read_all()] == ["line 6", "line 7", "line 8"]


def test_a_file_that_cannot_be_moved_away_lets_the_descriptors_go(state, output, monkeypatch):
    os.mkdir(output_path(state) + ".1")
    monkeypatch.setattr(output_file, "MAX_BYTES", 10)
    output.add_line("a", "out", b"more than ten bytes")

    assert output.shared == -1
    assert output.take_raw("a") == b""


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts descriptors by /proc")
def test_a_file_that_cannot_be_used_leaves_no_descriptor_open(state):
    os.mkfifo(output_path(state))
    before = sorted(os.listdir("/proc/self/fd"))

    with pytest.raises(OSError, match="a device or a pipe"):
        OutputFile(state)

    assert sorted(os.listdir("/proc/self/fd")) == before
