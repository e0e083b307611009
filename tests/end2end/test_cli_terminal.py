"""What the `wfepy` command shows at a terminal and nowhere else: tables, colours, progress, the why."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from tests.system_needs import open_terminal
from wfepy_core.operations.create import new_instance

SECONDS = 60

MODULE = """
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("publish")
def sign(context):
    return Waiting("no signature yet")

@task()
@end_point()
def publish(context):
    return True
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with two new instances."""
    (tmp_path / "release.py").write_text(MODULE)
    for name in ("a", "b"):
        new_instance(str(tmp_path / f"{name}.wfstate"), ["release.py"])
    return tmp_path


def at_terminal(folder, *words, **settings):
    """What a person sees of `wfepy WORDS`: stdout and stderr together."""
    control, terminal = open_terminal()
    environment = cron_environment(**{"TERM": "xterm-256color", "COLUMNS": "100", **settings})
    with subprocess.Popen(
        [sys.executable, "-m", "wfepy_core", *words],
        cwd=folder,
        env=environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        shown = b""
        while True:
            try:
                data = os.read(control, 65536)
            except OSError:  # how Linux says that the other side is gone
                break
            if not data:
                break
            shown += data
        assert process.wait(SECONDS) == 0, shown
    os.close(control)
    return shown.decode()


def test_a_list_is_a_table_in_colour_with_ages_in_words(folder):
    shown = at_terminal(folder, "status", ".")
    assert "saved ago" in shown
    assert "\x1b[36mnew" in shown
    assert "\t" not in shown


def test_no_colour_where_it_is_not_wanted(folder):
    shown = at_terminal(folder, "status", ".", NO_COLOR="1")
    assert "saved ago" in shown
    assert "\x1b[36m" not in shown


def test_an_advance_says_why_it_waits(folder):
    shown = at_terminal(folder, "advance", "a.wfstate")
    assert "a.wfstate: waiting: sign has waited a moment: no signature yet (1 pass)" in shown


def test_many_advances_show_their_progress_and_count_the_results(folder):
    shown = at_terminal(folder, "advance", ".")
    assert "advancing" in shown
    assert "2 instances: 2 waiting" in shown


def test_what_others_wrote_moves_no_cursor_and_turns_no_line(folder):
    for before in folder.glob("*.wfstate"):
        before.unlink()
    evil = "x\x1b[5m\x9b\u202e\nFORGED"
    (folder / "release.py").write_text(
        MODULE.replace("no signature yet", evil.replace("\n", "\\n"))
        .replace('"publish"', repr(evil))
        .replace("@task()\n@end_point()", f"@task({evil!r})\n@end_point()")
    )
    name = f"{evil}.wfstate"
    new_instance(str(folder / name), ["release.py"])
    for words in (["advance", name], ["advance", "."], ["status", "."], ["status", name], ["why", name]):
        shown = at_terminal(folder, *words)
        assert "x\\x1b[5m\\x9b\\u202e" in shown, words
        assert [char for char in ("\x1b[5m", "\x9b", "\u202e", "\nFORGED") if char in shown] == [], words
