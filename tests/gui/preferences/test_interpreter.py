"""The Python that runs a workflow: suggested, tried, remembered, and used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.gui.pages.dialog_pages import InterpreterPage
from tests.gui.pages.output_page import OutputPage
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.preferences.interpreters import Interpreters, home_of, suggestion
from wfepy_gui.preferences.settings import Settings
from wfepy_gui.views.dialogs.interpreter_dialog import InterpreterDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000

FLOW = """
@task()
@start_point()
@end_point()
def only(context):
    print("run by", sys.argv[0])
    return True
"""


def make_python(folder, line):
    """A program that stands for the Python of a virtual environment."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    python.chmod(0o755)
    return str(python)


WORKS = f'MARK=venv exec "{sys.executable}" "$@"'
HAS_NO_CORE = f'unset PYTHONPATH; cd /; exec "{sys.executable}" -I -S "$@"'


@pytest.fixture
def dialog_after(desktop, make_instance, open_instance):
    """Makes a Python beside the module, opens an instance and the dialog."""

    def show(line, tmp_path):
        python = make_python(tmp_path, line)
        open_instance(make_instance(FLOW))
        desktop.window.actions_table[Command.INTERPRETER].trigger()
        dialog = next(each for each in desktop.window.findChildren(InterpreterDialog) if each.isVisible())
        return python, InterpreterPage(dialog)

    return show


def try_it(qtbot, dialog):
    dialog.use.click()
    assert not dialog.use.isEnabled()
    qtbot.waitUntil(dialog.use.isEnabled, timeout=WAIT_MS)


def test_the_python_beside_a_module_is_found_there_and_one_folder_up(tmp_path):
    inner = tmp_path / "flows"
    inner.mkdir()
    assert suggestion(inner) == ""
    outer = make_python(tmp_path, WORKS)
    assert suggestion(inner) == outer
    assert suggestion(tmp_path) == outer


def test_a_choice_belongs_to_the_folder_of_the_module(tmp_path):
    known = Interpreters(Settings(str(tmp_path / "settings.ini")), ("own", "-m", "wfepy_core"))
    home = home_of(("../flows/a.py",), tmp_path / "states")
    known.choose(home, "/opt/venv/bin/python")

    again = Interpreters(Settings(str(tmp_path / "settings.ini")), ("own", "-m", "wfepy_core"))
    assert again.program(("flows/b.py",), tmp_path)[0] == "/opt/venv/bin/python"
    assert again.program(("other/b.py",), tmp_path) == ("own", "-m", "wfepy_core")
    assert again.program(("dotted.name",), tmp_path) == ("own", "-m", "wfepy_core")
    again.choose(home, "")
    assert again.program(("flows/b.py",), tmp_path)[0] == "own"


def test_a_suggested_python_is_tried_and_used_by_the_pass(qtbot, desktop, dialog_after, tmp_path):
    python, dialog = dialog_after(WORKS, tmp_path)
    assert dialog.path.text() == python
    assert python in desktop.notices.history[0].summary  # it was suggested when the instance was opened
    with qtbot.waitSignal(dialog.widget.chosen, timeout=WAIT_MS):
        dialog.use.click()

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        desktop.session.advance()

    assert ended.args[0].end is PassEnd.DONE
    assert desktop.session.command_line.startswith(f"{python} -P -m wfepy_core advance")
    assert OutputPage.of(desktop.window).command == desktop.session.command_line


def test_a_python_without_wfepy_core_is_not_taken_and_the_cure_is_told(
    qtbot, desktop, dialog_after, tmp_path
):
    python, dialog = dialog_after(HAS_NO_CORE, tmp_path)
    try_it(qtbot, dialog)

    assert f"{python} -m pip install wfepy-desk" in dialog.outcome
    assert desktop.settings.interpreters == {}
    dialog.widget.reject()


def test_a_pass_with_a_python_that_lost_wfepy_core_says_so(
    qtbot, desktop, make_instance, open_instance, tmp_path
):
    open_instance(make_instance(FLOW))
    python = make_python(tmp_path, HAS_NO_CORE)
    desktop.interpreters.choose(Path(tmp_path), python)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        desktop.session.advance()

    assert ended.args[0].end is PassEnd.NO_CORE
    assert "pip install" in desktop.notices.history[-1].hint


def test_a_program_that_is_no_python_is_told(qtbot, dialog_after, tmp_path):
    _, dialog = dialog_after("echo no >&2; exit 3", tmp_path)
    try_it(qtbot, dialog)
    assert dialog.outcome == "It cannot run workflows: no"
    dialog.path.setText(str(tmp_path / "nothing"))
    try_it(qtbot, dialog)
    assert "cannot be started" in dialog.outcome
    dialog.widget.reject()


def test_a_python_that_is_gone_is_named_and_another_can_be_chosen(
    qtbot, desktop, make_instance, open_instance, tmp_path
):
    open_instance(make_instance(FLOW))
    gone = str(tmp_path / "gone" / "python3")
    desktop.interpreters.choose(Path(tmp_path), gone)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        desktop.session.advance()

    assert ended.args[0].end is PassEnd.NOT_STARTED
    assert desktop.notices.history[-1].hint.startswith(f"{gone} cannot be run. Choose a Python")


def test_a_frozen_desktop_looks_for_dotted_modules_where_its_python_would(tmp_path, monkeypatch):
    known = Interpreters(Settings(str(tmp_path / "settings.ini")), ("/usr/bin/python3", "-m", "wfepy_core"))
    assert known.search_paths.find(("dotted.name",), tmp_path) is None  # where this process looks
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert known.search_paths.find(("dotted.name",), tmp_path) == ()  # it was never asked
    known.remember_probe("/usr/bin/python3", "0.2.0\n/usr/lib/python3\n")
    assert known.search_paths.find(("dotted.name",), tmp_path) == ("/usr/lib/python3",)
