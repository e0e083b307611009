"""What runs is what was agreed to, and what a state file calls its module holds up nothing."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

import pytest

from tests.gui.dialogs import wait_for_count
from tests.gui.pages.task_pages import InspectorPage
from tests.gui.workflows import ONE_TASK
from wfepy_core.loading.agreement import Agreement, decode
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000


@pytest.fixture
def trace(tmp_path):
    """A file that only code which must not run makes."""
    return tmp_path / "ran"


@pytest.fixture
def evil(trace):
    """Source that must not run; otherwise the workflow of these tests."""
    return f"open({str(trace)!r}, 'w').close()\n{ONE_TASK_MODULE}"


ONE_TASK_MODULE = f"from wfepy_core import end_point, start_point, task\n{ONE_TASK}"


@pytest.fixture
def asked(desktop):
    """The questions of the gate."""
    questions = []
    desktop.trust_gate.ask = questions.append
    return questions


def name_other_module(state, module):
    """Somebody writes another module into a state file."""
    text = Path(state).read_text()
    assert '"work.py"' in text
    beside = Path(f"{state}.new")
    beside.write_text(text.replace('"work.py"', json.dumps(module)))
    beside.replace(state)


def ended(qtbot, desktop, start):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as told:
        start()
    return told.args[0]


def test_a_state_file_that_names_another_module_after_the_question_runs_none(
    qtbot, make_instance, open_instance, desktop, asked, evil, trace, tmp_path
):
    path = make_instance(ONE_TASK)
    open_instance(path, trusted=False)
    (tmp_path / "evil.py").write_text(evil)
    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)

    name_other_module(path, "evil.py")
    outcome = ended(qtbot, desktop, asked[0].agree)

    assert outcome.end is PassEnd.NOT_AGREED
    assert not trace.exists()
    assert "evil.py is not what was agreed to" in desktop.notices.history[-1].summary
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.workflow.modules == ("evil.py",))
    desktop.session.advance()
    wait_for_count(qtbot, asked, 2)
    assert [Path(file.name).name for file in asked[1].files] == ["evil.py"]


def test_a_module_that_changes_as_the_pass_starts_does_not_run(
    qtbot, make_instance, open_instance, desktop, evil, trace, tmp_path
):
    open_instance(make_instance(ONE_TASK))
    desktop.passes.starting.connect(lambda _pass: (tmp_path / "work.py").write_text(evil))

    outcome = ended(qtbot, desktop, desktop.session.advance)

    assert outcome.end is PassEnd.NOT_AGREED
    assert not trace.exists()


def test_nor_does_it_to_be_compared_with_the_instance(
    qtbot, make_instance, open_instance, desktop, evil, trace, tmp_path
):
    open_instance(make_instance(ONE_TASK))
    assert ended(qtbot, desktop, desktop.session.advance).end is PassEnd.DONE
    (tmp_path / "work.py").write_text(evil)

    with qtbot.waitSignal(desktop.health.drift_known, timeout=WAIT_MS) as told:
        desktop.health.ask_for_drift(desktop.session.agreement)

    assert told.args[1].code == 77
    assert not trace.exists()


def test_of_a_link_what_lies_beside_its_target_is_asked_about_shown_and_run(
    qtbot, make_instance, open_instance, desktop, asked, evil, trace, tmp_path
):
    path = make_instance(ONE_TASK)
    link = tmp_path / "links" / "work.wfstate"
    link.parent.mkdir()
    link.symlink_to(path)
    link.with_suffix(".py").write_text(evil)
    open_instance(str(link), trusted=False)
    desktop.window.select_task("only")

    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)

    assert [file.name for file in asked[0].files] == [str(tmp_path / "work.py")]
    inspector = InspectorPage.of(desktop.window)
    qtbot.waitUntil(lambda: f"{tmp_path / 'work.py'}:" in " ".join(inspector.facts))
    assert ended(qtbot, desktop, asked[0].agree).end is PassEnd.DONE
    assert not trace.exists()


def test_a_file_that_only_the_running_program_names_is_asked_about_by_the_next_pass(
    qtbot, make_instance, open_instance, desktop, asked, trace, tmp_path
):
    plugin = tmp_path / "plugin.py"
    plugin.write_text(f"open({str(trace)!r}, 'w').close()")
    open_instance(
        make_instance(ONE_TASK.replace("return False", "__import__('plu' + 'gin'); return False")),
        trusted=False,
    )
    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)
    assert ended(qtbot, desktop, asked[0].agree).end is PassEnd.TASK_FAILED
    assert "plugin.py is not what was agreed to" in desktop.notices.history[-1].summary
    assert not trace.exists()

    desktop.session.advance()
    wait_for_count(qtbot, asked, 2)

    assert [file.name for file in asked[1].files] == [str(plugin)]
    assert ended(qtbot, desktop, asked[1].agree).end is PassEnd.DONE
    assert trace.exists()
    assert ended(qtbot, desktop, desktop.session.advance).end is PassEnd.DONE
    assert len(asked) == 2


HOSTILE = {
    "device": "/dev/zero",
    "pipe": "pipe.py",
    "huge": "huge.py",
    "loop": "loop/work.py",
    "nul": "nul\0.py",
    "surrogate": "sur\ud800.py",
    "folder": "../",
    "endless": "a/" * 4_900 + "x.py",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_instance_of_a_module_that_is_no_file_is_shown_and_told_to_be_one(
    qtbot, make_instance, open_instance, desktop, opened_here, tmp_path, kind
):
    path = make_instance(ONE_TASK)
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "loop").symlink_to("loop")
    with (tmp_path / "huge.py").open("wb") as file:
        file.truncate(8 * 1024**3)
    name_other_module(path, HOSTILE[kind])
    opened_here.clear()  # what this test wrote itself

    open_instance(path)
    desktop.window.select_task("only")
    for panel in (PanelId.TASK, PanelId.WHY, PanelId.ERROR, PanelId.PREFLIGHT):
        desktop.window.go_to(panel)
    inspector = InspectorPage.of(desktop.window)
    qtbot.waitUntil(lambda: len(inspector.facts) > 0 and inspector.facts[-1] != "")
    outcome = ended(qtbot, desktop, desktop.session.advance)

    assert outcome.end is PassEnd.BAD_STATE
    assert "module" in desktop.notices.history[-1].summary
    assert opened_here == []


WATCHED = {"names": (), "seen": []}


@pytest.fixture
def opened_here(tmp_path):
    """The files of code that this thread opens, which is the one of the window, while the test runs."""
    if not WATCHED["names"]:
        sys.addaudithook(_note_opened)  # for ever: hooks cannot be taken away
    WATCHED["names"], WATCHED["seen"] = ("/dev/zero", str(tmp_path)), []
    yield WATCHED["seen"]
    WATCHED["names"] = ("nothing",)


def _note_opened(event, arguments):
    if event == "open" and threading.get_ident() == threading.main_thread().ident:
        name = os.fspath(arguments[0]) if isinstance(arguments[0], (str, os.PathLike)) else ""
        if name.startswith(WATCHED["names"]) and (name.endswith(".py") or name == "/dev/zero"):
            WATCHED["seen"].append(name)


def test_no_source_is_read_in_the_thread_of_the_window(
    qtbot, make_instance, open_instance, desktop, opened_here, asked
):
    path = make_instance(ONE_TASK.replace("return False", "raise ValueError('no')"))
    open_instance(path, trusted=False)
    opened_here.clear()  # what this test wrote itself
    desktop.window.select_task("only")
    for panel in (PanelId.TASK, PanelId.WHY, PanelId.PREFLIGHT):
        desktop.window.go_to(panel)
    inspector = InspectorPage.of(desktop.window)
    qtbot.waitUntil(lambda: "def only" in inspector.source)
    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)
    assert ended(qtbot, desktop, asked[0].agree).end is PassEnd.TASK_FAILED
    desktop.window.go_to(PanelId.ERROR)

    assert opened_here == []


def test_what_may_run_is_told_to_the_process_and_not_to_everybody(
    qtbot, make_instance, open_instance, desktop, tmp_path
):
    source = ONE_TASK.replace(
        "return False", "print(sys.argv, dict(os.environ), sys.stdin.read()); return False"
    )
    path = make_instance(source)
    open_instance(path)
    desktop.settings.trust_folder(str(tmp_path / "secret customers"))

    ended(qtbot, desktop, desktop.session.advance)

    printed = Path(f"{path}.output").read_text()
    assert "wfepy_core" in printed
    assert "secret customers" not in printed


def test_an_agreement_survives_the_way_to_the_process():
    agreement = Agreement({"/a\udc80.py": "ab"}, ("/x",), frozenset({"flows.release"}))

    assert decode(agreement.encode()) == agreement
