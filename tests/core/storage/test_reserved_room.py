"""Room on the disk is kept while tasks run, whatever they close."""

from __future__ import annotations

import os

import pytest

from wfepy_core.storage.reserved_room import ReservedRoom

pytestmark = pytest.mark.skipif(
    not hasattr(os, "posix_fallocate") or not os.path.isdir("/proc/self/fd"),
    reason="only Linux keeps room, and tells here who has it",
)


@pytest.fixture
def room(tmp_path):
    made = ReservedRoom(str(tmp_path / "a.wfstate"), 1000)
    made.take()
    yield made
    made.give_back()


def kept(folder):
    """The descriptors of files without a name in a folder, as far as they have room."""
    numbers = [int(name) for name in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{name}")]
    opened = {number: os.readlink(f"/proc/self/fd/{number}") for number in numbers}
    nameless = [number for number, path in opened.items() if path.startswith(f"{folder}/") and "(" in path]
    return [number for number in nameless if os.fstat(number).st_size]


def test_it_is_taken_again_where_a_task_has_closed_it(room, tmp_path):
    (descriptor,) = kept(tmp_path)
    os.close(descriptor)

    room.look_again()
    room.take()

    assert len(kept(tmp_path)) == 1
    assert room.use()
    assert kept(tmp_path) == []


def test_a_file_that_a_task_has_opened_in_its_place_is_left_alone(room, tmp_path):
    (descriptor,) = kept(tmp_path)
    with (tmp_path / "of the task").open("wb", 0) as file:
        os.dup2(file.fileno(), descriptor)
    os.write(descriptor, b"own")

    assert not room.use()

    os.write(descriptor, b", too")
    os.close(descriptor)
    assert (tmp_path / "of the task").read_bytes() == b"own, too"
