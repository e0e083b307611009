"""The first hour of an operator, by keyboard alone: real files, the real command, keys to what has them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QTreeWidget

from tests.gui.keyboard import ALT, CTRL, SHIFT, WAIT_MS, Operator
from tests.gui.pages.dialog_pages import NewInstancePage
from tests.gui.pages.fleet_page import FleetPage
from tests.gui.pages.output_page import OutputPage
from tests.gui.pages.pending_pages import PendingPage
from tests.gui.pages.preflight_page import PreflightPage
from tests.gui.pages.why_page import WhyPage
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.storage import state_file
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.views.context.new_value_dialog import NewValueDialog
from wfepy_gui.views.dialogs.about import About, ShortcutSheet
from wfepy_gui.views.dialogs.command_palette import CommandPalette
from wfepy_gui.views.dialogs.confirmation import Confirmation, TrustDialog
from wfepy_gui.views.dialogs.new_instance_dialog import NewInstanceDialog
from wfepy_gui.views.graph.export_dialog import ExportDialog
from wfepy_gui.views.graph.printing import PrintPreview
from wfepy_gui.views.passes.timer_dialog import TimerDialog
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

EXAMPLE = Path(__file__).parents[2] / "examples" / "data_delivery" / "workflow.py"
CSV = {
    "customers.csv": "id,name,since\n1,Ada Lovelace,2024-02-29\n",
    "orders.csv": "id,customer,amount,day\n10,1,12.50,2026-11-01\n",
}
SLOW = """
@task()
@start_point()
@end_point()
def bake(context):
    print("baking", flush=True)
    while True:
        time.sleep(0.05)
