"""What an advance would do, and what-if: conditions run in a child process, and nothing is saved."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem

from tests.gui.dialogs import wait_for_question
from tests.gui.pages.preflight_page import PreflightPage
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import task_event
from wfepy_core.storage import state_file
from wfepy_gui.models.explanations.preflight_rows import json_or_text
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000

SIGNING = """
@task()
@start_point()
@followed_by("publish", lambda context: context["approved"])
@followed_by("reject", lambda context: not context["approved"])
def sign(context):
    open(os.path.join(os.path.dirname(__file__), "sign was called"), "w").close()
    return True

@task()
@end_point()
def publish(context):
    return True

@task()
@end_point()
def reject(context):
    return True
"""


def check(qtbot, desktop):
    with qtbot.waitSignal(desktop.preflight_query.answered, timeout=WAIT_MS) as answered:
        desktop.window.actions_table[Command.PREFLIGHT].trigger()
    panel = PreflightPage.of(desktop.window)
    qtbot.waitUntil(lambda: bool(panel.rows) or answered.args[0].answer.found is None, timeout=WAIT_MS)
    return panel


@pytest.fixture
def signing(make_instance, open_instance):
    path = make_instance(SIGNING, context='{"approved": true}')
    open_instance(path)
    return path


def test_preflight_tells_what_would_be_called_and_calls_nothing(qtbot, desktop, signing, tmp_path):
    before = state_file.read(signing)

    panel = check(qtbot, desktop)

    told = panel.rows
    assert told[:2] == ["An advance would call 1 task", "sign"]
    assert "→ publish: if it returned true, taken (context['approved'] is true)" in told
    assert "→ reject: if it returned true, not taken (not context['approved'] is false)" in told
    assert state_file.read(signing) == before
    assert not (tmp_path / "sign was called").exists()


def test_what_if_shows_which_conditions_flip_and_saves_nothing(qtbot, desktop, signing):
    panel = PreflightPage.of(desktop.window)
    qtbot.waitUntil(lambda: panel.values.rowCount() == 1, timeout=WAIT_MS)
    before = state_file.read(signing)

    panel.widget.try_value("approved", "false")
    check(qtbot, desktop)

    told = panel.rows
    assert told[0] == "These conditions would flip"
    assert told[1] == "sign → publish: context['approved'] — now true, then false"
    assert "approved=false" in panel.stamp
    assert panel.command.endswith("--set approved=false")
    assert state_file.read(signing) == before


def test_the_command_is_copied_for_a_terminal(qtbot, desktop, signing):
    panel = PreflightPage.of(desktop.window)

    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)

    assert QApplication.clipboard().text().endswith(f"-m wfepy_core preflight {signing}")


def test_the_answer_is_greyed_when_the_instance_moved_on(qtbot, desktop, wfepy, signing):
    panel = check(qtbot, desktop)
    muted = desktop.theme.look.muted
    assert panel.tree.topLevelItem(0).foreground(0).color() != muted

    wfepy("advance", signing)

    qtbot.waitUntil(lambda: "check again" in panel.stamp, timeout=WAIT_MS)
    assert panel.tree.topLevelItem(0).foreground(0).color() == muted


def test_conditions_are_not_run_before_the_operator_trusts_them(qtbot, make_instance, open_instance, desktop):
    path = make_instance(SIGNING, context='{"approved": true}')
    open_instance(path, trusted=False)

    desktop.window.actions_table[Command.PREFLIGHT].trigger()
    question = wait_for_question(qtbot, desktop)
    assert "Preflight evaluates conditions of" in question.text()
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert not desktop.preflight_query.is_busy

    PreflightPage.of(desktop.window).widget.check()
    again = wait_for_question(qtbot, desktop)
    with qtbot.waitSignal(desktop.preflight_query.answered, timeout=WAIT_MS) as answered:
        again.agreed.emit("")
    again.close()
    assert answered.args[0].answer.found.calls == ("sign",)
    assert not desktop.session.is_busy


def test_a_condition_that_hangs_is_stopped_with_its_process(
    qtbot, make_instance, open_instance, desktop, tmp_path
):
    source = SIGNING.replace('lambda context: context["approved"]', "hangs")
    written = tmp_path / "pid"
    hangs = (
        f"def hangs(context):\n    open({str(written)!r}, 'w').write(str(os.getpid()))\n    time.sleep(600)\n"
    )
    path = make_instance(hangs + textwrap.dedent(source))
    open_instance(path)
    desktop.window.actions_table[Command.PREFLIGHT].trigger()
    qtbot.waitUntil(lambda: written.exists() and written.read_text() != "", timeout=WAIT_MS)
    number = int(written.read_text())

    qtbot.mouseClick(PreflightPage.of(desktop.window).stop, Qt.MouseButton.LeftButton)

    assert not desktop.preflight_query.is_busy
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_preflight_that_fails_says_why_in_its_place(qtbot, desktop, signing):
    module = Path(signing).with_suffix(".py")
    module.write_text(module.read_text(encoding="utf-8").replace("publish", "print_it"), encoding="utf-8")

    panel = check(qtbot, desktop)

    assert "the module has changed" in panel.stamp
    assert desktop.window.panels.notice_bar.get().isHidden()


def test_a_module_that_prints_below_python_spoils_no_answer(qtbot, make_instance, open_instance, desktop):
    path = make_instance("os.write(1, b'{}\\n')\n" + SIGNING, context='{"approved": true}')
    open_instance(path)

    assert "sign" in check(qtbot, desktop).rows


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("true", True),
        ("ada", "ada"),
        ("@/etc/passwd", "@/etc/passwd"),
        ('{"a": 1}', {"a": 1}),
    ],
)
def test_what_is_typed_is_json_or_text_and_never_a_file(typed, given):
    assert json_or_text(typed) == given


# -- with pending changes -----------------------------------------------------------------------------------


def stage(desktop, **values):
    editing = desktop.session.editing
    assert editing.stage_context({**editing.preview.context, **values}, "an edit")


def test_what_is_pending_is_tried_on_the_copy_and_said(qtbot, desktop, signing):
    before = state_file.read(signing)
    stage(desktop, approved=False)
    stage(desktop, other=1)

    panel = check(qtbot, desktop)

    told = panel.rows
    assert told[:2] == [
        "These conditions would flip",
        "sign → publish: context['approved'] — now true, then false",
    ]
    assert "→ reject: if it returned true, taken (not context['approved'] is true)" in told
    assert "with your 2 pending changes" in panel.stamp
    assert panel.command.endswith(f"preflight {signing} --set approved=false --set other=1")
    assert state_file.read(signing) == before


@pytest.mark.usefixtures("signing")
def test_as_saved_leaves_pending_changes_out_and_says_so(qtbot, desktop):
    panel = PreflightPage.of(desktop.window)
    stage(desktop, approved=False)
    panel.with_pending.setChecked(False)

    check(qtbot, desktop)

    assert "→ publish: if it returned true, taken (context['approved'] is true)" in panel.rows
    assert "your pending changes are not in it" in panel.stamp


def test_a_value_that_is_tried_is_put_on_top_of_what_is_pending(qtbot, desktop, signing):
    panel = PreflightPage.of(desktop.window)
    stage(desktop, approved=False)
    panel.widget.try_value("approved", "true")

    check(qtbot, desktop)

    assert panel.rows[0] == "With these values no condition would change its result"
    assert "with your pending change and approved=true" in panel.stamp
    assert panel.command.endswith(f"preflight {signing} --set approved=true")


@pytest.mark.usefixtures("signing")
def test_a_pending_intervention_is_tried_too_and_no_command_is_told_for_it(qtbot, desktop):
    editing = desktop.session.editing
    assert editing.stage(
        lambda snapshot: task_event(snapshot, InterventionKind.COMPLETE, "sign", by="ops"), "complete sign"
    )

    panel = check(qtbot, desktop)

    told = panel.rows
    assert told[0] == "With these values no condition would change its result"
    assert "It would decide what follows" in told
    assert "→ publish: taken (context['approved'] is true)" in told
    assert panel.command == ""
    assert not panel.copy.isEnabled()


@pytest.mark.usefixtures("signing")
def test_the_answer_is_outdated_when_the_pending_changes_are_others(qtbot, desktop):
    stage(desktop, approved=False)
    panel = check(qtbot, desktop)

    desktop.session.editing.undo()

    assert "Your pending changes are others now: check again" in panel.stamp


def test_no_value_that_is_tried_is_on_a_command_line(qtbot, make_instance, open_instance, desktop, tmp_path):
    seen = tmp_path / "command line"
    spy = f"open({str(seen)!r}, 'wb').write(open('/proc/self/cmdline', 'rb').read())\n"
    open_instance(make_instance(spy + SIGNING, context='{"approved": true, "api_key": "sesame"}'))
    stage(desktop, api_key="abracadabra")
    PreflightPage.of(desktop.window).widget.try_value("password", "hocus pocus")

    check(qtbot, desktop)

    assert b"preflight" in seen.read_bytes()
    assert b"abracadabra" not in seen.read_bytes()
    assert b"hocus" not in seen.read_bytes()


def test_secrets_are_dots_wherever_a_preflight_tells_values(qtbot, make_instance, open_instance, desktop):
    source = SIGNING.replace('context["approved"]', 'context["api_key"] == "sesame"')
    open_instance(make_instance(source, context='{"api_key": "sesame"}'))
    panel = PreflightPage.of(desktop.window)
    desktop.session.editing.reveal(("api_key",), shown=True)
    qtbot.waitUntil(lambda: panel.values.rowCount() == 1, timeout=WAIT_MS)
    panel.widget.try_value("api_key", "abracadabra")

    check(qtbot, desktop)
    panel.copy.click()

    cells = [panel.values.item(0, column) for column in range(3)]
    told = [cell.text() for cell in cells] + [cell.toolTip() for cell in cells]
    told += [panel.stamp, panel.command, QApplication.clipboard().text()]
    assert not any("abracadabra" in text or "sesame" in text for text in told)
    assert "api_key=••••••••" in panel.stamp
    assert panel.rows[1].endswith("now true, then false")
    assert panel.values.tries() == (("api_key", "abracadabra"),)


@pytest.mark.usefixtures("signing")
def test_what_is_typed_for_a_secret_is_not_seen_while_it_is_typed(desktop):
    panel = PreflightPage.of(desktop.window)
    panel.widget.try_value("api_key", "x")
    panel.widget.try_value("approved", "x")
    values = panel.values
    modes = {}
    for row in range(values.rowCount()):
        index = values.model().index(row, 2)
        editor = values.itemDelegate().createEditor(values, QStyleOptionViewItem(), index)
        modes[values.item(row, 0).text()] = editor.echoMode()
        editor.deleteLater()
    assert modes["api_key"] == QLineEdit.EchoMode.Password
    assert modes["approved"] == QLineEdit.EchoMode.Normal


def test_changes_made_on_another_generation_are_not_tried(qtbot, desktop, signing):
    panel = PreflightPage.of(desktop.window)
    stale = state_file.read(signing)._replace(generation=0)
    stage(desktop, approved=False)
    pending = desktop.session.editing.pending
    pending.base = stale

    check(qtbot, desktop)

    assert "the changes were made on another" in panel.stamp


def test_a_secret_that_an_error_of_a_condition_quotes_is_dots(qtbot, make_instance, open_instance, desktop):
    source = SIGNING.replace('lambda context: context["approved"]', 'lambda context: int(context["api_key"])')
    open_instance(make_instance(source, context='{"approved": true, "api_key": "sesame"}'))
    PreflightPage.of(desktop.window).widget.try_value("api_key", "abracadabra")

    told = check(qtbot, desktop).rows

    assert any("invalid literal for int() with base 10: '••••••••'" in text for text in told)
    assert not any("sesame" in text or "abracadabra" in text for text in told)
