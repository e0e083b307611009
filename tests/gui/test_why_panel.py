"""Why it does not move: the sentence, the tree behind it, and the context values that conditions read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from wfepy_core.snapshot import WorkflowRef
from wfepy_gui.actions import Command
from wfepy_gui.models import condition_reads
from wfepy_gui.models.condition_reads import keys_read

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


def rows(tree):
    found, left = [], [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    while left:
        item = left.pop(0)
        found.append(item)
        left = [item.child(number) for number in range(item.childCount())] + left
    return found


def texts(tree):
    return [item.text(0) for item in rows(tree)]


def ask(qtbot, desktop, task):
    panel = desktop.window.why_panel
    desktop.window.select_task(task)
    desktop.window.actions_table[Command.WHY].trigger()
    qtbot.waitUntil(
        lambda: panel._answer is not None and panel._answer.task == task and panel.isVisible(),
        timeout=WAIT_MS,
    )
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

    told = texts(panel._tree)
    assert "sign" in panel._sentence.text()
    assert "no signature yet" in panel._sentence.text()
    assert "Waits for" in told
    assert "build → publish: is_urgent — was false" in told
    assert [text for text in told if text.startswith("reads")] == [
        "reads urgent = False",
        "reads owner = 'ada'",
        "reads version = 2",
    ]
    assert "True for generation" in panel._stamp.text()


@pytest.mark.usefixtures("waiting")
def test_a_false_condition_is_greyed_and_a_cause_is_not(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    muted = desktop.theme.look.muted
    by_text = {item.text(0): item.foreground(0).color() for item in rows(panel._tree)}
    assert by_text["build → publish: is_urgent — was false"] == muted
    assert by_text["Causes"] != muted


@pytest.mark.usefixtures("waiting")
def test_activating_a_cause_selects_its_task_everywhere(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")
    sign = next(item for item in rows(panel._tree) if item.text(0).startswith("sign"))

    panel._tree.setCurrentItem(sign)
    qtbot.keyClick(panel._tree, Qt.Key.Key_Return)

    assert desktop.window.graph_panel.graph_view.graph_scene.selected == "sign"
    assert desktop.window.inspector._name.text() == "sign"


@pytest.mark.usefixtures("waiting")
def test_w_in_the_graph_opens_the_answer_for_the_selected_task(qtbot, desktop):
    desktop.window.select_task("sign")
    graph = desktop.window.graph_panel.graph_view
    graph.setFocus()

    qtbot.keyClick(graph, Qt.Key.Key_W)

    panel = desktop.window.why_panel
    qtbot.waitUntil(lambda: panel._answer is not None and panel._answer.task == "sign", timeout=WAIT_MS)
    assert not desktop.window.docks["why"].visibleRegion().isEmpty()


@pytest.mark.usefixtures("waiting")
def test_a_held_answer_stays_while_others_are_selected(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    panel._hold.setChecked(True)
    desktop.window.select_task("sign")
    assert panel._name.text() == "publish"

    panel._hold.setChecked(False)
    assert panel._name.text() == "sign"


def test_the_answer_follows_a_save_by_cron(qtbot, desktop, wfepy, waiting):
    panel = ask(qtbot, desktop, "publish")
    before = panel._answer.generation

    wfepy("skip", waiting, "sign")

    qtbot.waitUntil(lambda: panel._answer.generation > before, timeout=WAIT_MS)
    assert f"generation {panel._answer.generation}" in panel._stamp.text()


@pytest.mark.usefixtures("waiting")
def test_the_whole_answer_is_copied_as_text(qtbot, desktop):
    panel = ask(qtbot, desktop, "publish")

    qtbot.mouseClick(panel._copy, Qt.MouseButton.LeftButton)

    copied = QApplication.clipboard().text()
    assert copied.startswith(panel._sentence.text())
    assert "        reads urgent = False" in copied


def test_a_secret_that_a_condition_reads_is_not_shown(qtbot, make_instance, open_instance, desktop):
    source = RELEASE.replace('"version"', '"api_token"')
    open_instance(make_instance(source, context='{"api_token": "hunter2"}'))

    panel = ask(qtbot, desktop, "publish")

    [told] = [text for text in texts(panel._tree) if text.startswith("reads api_token")]
    assert "hunter2" not in told


def test_keys_are_found_without_running_the_module(tmp_path):
    module = tmp_path / "flow.py"
    module.write_text("raise SystemExit\ndef ready(ctx):\n    return ctx['a']['b'] or other['no']\n")
    workflow = WorkflowRef("flow", ("flow.py",))

    assert keys_read("ready", workflow, tmp_path) == ("a",)
    assert keys_read("c.get('x') and 'y' in c", workflow, tmp_path) == ("x", "y")


@pytest.mark.parametrize("content", ["def ready(:", "(" * 5000, "\0", "# " + "x" * 3000])
def test_a_module_that_is_no_python_or_too_large_tells_no_keys(tmp_path, content, monkeypatch):
    monkeypatch.setattr(condition_reads, "LARGEST_FILE", 6000 if "x" not in content else 1000)
    (tmp_path / "flow.py").write_text(content)

    assert keys_read("ready", WorkflowRef("flow", ("flow.py", "gone.py", str(Path("/")))), tmp_path) == ()
