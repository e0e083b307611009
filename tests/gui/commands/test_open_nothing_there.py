"""Where there is nothing to show, every panel says why, and what to do next."""

from __future__ import annotations

from PySide6.QtWidgets import QCommandLinkButton

from tests.gui.pages.output_page import OutputPage
from tests.gui.pages.page import Page
from tests.gui.pages.task_pages import InspectorPage, TasksPage
from tests.gui.workflows import ONE_TASK


def says(panel):
    return Page(panel).empty_text


def test_with_nothing_open_every_panel_tells_what_to_open(desktop):
    window = desktop.window
    panels = window.panels
    fed = (panels.tasks, panels.journal, panels.context, panels.fleet)
    assert all("Open a" in says(panel.get()) for panel in fed)
    assert "Nothing is open" in InspectorPage.of(window).name
    assert window.panels.welcome.get().isVisible()


def test_what_was_opened_lately_makes_the_window_no_higher(tmp_path, qtbot, desktop):
    window = desktop.window
    welcome = window.panels.welcome.get()
    height = window.minimumSizeHint().height()
    for number in range(6):
        path = tmp_path / f"{number}.wfstate"
        path.touch()
        desktop.settings.add_recent(str(path))
    welcome.refresh()

    buttons = welcome.findChildren(QCommandLinkButton)
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons))
    assert len(buttons) == 9
    assert window.minimumSizeHint().height() == height


def test_a_new_instance_has_its_birth_and_no_context_and_no_output_yet(make_instance, open_instance, desktop):
    open_instance(make_instance(ONE_TASK))
    window = desktop.window
    assert says(window.panels.journal.get()) == ""
    assert "The context is empty" in says(window.panels.context.get())
    assert "Advance runs one" in OutputPage.of(window).editor_of_output.placeholderText()
    assert says(window.panels.tasks.get()) == ""


def test_an_instance_with_a_context_and_a_history_needs_no_excuse(
    qtbot, wfepy, make_instance, open_instance, desktop
):
    path = make_instance(ONE_TASK, context='{"who": "ada"}')
    wfepy("advance", path)
    open_instance(path)
    qtbot.waitUntil(lambda: says(desktop.window.panels.journal.get()) == "")
    assert says(desktop.window.panels.context.get()) == ""


def test_a_filter_without_hits_says_how_many_there_are(make_instance, open_instance, desktop):
    open_instance(make_instance(ONE_TASK))
    panel = desktop.window.panels.tasks.get()
    TasksPage(panel).filter.setText("nothing like it")
    assert says(panel) == "No task matches the filter. Clear it to see all 1."
    TasksPage(panel).filter.clear()
    assert says(panel) == ""


def test_an_empty_folder_says_so(qtbot, desktop, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    with qtbot.waitSignal(desktop.scanner.scanned):
        desktop.open_paths((str(folder),))
    assert str(folder) in says(desktop.window.panels.fleet.get())
    assert "New instance" in says(desktop.window.panels.fleet.get())
