"""New instances: the dialog, its checks while one types, and the real command behind it."""

from __future__ import annotations

import pytest

from tests.gui.pages.dialog_pages import NewInstancePage
from wfepy_core.storage import state_file
from wfepy_gui.models.context.json_text import JsonError, read_first
from wfepy_gui.views.dialogs.new_instance_dialog import NewInstanceDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000

FLOW = """
@task()
@start_point()
@end_point()
def only(context):
    return "go" in context
"""


@pytest.fixture
def dialog(desktop, make_instance, open_instance):
    """The dialog for another instance of the workflow that is open."""
    open_instance(make_instance(FLOW))
    desktop.window.actions_table[Command.NEW_INSTANCE].trigger()
    return next(each for each in desktop.window.findChildren(NewInstanceDialog) if each.isVisible())


def test_another_instance_of_the_open_workflow_is_made_and_opened(qtbot, desktop, dialog, tmp_path):
    assert dialog.modules == (str(tmp_path / "work.py"),)
    assert dialog.state == str(tmp_path / "work-2.wfstate")
    dialog.context.text = '{"due": {"$date": "2026-12-01"}}'

    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        NewInstancePage(dialog).start.click()

    assert desktop.session.path == str(tmp_path / "work-2.wfstate")
    made = state_file.read(desktop.session.path)
    assert made.context == {"due": {"$date": "2026-12-01"}}
    assert made.workflow.modules == ("work.py",)


def test_nothing_is_made_until_the_context_is_valid(dialog, tmp_path):
    dialog.context.text = '{"due": }'
    assert not NewInstancePage(dialog).start.isEnabled()
    assert "line 1, column 9" in NewInstancePage(dialog).json_check

    dialog.context.text = ""
    assert NewInstancePage(dialog).start.isEnabled()
    assert dialog.request().given == "{}"
    assert not (tmp_path / "work-2.wfstate").exists()
    dialog.reject()


@pytest.mark.parametrize(
    ("state", "told"),
    [("", "Name the state file"), ("work.wfstate", "exists already"), ("no/where", "does not exist")],
)
def test_what_is_missing_is_said(dialog, tmp_path, state, told):
    NewInstancePage(dialog).state.setText(str(tmp_path / state) if state else "")
    assert told in NewInstancePage(dialog).problem
    assert not NewInstancePage(dialog).start.isEnabled()
    dialog.reject()


def test_what_the_command_refuses_is_shown_and_nothing_typed_is_lost(qtbot, dialog, tmp_path):
    NewInstancePage(dialog).module.setText(str(tmp_path / "nowhere.py"))
    dialog.context.text = '{"go": 1}'
    page = NewInstancePage(dialog)
    page.start.click()
    qtbot.waitUntil(lambda: "nowhere.py does not exist" in page.problem)

    assert dialog.isVisible()
    assert dialog.context.text == '{"go": 1}'
    assert NewInstancePage(dialog).start.isEnabled()
    dialog.reject()


def test_an_instance_may_be_started_with_nothing_open(desktop):
    desktop.window.actions_table[Command.NEW_INSTANCE].trigger()
    dialog = next(each for each in desktop.window.findChildren(NewInstanceDialog) if each.isVisible())
    assert "Choose the workflow module" in NewInstancePage(dialog).problem
    dialog.reject()


@pytest.mark.parametrize(
    ("text", "context"),
    [("", {}), ("{}", {}), ('{"n": {"$decimal": "1.10"}}', {"n": {"$decimal": "1.10"}})],
)
def test_a_first_context_may_be_any_object(text, context):
    assert read_first(text) == context


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1]", "object"),
        ('{"a": 1, "a": 2}', "stands here twice"),
        ('{"NaN": NaN}', 'line 1, column 9: .*{".float": "nan"}'),
        (
            '{"a": "b",\n "b": {"a": {"$date": "soon"}}}',
            "line 2, column 8: context.b.a: cannot read this .date",
        ),
        ("{" * 3, "line 1, column 2"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_first_context_is_checked_as_it_is_typed(text, told):
    with pytest.raises(JsonError, match=told):
        read_first(text)
