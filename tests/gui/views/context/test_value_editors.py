"""Values typed into editors: what is left alone stays the same, what does not fit is refused."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit

from tests.gui.context_values import SINGLE_VALUES
from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec import decode, encode
from wfepy_gui.models.context.value_text import first_value
from wfepy_gui.models.context.value_types import CHOICES, CONTAINERS, ValueType, type_of_value
from wfepy_gui.views.context.value_editors import input_for

pytestmark = pytest.mark.usefixtures("qapp")


def type_over_with_the_same(editor):
    """What Qt tells while somebody types, of every part."""
    for line in editor.findChildren(QLineEdit):
        line.textEdited.emit(line.text())
    for box in editor.findChildren(QComboBox):
        box.currentTextChanged.emit(box.currentText())
    for moment in editor.findChildren(QDateTimeEdit):
        moment.dateTimeChanged.emit(moment.dateTime())


@pytest.mark.parametrize(("value", "kind"), SINGLE_VALUES, ids=repr)
def test_a_value_that_is_opened_for_typing_and_left_alone_stays_the_same(value, kind):
    encoded = encode(value)
    editor = input_for(encoded)

    assert type_of_value(encoded) is kind
    assert equal(editor.encoded(), encoded)
    type_over_with_the_same(editor)
    assert equal(editor.encoded(), encoded)
    editor.deleteLater()


def test_a_date_is_picked_and_its_zone_chosen():
    editor = input_for(encode(datetime(2026, 12, 1, 9, 30, 0, 250_111, tzinfo=ZoneInfo("Europe/Berlin"))))
    picker, zone = editor.findChild(QDateTimeEdit), editor.findChild(QComboBox)

    picker.setDate(QDate(2026, 12, 24))
    assert decode(editor.encoded()) == datetime(
        2026, 12, 24, 9, 30, 0, 250_111, tzinfo=ZoneInfo("Europe/Berlin")
    )
    zone.setCurrentText("+05:30")
    picker.setTime(QTime(1, 2, 3))
    moment = decode(editor.encoded())
    assert moment.isoformat() == "2026-12-24T01:02:03+05:30"
    zone.setCurrentText("Middle/Earth")
    assert "no time zone" in editor.problem()
    zone.setCurrentText("no zone")
    assert decode(editor.encoded()).tzinfo is None
    editor.deleteLater()


def test_an_hour_that_summer_time_skips_is_kept_as_typed():
    editor = input_for(encode(datetime(2026, 3, 28, 2, 30)))

    editor.findChild(QDateTimeEdit).setDateTime(
        QDateTime(QDate(2026, 3, 29), QTime(2, 30), editor.findChild(QDateTimeEdit).timeZone())
    )

    assert decode(editor.encoded()) == datetime(2026, 3, 29, 2, 30)
    editor.deleteLater()


def test_what_is_typed_wrongly_is_told_while_typing():
    editor = input_for(12)
    line = editor.findChild(QLineEdit)

    line.textEdited.emit(line.setText("twelve") or "twelve")

    assert "whole number" in editor.problem()
    editor.deleteLater()


@pytest.mark.parametrize("kind", sorted({*CHOICES} - {*CONTAINERS, ValueType.NOTHING}, key=CHOICES.index))
def test_every_single_value_that_can_be_chosen_can_be_typed(kind):
    made = input_for(first_value(kind), kind)

    assert made is not None
    made.deleteLater()
