"""An input for each kind of value. Each holds a value in JSON form, and says why what it holds is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QTimeEdit,
    QWidget,
)

from wfepy_core.storage.codec import decode, encode
from wfepy_gui.models.context.value_text import text_of, value_from_text
from wfepy_gui.models.context.value_types import ValueType, type_of_value
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr
from wfepy_gui.views.widgets.labels import name_control

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from wfepy_core.model.json_values import JsonValue

WIDEST: Final = 160
"""Characters of text edited in a cell; longer text, and lines, go into the pane below."""
_DATE, _TIME = "yyyy-MM-dd", "HH:mm:ss.zzz"
_FIRST_YEAR = 100
"""Qt's calendar begins there; earlier dates are typed."""
_NO_ZONE = QT_TR_NOOP("no zone")
_ZONES: Final = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Prague",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)


class ValueInput(QWidget):
    """One value being typed.

    Args:
        parts: the inputs, left to right; the first one takes the keyboard.
        read: what they hold, in JSON form; raises ValueError when it is no value.
        original: the value they were filled with.

    Signals:
        edited: the operator changed something.
    """

    edited = Signal()

    def __init__(self, parts: tuple[QWidget, ...], read: Callable[[], Any], original: Any) -> None:
        super().__init__()
        self._read = read
        self._original = original
        self._is_touched = False
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in parts:
            row.addWidget(part, 1)
            if isinstance(part, (QComboBox, QLineEdit, QAbstractSpinBox)):
                name_control(part, part.accessibleName(), tr("The value as it will be saved."))
            _when_edited(part, self._touch)
        self.setFocusProxy(parts[0])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def encoded(self) -> Any:
        """The value in JSON form; that it was filled with, to the last digit, when nothing was touched.

        Raises:
            ValueError: what was typed is no value; says what is wanted.
        """
        return self._read() if self._is_touched else self._original

    def problem(self) -> str:
        """Why what was typed is no value; empty when it is one."""
        try:
            self.encoded()
        except ValueError as error:
            return str(error)
        return ""

    def _touch(self) -> None:
        self._is_touched = True
        self.setToolTip(plain_tip(self.problem()))
        self.edited.emit()


def input_for(encoded: JsonValue, kind: ValueType | None = None) -> ValueInput | None:
    """An input filled with a value; None for kinds that have none (containers, nothing, opaque values)."""
    kind = kind or type_of_value(encoded)
    make = _MAKERS.get(kind)
    if make is not None:
        return make(encoded)
    return _line_input(encoded, kind) if kind in _EDITED_AS_LINE else None


_EDITED_AS_LINE = frozenset(
    (
        ValueType.TEXT,
        ValueType.WHOLE,
        ValueType.NUMBER,
        ValueType.DURATION,
        ValueType.DECIMAL,
        ValueType.UUID,
        ValueType.PATH,
        ValueType.BYTES,
    )
)


def _line_input(encoded: JsonValue, kind: ValueType) -> ValueInput:
    line = QLineEdit(text_of(encoded))
    line.setAccessibleName(label_of(kind))
    line.setPlaceholderText(_EXAMPLES.get(kind, ""))
    line.end(False)
    line.home(True)  # all is selected, and the beginning is in view
    return ValueInput((line,), lambda: value_from_text(kind, line.text()), encoded)


_EXAMPLES = {ValueType.DURATION: "3 days 4:05:06", ValueType.BYTES: "de ad be ef", ValueType.DECIMAL: "12.50"}


def _path_input(encoded: JsonValue) -> ValueInput:
    """A path keeps its class (of another system, or one that touches no files)."""
    payload = encoded["$path"]
    if not isinstance(payload, list):
        return _line_input(encoded, ValueType.PATH)
    line = QLineEdit(text_of(encoded))
    line.setAccessibleName(label_of(ValueType.PATH))
    return ValueInput((line,), lambda: {"$path": [payload[0], line.text()]}, encoded)


def _truth_input(encoded: JsonValue) -> ValueInput:
    box = QComboBox()
    box.setAccessibleName(label_of(ValueType.TRUTH))
    box.addItems(["False", "True"])
    box.setCurrentIndex(int(bool(encoded)))
    return ValueInput((box,), lambda: box.currentIndex() == 1, encoded)


def _date_input(encoded: JsonValue) -> ValueInput:
    value: date = decode(encoded)
    if value.year < _FIRST_YEAR:
        return _line_input(encoded, ValueType.DATE)
    edit = QDateEdit(QDate(value.year, value.month, value.day))
    _prepare(edit, _DATE, ValueType.DATE)
    edit.setCalendarPopup(True)
    return ValueInput((edit,), lambda: encode(_date_of(edit.date())), encoded)


