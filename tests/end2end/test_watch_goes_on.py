"""`wfepy watch` runs for months: what fails for a round, or for a day, does not end it."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from tests.end2end.delivery_desk import SECONDS, Desk, read_until
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file

resource = pytest.importorskip("resource", reason="Windows has no such limits")

pytestmark = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def stop(watch):
    watch.send_signal(signal.SIGTERM)
    watch.communicate(timeout=SECONDS)
    return watch.returncode


def test_a_folder_that_cannot_be_listed_for_a_round_is_told_once_and_listed_again(desk):
    desk.new("a")
    watch = desk.start("watch", ".", "--interval", "0.02")
    read_until(watch.stdout, "./a.wfstate: finished")
    before = resource.prlimit(watch.pid, resource.RLIMIT_NOFILE)
    for name in ("b", "c"):
        resource.prlimit(watch.pid, resource.RLIMIT_NOFILE, (3, before[1]))
        read_until(watch.stderr, "cannot list .: this process has too many files open")
        resource.prlimit(watch.pid, resource.RLIMIT_NOFILE, before)
        desk.new(name)
        read_until(watch.stdout, f"./{name}.wfstate: finished")

    assert stop(watch) == 0


def test_one_folder_that_cannot_be_listed_does_not_keep_the_others_back(desk, tmp_path):
    desk.new("a")
    unlisted = tmp_path / "gone"
    unlisted.mkdir()
    watch = desk.start("watch", "gone", ".", "--interval", "0.02")
    read_until(watch.stdout, "./a.wfstate: finished")
    unlisted.rmdir()
    read_until(watch.stderr, "gone does not exist")
    desk.new("b")

    read_until(watch.stdout, "./b.wfstate: finished")

    assert stop(watch) == 0


def test_a_log_that_was_full_gets_lines_again_when_there_is_room(desk):
    """Of both streams, as `>> log 2>&1` has it; the size of files is limited, as on a full disk."""
    room = 8 << 20
    log = desk.folder / "log"
    log.write_bytes(b"-" * room)
    broken = desk.folder / "broken.wfstate"
    with log.open("ab") as stream:
        watch = subprocess.Popen(
            desk.command("watch", ".", "--interval", "0.02"),
            cwd=desk.folder,
            env=desk.environment,
            stdout=stream,
            stderr=stream,
        )
    resource.prlimit(watch.pid, resource.RLIMIT_FSIZE, (room, room))

    deadline = time.monotonic() + SECONDS

    def wait_until(is_so):
        while not is_so():
            assert watch.poll() is None
            assert time.monotonic() < deadline
            desk.run("status", ".")  # takes a moment

    first = desk.new("a")
    try:
        wait_until(lambda: state_file.read_head(str(first)).status is InstanceStatus.FINISHED)
        log.write_bytes(b"")
        desk.new("b")
        broken.write_text("{", encoding="utf-8")
        wait_until(lambda: "b.wfstate: finished" in log.read_text(encoding="utf-8"))
        wait_until(lambda: "broken.wfstate" in log.read_text(encoding="utf-8"))
    finally:
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(SECONDS) == 0