"""


@pytest.fixture
def operator(qtbot, desktop) -> Operator:
    desktop.window.activateWindow()
    return Operator(qtbot, desktop)


@pytest.fixture
def deliveries(tmp_path, wfepy):
    """A folder with two instances of the example; what the partner has to send is not there yet."""
    shutil.copy(EXAMPLE, tmp_path / "delivery.py")
    for name in ("delivery", "later"):
        (tmp_path / f"{name}-files").mkdir()
        folder = f"folder={tmp_path / f'{name}-files'}"
        state = str(tmp_path / f"{name}.wfstate")
        wfepy("new", state, "--module", "delivery.py", "--set", folder, "--set", 'delivery="2026-11"')
        wfepy("advance", state)
    return tmp_path


def open_path(operator: Operator, key: Qt.Key, modifiers: Qt.KeyboardModifier, path: Path) -> None:
    operator.press(key, modifiers)
    operator.see_dialog(QFileDialog)
    operator.press(Qt.Key.Key_A, CTRL)
    operator.write(str(path))
    operator.press(Qt.Key.Key_Return)


def agree(operator: Operator) -> None:
    """Say that the code may run; No is the default, so Enter alone does not."""
    question = operator.see_dialog(TrustDialog)
    run = next(each for each in question.buttons() if each.text() == "&Run it")
    operator.tab_to(run)
    operator.press(Qt.Key.Key_Space)


def send_files(folder: Path) -> None:
    inbox = folder / "delivery-files" / "inbox"
    for name, text in CSV.items():
        (inbox / name).write_text(text, encoding="utf-8")


def open_delivery(operator: Operator, deliveries: Path) -> None:
    with operator.qtbot.waitSignal(operator.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        open_path(operator, Qt.Key.Key_O, CTRL, deliveries / "delivery.wfstate")
    operator.press(Qt.Key.Key_0, ALT)


def test_from_nothing_to_one_instance_of_a_folder(operator, deliveries):
    assert operator.focused.text() == "Open"

    open_path(operator, Qt.Key.Key_O, CTRL | SHIFT, deliveries)
    operator.see(lambda: operator.session.name in {"delivery.wfstate", "later.wfstate"})
    assert operator.focused.accessibleName() == "Instances"

    operator.tab_to(FleetPage.of(operator.window).filter)
    operator.write("late")
    operator.press(Qt.Key.Key_Down)
    operator.press(Qt.Key.Key_Return)
    operator.see(lambda: operator.session.name == "later.wfstate")

    operator.press(Qt.Key.Key_M, ALT)  # the inbox: who needs me
    operator.see(lambda: "0 of 2" in FleetPage.of(operator.window).count)
    operator.press(Qt.Key.Key_M, ALT)


def test_walking_the_graph(operator, deliveries):
    open_delivery(operator, deliveries)
    assert operator.selected == "wait_for_files"

    operator.press(Qt.Key.Key_Down)
    assert operator.selected == "check_files"
    operator.press(Qt.Key.Key_Left, ALT)
    assert operator.selected == "wait_for_files"
    operator.press(Qt.Key.Key_Right, ALT)
    assert operator.selected == "check_files"
    operator.press(Qt.Key.Key_F7)
    assert operator.selected == "wait_for_files"
    operator.press(Qt.Key.Key_F8)
    assert "No task is failed" in operator.window.statusBar().currentMessage()

    operator.press(Qt.Key.Key_F, CTRL)
    operator.write("signoff")
    operator.press(Qt.Key.Key_Return)
    assert operator.selected == "wait_for_signoff"
    operator.press(Qt.Key.Key_Escape)
    assert operator.focused is operator.window.panels.graph.get().graph_view

    operator.press(Qt.Key.Key_D, CTRL)
    operator.press(Qt.Key.Key_H, CTRL)
    assert operator.window.panels.graph.get().graph_view.navigation.graph_filter[:2]
    operator.press(Qt.Key.Key_H, CTRL | SHIFT)
    assert operator.window.panels.graph.get().graph_view.navigation.graph_filter.is_everything


def test_why_preflight_and_what_if(operator, deliveries):
    open_delivery(operator, deliveries)

    operator.press(Qt.Key.Key_W)
    assert operator.focused.accessibleName().startswith("Causes")
    operator.see(lambda: "customers.csv" in WhyPage.of(operator.window).sentence)

    operator.press(Qt.Key.Key_F9)
    agree(operator)
    preflight = PreflightPage.of(operator.window)
    tree = preflight.tree
    operator.see(lambda: tree.topLevelItemCount() > 0)
    assert operator.focused is tree

    operator.tab_to(preflight.values)
    before = state_file.read_head(operator.session.path).generation
    operator.tab_to(preflight.check)
    operator.press(Qt.Key.Key_Space)
    operator.see(preflight.check.isEnabled)
    assert state_file.read_head(operator.session.path).generation == before


def change_the_month(operator: Operator) -> None:
    operator.press(Qt.Key.Key_3, ALT)
    tree = operator.window.panels.context.get().tree
    assert operator.focused is tree
    for _ in range(tree.model().rowCount()):
        operator.press(Qt.Key.Key_Down)
        if tree.currentIndex().siblingAtColumn(0).data() == "delivery":
            break
    operator.press(Qt.Key.Key_F2)
    operator.press(Qt.Key.Key_A, CTRL)
    operator.write("2026-12")
    operator.press(Qt.Key.Key_Return)
    operator.see(lambda: len(operator.session.editing.changes) == 1)


def add_key(operator: Operator, key: str, value: str) -> None:
    operator.press(Qt.Key.Key_A, CTRL | SHIFT)
    dialog = operator.see_dialog(NewValueDialog)
    operator.write(key)
    operator.tab_to(dialog.findChildren(QLineEdit)[-1])
    operator.write(value)
    operator.press(Qt.Key.Key_Return)


def test_the_context_is_corrected_and_saved_with_a_reason(operator, deliveries):
    open_delivery(operator, deliveries)
    change_the_month(operator)
    add_key(operator, "note", "late again")
    operator.press(Qt.Key.Key_Z, CTRL)
    assert len(operator.session.editing.changes) == 1
    operator.press(Qt.Key.Key_Y, CTRL)
    assert len(operator.session.editing.changes) == 2

    operator.press(Qt.Key.Key_7, ALT)
    operator.tab_to(PendingPage.of(operator.window).reason)
    operator.write("agreed by phone")
    operator.press(Qt.Key.Key_Return)

    operator.see(lambda: not operator.session.editing.has_unsaved)
    saved = state_file.read(operator.session.path)
    assert (saved.context["delivery"], saved.context["note"]) == ("2026-12", "late again")


def test_advancing_until_nothing_moves_and_on_a_timer(operator, deliveries):
    open_delivery(operator, deliveries)
    send_files(deliveries)

    operator.press(Qt.Key.Key_F5, CTRL | SHIFT)
    operator.wait_for_pass(lambda: agree(operator))
    assert operator.status("wait_for_files") is TaskStatus.COMPLETE
    assert operator.status("wait_for_signoff") is TaskStatus.WAITING

    operator.press(Qt.Key.Key_T, CTRL | SHIFT)
    operator.see_dialog(TimerDialog)
    operator.press(Qt.Key.Key_Return)
    timer = operator.desktop.open_timer
    operator.see(lambda: timer.phase.name == "COUNTING")
    operator.press(Qt.Key.Key_Space, CTRL | SHIFT)
    assert timer.phase.name == "PAUSED"
    operator.menu(Qt.Key.Key_I, Qt.Key.Key_V)
    operator.see(lambda: timer.phase.name == "OFF")


def test_a_pass_is_cancelled_and_its_task_skipped_and_restored(operator, make_instance):
    path = Path(make_instance(SLOW))
    open_path(operator, Qt.Key.Key_O, CTRL, path)
    operator.see(lambda: operator.session.view is not None)
    operator.press(Qt.Key.Key_F5)
    agree(operator)
    operator.see(lambda: "baking" in OutputPage.of(operator.window).text)
    with operator.qtbot.waitSignal(operator.session.pass_ended, timeout=WAIT_MS):
        operator.press(Qt.Key.Key_Period, CTRL)
    operator.see(lambda: operator.session.view.status is InstanceStatus.INTERRUPTED)

    operator.press(Qt.Key.Key_F8)
    operator.see(operator.window.actions_table[Command.SKIP].isEnabled)
    operator.press(Qt.Key.Key_S, CTRL | ALT)
    question = operator.see_dialog(Confirmation)
    assert operator.focused is question.no
    operator.tab_to(question.reason)
    operator.write("the oven is broken")
    operator.press(Qt.Key.Key_S, ALT)
    operator.see(lambda: operator.session.view.status is InstanceStatus.DEAD_END)

    operator.menu(Qt.Key.Key_I, Qt.Key.Key_B)
    operator.see_dialog(Confirmation)
    operator.press(Qt.Key.Key_R, ALT)
    operator.see(lambda: instance_status(state_file.read(str(path))) is not InstanceStatus.DEAD_END)


def test_a_failed_task_is_read_about_and_retried(operator, deliveries):
    open_delivery(operator, deliveries)
    change_the_month(operator)  # there is no folder for it: the next task fails
    operator.press(Qt.Key.Key_S, CTRL)
    operator.see(lambda: not operator.session.editing.has_unsaved)
    send_files(deliveries)
    operator.press(Qt.Key.Key_F5)
    with operator.qtbot.waitSignal(operator.session.pass_ended, timeout=WAIT_MS):
        agree(operator)
    operator.see(lambda: operator.status("wait_for_files") is TaskStatus.FAILED)

    operator.press(Qt.Key.Key_F8)
    operator.press(Qt.Key.Key_9, ALT)
    assert "FileNotFoundError" in operator.focused.toPlainText()
    operator.see(operator.window.actions_table[Command.RETRY].isEnabled)
    operator.press(Qt.Key.Key_R, CTRL | ALT)
    operator.see_dialog(Confirmation)
    operator.press(Qt.Key.Key_R, ALT)
    operator.see(lambda: operator.status("wait_for_files") is TaskStatus.READY)


def test_a_sandbox_is_forked_and_its_picture_taken(operator, deliveries):
    open_delivery(operator, deliveries)
    with operator.qtbot.waitSignal(operator.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        operator.menu(Qt.Key.Key_I, Qt.Key.Key_D)
    assert "(sandbox)" in operator.window.windowTitle()

    operator.press(Qt.Key.Key_E, CTRL)
    operator.see_dialog(ExportDialog)
    operator.press(Qt.Key.Key_Return)
    operator.see_dialog(QFileDialog)
    operator.press(Qt.Key.Key_Return)
    operator.see((deliveries / "delivery.sandbox.svg").exists)

    QApplication.clipboard().setMimeData(QMimeData())
    operator.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert not QApplication.clipboard().image().isNull()

    operator.press(Qt.Key.Key_P, CTRL)
    preview = operator.see_dialog(PrintPreview)
    assert operator.focused.text() == "Print"
    assert isinstance(preview.printer(), QPrinter)
    operator.press(Qt.Key.Key_Escape)


def test_the_window_is_made_ones_own_and_comes_back_so(qapp, qtbot, operator, deliveries):
    open_delivery(operator, deliveries)
    was_dark = operator.desktop.theme.look.dark
    operator.menu(Qt.Key.Key_V, Qt.Key.Key_L if was_dark else Qt.Key.Key_D)
    assert operator.desktop.theme.look.dark is not was_dark
    operator.menu(Qt.Key.Key_V, Qt.Key.Key_U)
    assert operator.desktop.clock.style.value == "utc"
    operator.menu(Qt.Key.Key_V, Qt.Key.Key_K, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert operator.window.docks[PanelId.TASK].isHidden()

    operator.press(Qt.Key.Key_Q, CTRL)
    assert not operator.window.isVisible()
    again = Desktop(qapp, Options(settings=operator.desktop.settings.path))
    qtbot.addWidget(again.window)
    again.start()
    assert again.theme.look.dark is not was_dark
    assert again.clock.style.value == "utc"
    assert again.window.docks[PanelId.TASK].isHidden()
    assert again.settings.recent[0].endswith("delivery.wfstate")

    someone = Operator(qtbot, again)
    someone.press(Qt.Key.Key_P, CTRL | SHIFT)
    someone.see_dialog(CommandPalette)
    someone.write("reset")
    someone.press(Qt.Key.Key_Return)
    assert not again.window.docks[PanelId.TASK].isHidden()
    again.window.close()


def test_help_is_at_hand_and_a_new_instance_is_made(operator, deliveries):
    operator.press(Qt.Key.Key_F1)
    sheet = operator.see_dialog(ShortcutSheet)
    assert sheet.findChild(QTreeWidget) is not None
    operator.press(Qt.Key.Key_Escape)
    operator.menu(Qt.Key.Key_H, Qt.Key.Key_A)
    operator.see_dialog(About)
    operator.press(Qt.Key.Key_Escape)

    operator.press(Qt.Key.Key_N, CTRL)
    page = NewInstancePage(operator.see_dialog(NewInstanceDialog))
    operator.write(str(deliveries / "delivery.py"))
    operator.tab_to(page.state)
    operator.press(Qt.Key.Key_A, CTRL)
    operator.write(str(deliveries / "mine.wfstate"))
    operator.tab_to(page.start)
    operator.press(Qt.Key.Key_Space)
    agree(operator)
    operator.see(lambda: operator.session.name == "mine.wfstate" and operator.session.view is not None)
    assert operator.session.view.status is InstanceStatus.NEW