def _time_input(encoded: JsonValue) -> ValueInput:
    value: time = decode(encoded)
    edit = QTimeEdit(_qt_time(value))
    _prepare(edit, _TIME, ValueType.TIME)
    zone = _zone_box(value.tzinfo)
    first = zone.currentText()

    def read() -> Any:
        shown = edit.time()
        where = value.tzinfo if zone.currentText() == first else _zone_of(zone.currentText())
        return encode(_time_of(shown, value).replace(tzinfo=where))

    return ValueInput((edit, zone), read, encoded)


def _datetime_input(encoded: JsonValue) -> ValueInput:
    value: datetime = decode(encoded)
    if value.year < _FIRST_YEAR:
        return _line_input(encoded, ValueType.DATETIME)
    utc = QTimeZone(QTimeZone.Initialization.UTC)  # no hour is skipped there, whatever zone is meant
    edit = QDateTimeEdit(QDateTime(QDate(value.year, value.month, value.day), _qt_time(value.time()), utc))
    edit.setTimeZone(utc)
    _prepare(edit, f"{_DATE} {_TIME}", ValueType.DATETIME)
    edit.setCalendarPopup(True)
    zone = _zone_box(value.tzinfo)
    first = zone.currentText()

    def read() -> Any:
        shown = edit.dateTime()
        where = value.tzinfo if zone.currentText() == first else _zone_of(zone.currentText())
        clock = _time_of(shown.time(), value.time())
        return encode(datetime.combine(_date_of(shown.date()), clock, tzinfo=where))

    return ValueInput((edit, zone), read, encoded)


_MAKERS: Final[dict[ValueType, Callable[[Any], ValueInput]]] = {
    ValueType.PATH: _path_input,
    ValueType.TRUTH: _truth_input,
    ValueType.DATE: _date_input,
    ValueType.TIME: _time_input,
    ValueType.DATETIME: _datetime_input,
}


# -- parts --------------------------------------------------------------------------------------------------


def _when_edited(part: QWidget, react: Callable[[], None]) -> None:
    if isinstance(part, QLineEdit):
        part.textEdited.connect(partial(_ignoring, react))
    elif isinstance(part, QComboBox):
        part.currentTextChanged.connect(partial(_ignoring, react))
    elif isinstance(part, QDateTimeEdit):
        part.dateTimeChanged.connect(partial(_ignoring, react))


def _ignoring(react: Callable[[], None], _value: object) -> None:
    react()


def _prepare(edit: QDateTimeEdit, form: str, kind: ValueType) -> None:
    edit.setMinimumDate(QDate(_FIRST_YEAR, 1, 1))
    edit.setDisplayFormat(form)
    edit.setAccessibleName(label_of(kind))


def _zone_box(zone: tzinfo | None) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setAccessibleName(tr("Time zone"))
    box.setToolTip(tr("A name of the tz database, UTC, an offset like +01:00, or no zone"))
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    text = _zone_text(zone)
    zones = (tr(_NO_ZONE), *_ZONES)
    box.addItems([*([] if text in zones else [text]), *zones])
    box.setCurrentText(text)
    return box


def _zone_text(zone: tzinfo | None) -> str:
    if zone is None:
        return tr(_NO_ZONE)
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    offset = zone.utcoffset(None)
    if not offset:
        return "UTC"
    sign, size = ("-", -offset) if offset < timedelta(0) else ("+", offset)
    return f"{sign}{size.seconds // 3600:02}:{size.seconds // 60 % 60:02}"


def _zone_of(text: str) -> tzinfo | None:
    """The zone that a text names; ValueError for one nobody knows."""
    name = text.strip()
    if name in ("", tr(_NO_ZONE)):
        return None
    if name.upper() in ("UTC", "Z"):
        return UTC
    if name[0] in "+-":
        try:
            return timezone(datetime.strptime(name, "%z").utcoffset() or timedelta(0))
        except ValueError as error:
            raise ValueError(tr("{!r} is no offset: write it like +01:00").format(name)) from error
    from zoneinfo import ZoneInfo  # noqa: PLC0415  reads the tz database

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(
            tr("{!r} is no time zone: write it like Europe/Berlin or +01:00").format(name)
        ) from error


def _qt_time(value: time) -> QTime:
    return QTime(value.hour, value.minute, value.second, value.microsecond // 1000)


def _date_of(shown: QDate) -> date:
    return date(shown.year(), shown.month(), shown.day())


def _time_of(shown: QTime, value: time) -> time:
    """What is shown; finer digits, which are not shown, stay as they were as long as the rest does."""
    if shown == _qt_time(value):
        return value.replace(tzinfo=None)
    return time(shown.hour(), shown.minute(), shown.second(), shown.msec() * 1000, fold=value.fold)
