"""What is asked about one thing counts for nothing else, however late the answer comes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tests.gui.dialogs import wait_for_count
from tests.gui.pages.context_pages import ContextPage
from tests.gui.pages.preflight_page import PreflightPage
from tests.gui.pages.task_pages import InspectorPage
from tests.gui.workflows import asking_for
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000


def answer_all(desktop):
    """Lets every question that was asked be answered, and the answer be heard."""
    for _ in range(3):  # a question begins, is answered, and may lead to another
        QCoreApplication.processEvents()
        desktop.pool.waitForDone()
    QCoreApplication.processEvents()


def test_a_value_that_is_only_of_another_type_now_is_shown(
    qtbot, make_instance, open_instance, desktop, wfepy
):
    path = make_instance(asking_for("n"), context='{"n": 1}')
    open_instance(path)

    with qtbot.waitSignal(desktop.session.context_changed, timeout=WAIT_MS):
        wfepy("context", "set", path, "n=true")

    assert desktop.session.view.snapshot.context["n"] is True


def test_agreeing_to_the_code_of_one_instance_runs_no_other(qtbot, make_instance, open_instance, desktop):
    first, second = make_instance(asking_for("n"), "first"), make_instance(asking_for("m"), "second")
    open_instance(first, trusted=False)
    asked = []
    desktop.trust_gate.ask = asked.append
    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)

    open_instance(second, trusted=False)
    asked[0].agree()
    answer_all(desktop)

    assert not desktop.session.is_busy
    assert [Path(question.files[0].name).name for question in asked] == ["first.py"]


def test_agreeing_to_the_conditions_of_one_instance_runs_no_other(
    qtbot, make_instance, open_instance, desktop
):
    first, second = make_instance(asking_for("n"), "first"), make_instance(asking_for("m"), "second")
    open_instance(first, trusted=False)
    asked = []
    desktop.trust_gate.ask = asked.append
    desktop.preflight_query.ask()
    wait_for_count(qtbot, asked, 1)

    open_instance(second, trusted=False)
    asked[0].agree()
    answer_all(desktop)

    assert not desktop.preflight_query.is_busy
    assert [Path(question.files[0].name).name for question in asked] == ["first.py"]


def test_keys_of_another_instance_are_not_offered_to_be_tried(qtbot, make_instance, open_instance, desktop):
    first = make_instance(asking_for("n"), "first", '{"n": 1}')
    second = make_instance(asking_for("m"), "second", '{"m": 1}')
    open_instance(first)
    desktop.window.actions_table[Command.PREFLIGHT].trigger()
    page = PreflightPage.of(desktop.window)
    page.with_pending.toggle()  # asks for the keys anew

    desktop.session.open(second)

    qtbot.waitUntil(lambda: page.values.rowCount() > 0, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desktop.session.view is not None, timeout=WAIT_MS)
    answer_all(desktop)
    keys = [page.values.item(row, 0).text() for row in range(page.values.rowCount())]
    assert keys == ["m"]


def test_passes_beside_the_open_instance_leave_nothing_behind(qtbot, make_instance, open_instance, desktop):
    first, second = make_instance(asking_for("n"), "first"), make_instance(asking_for("m"), "second")
    open_instance(first)
    desktop.timers.start(first, Plan(60_000_000))
    open_instance(second)

    def once():
        desktop.timers.of(first).countdown.start(0)
        with qtbot.waitSignal(desktop.passes.ended, timeout=WAIT_MS):
            desktop.timers.check_due()

    once()
    before = len(desktop.pool.children())
    once()
    once()
    assert len(desktop.pool.children()) == before


def test_a_filter_that_was_cleared_before_its_answer_came_hides_nothing(
    make_instance, open_instance, desktop
):
    open_instance(make_instance(asking_for("n"), context='{"n": 1, "m": 2}'))
    page = ContextPage.of(desktop.window)

    page.filter.setText("no such key")
    page.filter.setText("")
    answer_all(desktop)

    assert not page.model.is_filtered
    assert page.model.rowCount() == 2


def test_a_sandbox_of_an_instance_that_was_left_meanwhile_is_told_and_not_opened(
    qtbot, make_instance, open_instance, desktop
):
    first, second = make_instance(asking_for("n"), "first"), make_instance(asking_for("m"), "second")
    open_instance(first)
    desktop.window.actions_table[Command.FORK].trigger()

    desktop.session.open(second)

    qtbot.waitUntil(lambda: len(desktop.notices.history) > 0, timeout=WAIT_MS)
    notice = desktop.notices.history[-1]
    assert "first.sandbox.wfstate is a sandbox" in notice.summary
    assert f"fork {first}" in notice.details
    assert desktop.session.path == second


def test_why_the_instance_before_did_not_move_is_not_told_of_nothing(make_instance, open_instance, desktop):
    open_instance(make_instance(asking_for("n"), context='{"n": 1}'))
    inspector = InspectorPage.of(desktop.window)
    desktop.window.show_dock(PanelId.TASK)
    desktop.window.select_task("only")
    desktop.window.select_task("done")

    desktop.session.open("")
    answer_all(desktop)

    assert inspector.name == "Nothing is open"
    assert inspector.why == ""
