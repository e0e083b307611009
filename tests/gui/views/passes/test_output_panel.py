"""What tasks print: followed, searched, copied, its end first; however much there is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.pages.output_page import OutputPage
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000

PRINTS = """
@task()
@start_point()
@end_point()
def only(context):
    for number in range(LINES):
        print("line", number, "error" if number % 100 == 7 else "")
    return True
"""


def run(qtbot, desktop):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.window.actions_table[Command.ADVANCE].trigger()


@pytest.fixture
def printed(qtbot, make_instance, open_instance, desktop):
    """The output panel after a task printed 10,000 lines."""
    open_instance(make_instance(PRINTS.replace("LINES", "10_000")))
    desktop.window.go_to(PanelId.OUTPUT)
    run(qtbot, desktop)
    return OutputPage.of(desktop.window)


def test_the_end_of_a_long_output_is_there_at_once_and_the_rest_soon(qtbot, printed):
    assert "\nline 9999" in printed.text
    assert printed.widget.follows
    qtbot.waitUntil(lambda: printed.text.startswith("line 0 "), timeout=WAIT_MS)
    assert printed.text.count("\nline ") == 9_999
    assert printed.widget.follows


def test_search_counts_and_goes_round(qtbot, printed, desktop):
    qtbot.waitUntil(lambda: printed.text.startswith("line 0 "), timeout=WAIT_MS)
    desktop.window.actions_table[Command.FIND_IN_OUTPUT].trigger()
    search = printed.search

    qtbot.keyClicks(search.field, "ERROR")
    qtbot.waitUntil(lambda: search.count.text() == "100 found", timeout=WAIT_MS)
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert search.count.text() == "1 of 100"
    assert printed.editor_of_output.textCursor().block().text().startswith("line 7 ")
    search.go_previous()
    assert search.count.text() == "100 of 100"
    assert printed.editor_of_output.textCursor().selectedText() == "error"
    assert printed.editor_of_output.textCursor().block().text().startswith("line 9907 ")

    search.field.setText("nowhere")
    qtbot.waitUntil(lambda: search.count.text() == "not found", timeout=WAIT_MS)
    search.go_next()


@pytest.mark.usefixtures("printed")
def test_all_output_that_is_kept_is_copied(desktop):
    desktop.window.actions_table[Command.COPY_OUTPUT].trigger()
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split()[:2] for line in lines[:10_000]] == [
        ["line", str(number)] for number in range(10_000)
    ]


def test_who_reads_further_up_is_left_there_until_asked_to_follow(
    qtbot, make_instance, open_instance, desktop, tmp_path
):
    go = tmp_path / "go"
    source = PRINTS.replace("LINES", "300").replace(
        "    return True",
        f"    while not os.path.exists({str(go)!r}):\n        time.sleep(0.01)\n"
        "    print('the last', flush=True)\n    time.sleep(60)\n    return True",
    )
    open_instance(make_instance(source))
    desktop.window.go_to(PanelId.OUTPUT)
    panel = OutputPage.of(desktop.window)
    bar = panel.editor_of_output.verticalScrollBar()
    desktop.window.actions_table[Command.ADVANCE].trigger()
    qtbot.waitUntil(lambda: "line 299" in panel.text and bar.maximum() > 0, timeout=WAIT_MS)
    assert panel.widget.follows

    bar.setValue(3)
    go.touch()
    qtbot.waitUntil(lambda: "the last" in panel.text, timeout=WAIT_MS)
    assert bar.value() == 3
    assert panel.follow.isEnabled()

    desktop.window.actions_table[Command.FOLLOW_OUTPUT].trigger()
    assert panel.widget.follows
    assert not panel.follow.isEnabled()
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.cancel()
