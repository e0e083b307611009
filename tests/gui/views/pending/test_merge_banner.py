"""Others save while changes are pending: the banner, the three versions, and the choice for each key."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from tests.gui.pages.pending_pages import MergePage, PendingBarPage
from tests.gui.workflows import ONE_TASK
from wfepy_core.storage import state_file
from wfepy_gui.views.pending.merge_dialog import OURS, THEIRS, MergeDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


@pytest.fixture
def path(make_instance):
    return make_instance(
        ONE_TASK, context=json.dumps({"due": "Monday", "who": "Ann", "token": "t0p", "n": 1})
    )


@pytest.fixture
def clash(qtbot, editing, path, wfepy):
    """Two keys changed here, three by a real second process, one of them the same."""
    editing.stage_context({**editing.preview.context, "due": "Friday", "who": "Bob"}, "set due, who")
    with qtbot.waitSignal(editing.conflict, timeout=WAIT_MS):
        wfepy("context", "set", path, "due=Sunday", "token=n3w", "n=2")
    return editing.merge


def dialog(desktop):
    return next(each for each in desktop.window.findChildren(MergeDialog) if each.isVisible())


def review(desktop):
    desktop.window.actions_table[Command.REVIEW_MERGE].trigger()
    return dialog(desktop)


def test_the_banner_counts_keys_and_takes_no_focus(clash, desktop):
    bar = PendingBarPage(desktop.window.panels.pending_bar.get())
    text = bar.text

    assert bar.widget.isVisible()
    assert clash.theirs.saved.by in text
    assert "2 keys changed by them, 1 by both" in text
    assert not desktop.window.findChildren(MergeDialog)


@pytest.mark.usefixtures("clash")
def test_each_conflict_is_decided_before_the_merge_and_the_boxes_exclude_one_another(desktop):
    asked = review(desktop)
    assert not MergePage(asked).merge.isEnabled()
    asked.choose(0, THEIRS)
    asked.choose(0, OURS)

    assert asked.choices() == {"due": True}
    assert MergePage(asked).merge.isEnabled()
    shown = [MergePage(asked).table.item(0, column).text() for column in range(4)]
    assert shown == ["due", "'Monday'", "'Sunday'", "'Friday'"]
    table = MergePage(asked).table
    everything = [table.item(row, c).text() for row in range(table.rowCount()) for c in range(4)]
    assert "'t0p'" not in everything
    assert "'n3w'" not in everything
    asked.reject()


@pytest.mark.parametrize(("column", "expected"), [(OURS, "Friday"), (THEIRS, "Sunday")])
@pytest.mark.usefixtures("clash")
def test_a_merge_is_applied_as_it_was_chosen(qtbot, editing, desktop, path, column, expected):
    asked = review(desktop)
    MergePage(asked).table.setCurrentCell(0, column)
    qtbot.keyClick(MergePage(asked).table, Qt.Key.Key_Space)
    qtbot.mouseClick(MergePage(asked).merge, Qt.MouseButton.LeftButton)

    assert editing.merge is None
    with qtbot.waitSignal(editing.applied, timeout=WAIT_MS):
        desktop.window.actions_table[Command.APPLY_CHANGES].trigger()
    assert state_file.read(path).context == {"due": expected, "who": "Bob", "token": "n3w", "n": 2}


@pytest.mark.usefixtures("clash")
def test_keep_editing_hides_the_banner_until_apply_is_asked_for(qtbot, editing, desktop, path):
    bar = PendingBarPage(desktop.window.panels.pending_bar.get())
    qtbot.mouseClick(bar.keep_editing, Qt.MouseButton.LeftButton)
    assert "pending" in bar.text
    editing.stage_context({**editing.preview.context, "n": 7}, "set n")
    assert "pending" in bar.text

    desktop.window.actions_table[Command.APPLY_CHANGES].trigger()

    assert "by both" in bar.text
    assert state_file.read(path).context["due"] == "Sunday"
    assert editing.preview.context["due"] == "Friday"


@pytest.mark.usefixtures("clash")
def test_a_second_save_beside_renews_an_open_review(qtbot, editing, desktop, path, wfepy):
    review(desktop).choose(0, OURS)
    with qtbot.waitSignal(editing.conflict, timeout=WAIT_MS):
        wfepy("context", "set", path, "due=Tuesday")

    asked = dialog(desktop)
    assert MergePage(asked).table.item(0, THEIRS).text() == "'Tuesday'"
    assert asked.choices() == {}
    asked.reject()


def test_a_save_that_clashes_with_nothing_is_merged_silently_and_told(qtbot, editing, path, wfepy, desktop):
    editing.stage_context({**editing.preview.context, "who": "Bob"}, "set who")
    wfepy("context", "set", path, "n=5")

    qtbot.waitUntil(lambda: editing.preview.context["n"] == 5, timeout=WAIT_MS)

    assert editing.preview.context["who"] == "Bob"
    assert editing.merge is None
    assert "your changes still fit" in desktop.notices.history[-1].summary


def test_keys_without_a_conflict_are_listed_up_to_a_number(qtbot, editing, path, wfepy, desktop):
    editing.stage_context({**editing.preview.context, "due": "Friday"}, "set due")
    with qtbot.waitSignal(editing.conflict, timeout=WAIT_MS):
        wfepy("context", "set", path, "due=Sunday", *(f"k{number}={number}" for number in range(230)))

    asked = review(desktop)
    assert MergePage(asked).table.rowCount() == 1 + 200 + 1
    assert MergePage(asked).table.item(201, 0).text() == "… and 30 more"
    asked.choose(0, OURS)
    assert asked.choices() == {"due": True}
    asked.reject()
