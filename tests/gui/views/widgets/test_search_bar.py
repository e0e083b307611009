"""The bar that searches a text: where hits are, how many, and in which order one walks through them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from wfepy_gui.views.widgets.search_bar import MOST_HITS, SearchBar, TextSearchBar


@pytest.fixture
def editor(qtbot):
    widget = QPlainTextEdit()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def bar(qtbot, editor):
    widget = TextSearchBar(editor, name="Search")
    qtbot.addWidget(widget)
    return widget


def walk(bar, editor, count):
    """The texts selected by going through that many hits."""
    found = []
    for _ in range(count):
        bar.go_next()
        found.append(editor.textCursor().selectedText())
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text("aB😀\n", max_size=40), wanted=st.text("aB😀", min_size=1, max_size=3))
def test_hits_are_where_the_text_occurs(bar, editor, text, wanted):
    editor.setPlainText(text)
    bar.field.clear()
    bar.field.setText(wanted)
    bar.go_next()
    count = text.lower().count(wanted.lower())
    assert bar.count.text() == (f"1 of {count}" if count else "not found")
    assert [each.lower() for each in walk(bar, editor, count)] == [wanted.lower()] * count


def test_no_more_hits_are_counted_than_anybody_walks_through(bar, editor):
    editor.setPlainText("x" * 2 * MOST_HITS)
    bar.field.setText("x")
    bar.go_next()
    assert bar.count.text() == "1 of 1,000+"
    bar.field.clear()
    bar.go_next()
    assert bar.count.text() == ""


def test_a_hit_behind_an_emoji_is_selected_exactly(bar, editor):
    editor.setPlainText("a😀b and B")
    bar.field.setText("b")
    assert walk(bar, editor, 3) == ["b", "B", "b"]


def test_enter_goes_on_and_with_shift_back(qtbot, bar, editor):
    editor.setPlainText("one two one")
    qtbot.keyClicks(bar.field, "one")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "2 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 2"


@pytest.mark.parametrize("closes", [True, False])
def test_escape_closes_only_a_bar_that_closes(qtbot, closes):
    bar = SearchBar(name="Find", closes=closes)
    qtbot.addWidget(bar)
    wishes = []
    bar.close_wanted.connect(lambda: wishes.append("close"))
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert wishes == (["close"] if closes else [])
