"""What tasks print: kept, followed whoever runs the pass, searched, copied; however much it is."""

from __future__ import annotations

import os
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.pages.output_page import OutputPage
from wfepy_core.storage.output_file import OutputFile, output_path
from wfepy_gui.text.time_format import TimeStyle
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
TWO = """
@task()
@start_point()
@followed_by("sign")
def build(context):
    print("building \\x1b[31mred\\x1b[0m <b>now</b> \\x07")
    print("no compiler", file=sys.stderr)
    return True

@task()
@end_point()
def sign(context):
    print("asked", context.setdefault("asked", 0))
    context["asked"] += 1
    return False
"""


def run(qtbot, desktop):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.window.actions_table[Command.ADVANCE].trigger()


def printed_parts(text):
    """Of each line what stands behind its time: the mark, the task and the text."""
    return [re.sub(r"^\S+ \S+ \S+ +", "", line).split(": ", 1) for line in text.splitlines()]


@pytest.fixture
def panel(desktop):
    """The output panel of the desktop, in sight."""
    desktop.window.go_to(PanelId.OUTPUT)
    return OutputPage.of(desktop.window)


@pytest.fixture
def printed(qtbot, make_instance, open_instance, desktop, panel):
    """The output panel after a task printed 10,000 lines."""
    open_instance(make_instance(PRINTS.replace("LINES", "10_000")))
    run(qtbot, desktop)
    qtbot.waitUntil(
        lambda: panel.text.rpartition("\n")[2].strip().endswith("only: line 9999"), timeout=WAIT_MS
    )
    return panel


def wait_for_all(qtbot, panel):
    qtbot.waitUntil(lambda: "only: line 0 " in panel.text.partition("\n")[0], timeout=WAIT_MS)


def test_the_end_of_a_long_output_is_there_at_once_and_the_rest_soon(qtbot, printed):
    assert printed.widget.follows
    wait_for_all(qtbot, printed)
    numbers = [int(line.split("line ")[1].split()[0]) for line in printed.text.splitlines()]
    assert numbers == list(range(10_000))
    assert printed.widget.follows


def test_search_counts_and_goes_round(qtbot, printed, desktop):
    wait_for_all(qtbot, printed)
    desktop.window.actions_table[Command.FIND_IN_OUTPUT].trigger()
    search = printed.search

    qtbot.keyClicks(search.field, "ERROR")
    qtbot.waitUntil(lambda: search.count.text() == "100 found", timeout=WAIT_MS)
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert search.count.text() == "1 of 100"
    assert "only: line 7 " in printed.editor_of_output.textCursor().block().text()
    search.go_previous()
    assert search.count.text() == "100 of 100"
    assert printed.editor_of_output.textCursor().selectedText() == "error"
    assert "only: line 9907 " in printed.editor_of_output.textCursor().block().text()

    search.field.setText("nowhere")
    qtbot.waitUntil(lambda: search.count.text() == "not found", timeout=WAIT_MS)
    search.go_next()


@pytest.mark.usefixtures("printed")
def test_all_output_that_is_kept_is_copied(qtbot, desktop):
    QApplication.clipboard().clear()
    desktop.window.actions_table[Command.COPY_OUTPUT].trigger()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() != "", timeout=WAIT_MS)
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("only: ")[1].split()[:2] for line in lines] == [
        ["line", str(number)] for number in range(10_000)
    ]


def test_output_is_copied_though_its_panel_was_never_looked_at(
    qtbot, make_instance, open_instance, wfepy, desktop
):
    path = make_instance(TWO)
    wfepy("advance", path)
    open_instance(path)
    QApplication.clipboard().clear()

    desktop.window.actions_table[Command.COPY_OUTPUT].trigger()

    qtbot.waitUntil(lambda: "sign: asked 0" in QApplication.clipboard().text(), timeout=WAIT_MS)


def test_who_reads_further_up_is_left_there_until_asked_to_follow(
    qtbot, make_instance, open_instance, desktop, panel, tmp_path
):
    go = tmp_path / "go"
    source = PRINTS.replace("LINES", "300").replace(
        "    return True",
        f"    while not os.path.exists({str(go)!r}):\n        time.sleep(0.01)\n"
        "    print('the last', flush=True)\n    time.sleep(60)\n    return True",
    )
    open_instance(make_instance(source))
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
    assert "the last" in panel.text, "a cancelled pass keeps what it printed"


def test_what_others_ran_is_shown_when_it_is_opened_and_when_it_comes(
    qtbot, make_instance, open_instance, wfepy, panel
):
    path = make_instance(TWO)
    wfepy("advance", path)
    open_instance(path)
    qtbot.waitUntil(lambda: "sign: asked 0" in panel.text, timeout=WAIT_MS)
    assert printed_parts(panel.text) == [
        ["build", "building red <b>now</b> \\x07"],
        ["err  build", "no compiler"],
        ["sign", "asked 0"],
    ]

    wfepy("advance", path)
    qtbot.waitUntil(lambda: printed_parts(panel.text)[3:] == [["sign", "asked 1"]], timeout=WAIT_MS)


