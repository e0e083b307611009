"""A control among facts that has the keyboard can be seen, and comes in its turn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from wfepy_gui.models.explanations.task_facts import Fact
from wfepy_gui.views.explain.facts_form import FactsArea, FactsForm
from wfepy_gui.views.widgets.keyboard_focus import focus_in, step

FACTS = [Fact(f"Fact {number}", "a text") for number in range(30)]


class Room(QWidget):
    """Facts that are too many for their area, a button below them, and a line under the area."""

    def __init__(self) -> None:
        super().__init__()
        self.area, self.form = FactsArea(self), FactsForm()
        self.button, self.line = QPushButton("All causes"), QLineEdit(self)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.addLayout(self.form)
        inside.addWidget(self.button)
        self.form.show_facts(FACTS)
        self.area.setWidget(page)
        column = QVBoxLayout(self)
        column.addWidget(self.area)
        column.addWidget(self.line)
        self.resize(300, 260)

    @property
    def is_button_seen(self) -> bool:
        return self.button.visibleRegion().boundingRect().height() == self.button.height()


@pytest.fixture
def room(qtbot):
    widget = Room()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    settle()
    assert not widget.is_button_seen
    return widget


def settle():
    for _ in range(3):
        QApplication.processEvents()


def test_the_keyboard_that_comes_from_outside_is_scrolled_to(room):
    room.line.setFocus()
    step(room, [room.area], is_next=False)
    assert room.focusWidget() is room.button
    assert room.is_button_seen

    room.area.verticalScrollBar().setValue(0)
    focus_in(room.button)
    assert room.is_button_seen


def test_it_comes_after_its_area_and_before_what_stands_below(room):
    room.area.setFocus()
    walked = []
    for _ in range(3):
        step(room, [room], is_next=True)
        walked.append(room.focusWidget())
    assert walked == [room.button, room.line, room.area]


def test_texts_that_grow_above_it_do_not_push_it_out_of_sight(room):
    focus_in(room.button)
    room.form.show_facts(FACTS * 2)
    settle()
    assert room.is_button_seen
    room.form.show_facts(FACTS)
    settle()
    assert room.is_button_seen


def test_who_scrolls_away_from_it_is_left_there(room):
    room.button.setFocus(Qt.FocusReason.TabFocusReason)
    focus_in(room.button)
    room.area.verticalScrollBar().setValue(0)
    room.form.show_facts(FACTS * 2)
    settle()
    assert room.area.verticalScrollBar().value() == 0
