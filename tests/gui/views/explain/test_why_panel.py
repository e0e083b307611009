"""Why it does not move: the sentence, the tree behind it, and the context values that conditions read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.pages.headline_page import HeadlinePage
from tests.gui.pages.preflight_page import PreflightPage
from tests.gui.pages.task_pages import InspectorPage
from tests.gui.pages.why_page import WhyPage
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.loading.loader import load
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot, WorkflowRef
from wfepy_core.model.status import TaskState
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
RELEASE = """
def is_urgent(context):
    return context.get("urgent") and "owner" in context and len(context["owner"]) > 1

@task()
@start_point()
@followed_by("build")
@followed_by("sign")
def plan(context):
    return True

@task()
@followed_by("publish", is_urgent)
@followed_by("publish", lambda c: c["version"] > 3)
def build(context):
    return True

@task()
@followed_by("publish")
def sign(context):
    return Waiting("no signature yet")

@task()
@join_point()
@end_point()
def publish(context):
    return True
"""
MODULE_IMPORTS = "from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task\n"


def read_module(path):
    loaded = load([str(path)], str(path.parent))
    tokens = ((loaded.workflow.start_points[0], TaskState.NEW),)
    graph = graph_of(loaded.workflow, loaded.files)
    return Snapshot(0, WorkflowRef("flow", (path.name,)), graph, tokens, Records(len(graph.tasks)), {})


def ask(qtbot, desktop, task):
    panel = WhyPage.of(desktop.window)
    desktop.window.select_task(task)
    desktop.window.actions_table[Command.WHY].trigger()
    qtbot.waitUntil(lambda: panel.tells_of(task), timeout=WAIT_MS)
    return panel


@pytest.fixture
def waiting(make_instance, wfepy, open_instance):
    path = make_instance(RELEASE, context='{"version": 2, "owner": "ada", "urgent": false}')
    wfepy("advance", path)
    open_instance(path)
    return path


@pytest.mark.usefixtures("waiting")
def test_the_answer_names_the_root_and_what_every_condition_read(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    told = panel.rows
    assert "sign" in panel.sentence
    assert "no signature yet" in panel.sentence
    assert "Waits for" in told
    assert "build → publish: is_urgent — was false" in told
    assert [text for text in told if text.startswith("reads")] == [
        "reads urgent now = False",
        "reads owner now = 'ada'",
        "reads version now = 2",
    ]
    assert "True for generation" in panel.stamp


@pytest.mark.usefixtures("waiting")
def test_a_false_condition_is_greyed_and_a_cause_is_not(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    muted = desktop.theme.look.muted
    by_text = {item.text(0): item.foreground(0).color() for item in panel.items}
    assert by_text["build → publish: is_urgent — was false"] == muted
    assert by_text["Causes"] != muted


@pytest.mark.usefixtures("waiting")
def test_activating_a_cause_selects_its_task_everywhere(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")
    sign = next(item for item in panel.items if item.text(0).startswith("sign"))

    panel.tree.setCurrentItem(sign)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)

    assert desktop.window.panels.graph.get().graph_view.graph_scene.selected == "sign"
    assert InspectorPage.of(desktop.window).name == "sign"


@pytest.mark.usefixtures("waiting")
def test_w_in_the_graph_opens_the_answer_for_the_selected_task(qtbot, desktop):
    desktop.window.select_task("sign")
    graph = desktop.window.panels.graph.get().graph_view
    graph.setFocus()

    qtbot.keyClick(graph, Qt.Key.Key_W)

    panel = WhyPage.of(desktop.window)
    qtbot.waitUntil(lambda: panel.tells_of("sign"), timeout=WAIT_MS)
    assert not desktop.window.docks[PanelId.WHY].visibleRegion().isEmpty()


@pytest.mark.usefixtures("waiting")
def test_a_held_answer_stays_while_others_are_selected(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    panel.hold.setChecked(True)
    desktop.window.select_task("sign")
    assert panel.name == "publish"

    panel.hold.setChecked(False)
    assert panel.name == "sign"


def test_the_answer_follows_a_save_by_cron(qtbot, desktop, wfepy, waiting):
    panel = ask(qtbot, desktop, "publish")
    before = desktop.session.view.snapshot.generation

    wfepy("skip", waiting, "sign")

    qtbot.waitUntil(lambda: f"generation {before + 1}" in panel.stamp, timeout=WAIT_MS)
    assert desktop.session.view.snapshot.generation == before + 1


@pytest.mark.usefixtures("waiting")
def test_the_whole_answer_is_copied_as_text(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)

    copied = QApplication.clipboard().text()
    assert copied.startswith(panel.sentence)
    assert "        reads urgent now = False" in copied


def test_a_secret_that_a_condition_reads_is_not_shown_even_while_the_editor_reveals_it(
    qtbot, make_instance, open_instance, desktop
):
    source = RELEASE.replace('"version"', '"api_token"')
    open_instance(make_instance(source, context='{"api_token": "hunter2"}'))
    desktop.session.editing.reveal(("api_token",), shown=True)

    panel = ask(qtbot, desktop, "publish")
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)

    [told] = [text for text in panel.rows if text.startswith("reads api_token")]
    assert told == "reads api_token = ••••••••"
    assert "hunter2" not in QApplication.clipboard().text()


def test_a_secret_that_a_reason_quotes_is_dots_wherever_why_is_told(
    qtbot, make_instance, open_instance, wfepy, desktop
):
    source = RELEASE.replace(
        'Waiting("no signature yet")', "Waiting(f\"refused: {context['pin_password']}\")"
    )
    path = make_instance(source, context='{"version": 2, "owner": "ada", "pin_password": "hunter2"}')
    wfepy("advance", path)
    open_instance(path)

    panel = ask(qtbot, desktop, "sign")

    assert "refused: ••••••••" in panel.sentence
    assert not any("hunter2" in text for text in panel.rows)
    qtbot.waitUntil(lambda: "refused: ••••••••" in InspectorPage.of(desktop.window).why, timeout=WAIT_MS)
    headline = HeadlinePage.of(desktop.window)
    qtbot.waitUntil(lambda: "refused: ••••••••" in headline.sentence, timeout=WAIT_MS)


def test_a_module_without_an_instance_is_told_as_such(qtbot, tmp_path, desktop):
    module = tmp_path / "flow.py"
    module.write_text(MODULE_IMPORTS + RELEASE, encoding="utf-8")
    desktop.session.show_module(str(module), read_module(module))

    panel = ask(qtbot, desktop, "publish")

    assert panel.sentence == (
        "publish is a task of a workflow that has no instance here. New instance… starts one."
    )
    told = panel.rows
    assert told[:2] == ["Comes after", "build — if is_urgent"]
    assert "reads owner" in told
    assert "there is no state file" in panel.stamp
    assert InspectorPage.of(desktop.window).why == panel.sentence
    preflight = PreflightPage.of(desktop.window)
    assert not preflight.check.isEnabled()
    assert "no instance yet" in preflight.stamp

    desktop.window.select_task("")
    qtbot.waitUntil(lambda: "so nothing waits" in panel.sentence, timeout=WAIT_MS)
    assert panel.sentence == (
        "flow has no instance here, so nothing waits. New instance… starts one, with plan."
    )