def test_a_pass_of_ours_is_shown_once_between_those_of_others(
    qtbot, make_instance, open_instance, desktop, wfepy, panel
):
    path = make_instance(TWO)
    open_instance(path)
    run(qtbot, desktop)
    qtbot.waitUntil(lambda: "asked 0" in panel.text, timeout=WAIT_MS)
    wfepy("advance", path)
    qtbot.waitUntil(lambda: "asked 1" in panel.text, timeout=WAIT_MS)
    run(qtbot, desktop)
    qtbot.waitUntil(lambda: "asked 2" in panel.text, timeout=WAIT_MS)

    assert [text for task, text in printed_parts(panel.text) if task == "sign"] == [
        "asked 0",
        "asked 1",
        "asked 2",
    ]


def test_each_instance_shows_its_own_output(qtbot, make_instance, open_instance, wfepy, panel):
    first = make_instance(PRINTS.replace("LINES", "20_000"), "first")
    second, silent = make_instance(TWO, "second"), make_instance(TWO, "silent")
    wfepy("advance", first)
    wfepy("advance", second)

    open_instance(first)
    open_instance(second)
    qtbot.waitUntil(lambda: "asked 0" in panel.text, timeout=WAIT_MS)
    assert len(panel.text.splitlines()) == 3

    open_instance(silent)
    assert panel.text == ""

    open_instance(first)
    wait_for_all(qtbot, panel)
    assert len(panel.text.splitlines()) == 20_000


def test_the_output_of_the_selected_task_alone(qtbot, make_instance, open_instance, wfepy, desktop, panel):
    path = make_instance(TWO)
    wfepy("advance", path)
    open_instance(path)
    desktop.window.select_task("build")
    qtbot.waitUntil(lambda: len(panel.text.splitlines()) == 3, timeout=WAIT_MS)

    panel.only_selected.click()
    assert [text for _, text in printed_parts(panel.text)][1:] == ["no compiler"]
    desktop.window.select_task("sign")
    assert [text for _, text in printed_parts(panel.text)] == ["asked 0"]
    desktop.window.select_task("")
    assert len(panel.text.splitlines()) == 3


def test_what_a_child_process_prints_is_shown_before_its_task_ends_and_then_with_its_time(
    qtbot, make_instance, open_instance, desktop, panel, tmp_path
):
    go = tmp_path / "go"
    open_instance(
        make_instance(f"""
        @task()
        @start_point()
        @end_point()
        def copy(context):
            import subprocess
            subprocess.run(["printf", "1 %%\\\\r50 %%\\\\nhalf"], check=True)
            while not os.path.exists({str(go)!r}):
                time.sleep(0.01)
            return True
        """)
    )
    desktop.window.actions_table[Command.ADVANCE].trigger()
    qtbot.waitUntil(lambda: panel.text.endswith("-: half"), timeout=WAIT_MS)
    assert [line.split() for line in panel.text.splitlines()] == [["—", "-:", "50", "%"], ["—", "-:", "half"]]

    go.touch()
    qtbot.waitUntil(lambda: panel.text.endswith("copy: half"), timeout=WAIT_MS)
    assert printed_parts(panel.text) == [["copy", "50 %"], ["copy", "half"]]
    qtbot.waitUntil(lambda: not desktop.session.is_busy, timeout=WAIT_MS)


def test_a_flood_by_others_leaves_the_window_alive_and_shows_its_end(
    qtbot, make_instance, open_instance, panel
):
    path = make_instance(TWO)
    open_instance(path)
    output = OutputFile(path)
    for number in range(3):
        os.write(output.shared, f"{number} {'x' * 99_990}\n".encode() * 50)
    output.take_raw("build")
    output.add_line("build", "out", b"the last of it")
    output.close()

    qtbot.waitUntil(lambda: panel.text.endswith("build: the last of it"), timeout=WAIT_MS)
    assert len(panel.text) < 2_000_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")
def test_what_is_no_file_in_its_place_holds_up_nothing_and_is_told(
    qtbot, make_instance, open_instance, wfepy, panel
):
    path = make_instance(TWO)
    os.mkfifo(output_path(path))
    open_instance(path)
    placeholder = panel.editor_of_output.placeholderText
    qtbot.waitUntil(lambda: "not a file" in placeholder(), timeout=WAIT_MS)

    os.remove(output_path(path))
    wfepy("advance", path)
    qtbot.waitUntil(lambda: "asked 0" in panel.text, timeout=WAIT_MS)


def test_times_follow_the_chosen_style(qtbot, make_instance, open_instance, wfepy, desktop, panel):
    path = make_instance(TWO)
    wfepy("advance", path)
    open_instance(path)
    qtbot.waitUntil(lambda: "asked 0" in panel.text, timeout=WAIT_MS)
    at = desktop.session.output.lines[-1].at

    for style in (TimeStyle.UTC, TimeStyle.LOCAL):
        desktop.clock.choose(style)
        assert panel.text.splitlines()[-1].startswith(desktop.clock.stamp(at))
