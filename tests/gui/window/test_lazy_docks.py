"""Panels are made when they are first seen or asked for; nobody can tell them from others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from tests.gui.pages.error_page import ErrorPage
from tests.gui.pages.history_page import HistoryPage
from tests.gui.pages.output_page import OutputPage
from tests.gui.pages.why_page import WhyPage
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.models.journal_table import JournalColumn
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
SEEN_FIRST = {"task", "map", "tasks"}

WORK = """
@task()
@start_point()
@followed_by("second")
def first(context):
    print("first was here")
    return True

@task()
@end_point()
def second(context):
    raise ValueError("no luck")
"""

# In a process of its own: here, other tests have loaded everything.
START = """
import sys
from wfepy_gui import application

launch = application.launch

def watched(*given):
    desktop = launch(*given)
    desktop.window.panels.graph.get().picture_ready.connect(desktop.window.close)
    return desktop

application.launch = watched
code = application.main(sys.argv[1:])
print(*sorted(name for name in sys.modules if name.startswith("wfepy_gui.views.")))
sys.exit(code)
"""


def made(desktop):
    return {name.value for name, dock in desktop.window.docks.items() if dock.lazy_panel.existing is not None}


@pytest.fixture
def start(qapp, qtbot, tmp_path):
    """Starts the desktop again, with the settings of the one before."""

    def start_again():
        again = Desktop(qapp, Options(settings=str(tmp_path / "settings.ini")))
        qtbot.addWidget(again.window)
        with qtbot.waitExposed(again.window):
            again.start()
        return again

    return start_again


def test_a_dock_that_was_never_seen_has_no_panel(make_instance, open_instance, desktop):
    open_instance(make_instance(WORK))
    assert made(desktop) == SEEN_FIRST

    desktop.window.actions_table[Command.GO_CONTEXT].trigger()
    assert made(desktop) == {*SEEN_FIRST, "context"}

    desktop.window.docks[PanelId.ERROR].raise_()  # as a click on its tab
    assert made(desktop) == {*SEEN_FIRST, "context", "error"}


def test_a_start_loads_no_panel_that_is_not_seen(make_instance, tmp_path):
    environment = cron_environment(QT_QPA_PLATFORM="offscreen")
    command = [sys.executable, "-c", START, make_instance(WORK), "--settings", str(tmp_path / "own.ini")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)

    loaded = set(done.stdout.split())
    assert "wfepy_gui.views.explain.task_panel" in loaded
    unseen = ("context", "error", "fleet", "journal", "output", "pending", "preflight", "why")
    files = {name.rpartition(".")[2] for name in loaded}
    assert files & {f"{name}_panel" for name in unseen} == set()


def test_what_was_on_top_is_made_and_on_top_again(qtbot, desktop, start):
    desktop.window.show_dock(PanelId.WHY)
    desktop.window.show_dock(PanelId.OUTPUT)
    desktop.window.close()

    again = start()

    qtbot.waitUntil(lambda: made(again) == {"why", "map", "output"}, timeout=WAIT_MS)
    for name in ("why", "output"):
        dock = again.window.docks[PanelId(name)]
        assert dock.widget() is dock.lazy_panel.existing
        assert not dock.widget().visibleRegion().isEmpty()
    assert made(again) == {"why", "map", "output"}
    again.window.close()


def test_a_panel_that_floats_is_made(qtbot, desktop, start):
    desktop.window.docks[PanelId.HISTORY].setFloating(True)
    assert "history" in made(desktop)
    desktop.window.close()

    again = start()
    qtbot.waitUntil(lambda: "history" in made(again), timeout=WAIT_MS)
    again.window.close()


def test_columns_of_a_panel_that_was_not_made_are_not_forgotten(desktop, start):
    desktop.window.panels.journal.get().header.resizeSection(0, 77)
    desktop.window.close()

    unlooked = start()
    assert "history" not in made(unlooked)
    unlooked.window.close()

    again = start()
    assert again.window.panels.journal.get().header.sectionSize(0) == 77
    again.window.close()


def test_output_and_history_of_a_pass_are_there_for_who_looks_later(
    qtbot, make_instance, open_instance, desktop
):
    open_instance(make_instance(WORK))
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.advance()

    output = OutputPage.of(desktop.window)  # made now: the file beside the instance has all of it
    qtbot.waitUntil(lambda: "first was here" in output.text, timeout=WAIT_MS)
    assert HistoryPage.of(desktop.window).model.rowCount() > 0


def test_a_pass_makes_the_history_it_fills_when_it_has_begun(qtbot, make_instance, open_instance, desktop):
    open_instance(make_instance(WORK))
    desktop.session.advance()
    assert made(desktop) == set(SEEN_FIRST)

    qtbot.waitUntil(lambda: "history" in made(desktop), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not desktop.session.is_busy, timeout=WAIT_MS)
    model = HistoryPage.of(desktop.window).model
    told = [model.index(row, JournalColumn.TASK).data() for row in range(model.rowCount())]
    assert {"first", "second"} <= set(told)


def test_a_panel_that_comes_late_knows_the_selected_task(wfepy, make_instance, open_instance, desktop):
    path = make_instance(WORK)
    wfepy("advance", path)
    open_instance(path)
    desktop.window.select_task("second")

    assert "no luck" in ErrorPage.of(desktop.window).summary
    desktop.window.show_dock(PanelId.WHY)
    assert WhyPage.of(desktop.window).name == "second"


def test_the_history_that_was_read_is_shown_by_a_panel_that_comes_late(
    qtbot, wfepy, make_instance, open_instance, desktop
):
    path = make_instance(WORK)
    wfepy("advance", path)
    open_instance(path)
    qtbot.waitUntil(lambda: bool(desktop.session.history), timeout=WAIT_MS)
    assert "history" not in made(desktop)

    assert HistoryPage.of(desktop.window).model.rowCount() == len(desktop.session.history)
