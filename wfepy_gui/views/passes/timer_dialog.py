"""Asks how often an instance is to be advanced, and until when."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QTimeZone, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.time_text import HOUR, MINUTE, SECOND
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.text.translation import QT_TR_NOOP, tr
from wfepy_gui.views.widgets.labels import PlainLabel, by_font, name_control
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

UNITS = ((SECOND, QT_TR_NOOP("seconds")), (MINUTE, QT_TR_NOOP("minutes")), (HOUR, QT_TR_NOOP("hours")))
FIRST = Plan(5 * MINUTE)
NOTE_WIDTH = 380


class TimerDialog(QDialog):
    """Show it with `open()`.

    Signals:
        chosen: the `Plan`.
    """

    chosen = Signal(Plan)

    def __init__(
        self, name: str, plan: Plan | None, style: TimeStyle = TimeStyle.LOCAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setWindowTitle(self.tr("Advance on a timer"))
        self._number = QSpinBox(self)
        self._unit = QComboBox(self)
        self._ends = QCheckBox(self.tr("&Until"), self)
        self._until = QDateTimeEdit(self)
        if style is TimeStyle.UTC:
            self._until.setTimeZone(QTimeZone.utc())
        self._build(name)
        self._fill(plan or FIRST)

    def _build(self, name: str) -> None:
        self._number.setRange(1, 9999)
        counted = self.tr("From the end of a pass to the start of the next.")
        name_control(self._number, self.tr("Pause between two passes"), counted)
        self._unit.addItems([tr(word) for _, word in UNITS])
        name_control(self._unit, self.tr("Unit of the pause"), counted)
        self._until.setCalendarPopup(True)
        self._until.setDisplayFormat("yyyy-MM-dd HH:mm t")
        name_control(self._until, self.tr("No pass begins after"), self.tr("Counts while Until is ticked."))
        self._ends.toggled.connect(self._until.setEnabled)
        pause, end = QHBoxLayout(), QHBoxLayout()
        pause.addWidget(self._number)
        pause.addWidget(self._unit, 1)
        end.addWidget(self._ends)
        end.addWidget(self._until, 1)
        form = QFormLayout()
        every = PlainLabel(self.tr("&Every"), self)
        every.setBuddy(self._number)
        form.addRow(every, pause)
        form.addRow(end)
        note = PlainLabel(
            self.tr(
                "A pass is skipped while another one runs, the instance is locked, or changes wait to be "
                "applied. After failures the pause doubles, up to an hour. The timer goes on while you look "
                "at other instances, until the window closes; it is remembered, and never starts by itself."
            ),
            self,
        )
        note.setWordWrap(True)
        note.setMinimumWidth(by_font(self, NOTE_WIDTH))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        without_pictures(buttons)
        start = buttons.addButton(self.tr("&Start timer"), QDialogButtonBox.ButtonRole.AcceptRole)
        start.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel(self.tr("Advance {} again and again").format(name), self))
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def _fill(self, plan: Plan) -> None:
        place = max(place for place, (unit, _) in enumerate(UNITS) if not plan.every % unit or not place)
        self._unit.setCurrentIndex(place)
        self._number.setValue(max(1, plan.every // UNITS[place][0]))
        self._ends.setChecked(bool(plan.until))
        self._until.setEnabled(bool(plan.until))
        moment = QDateTime.fromMSecsSinceEpoch(plan.until // 1000) if plan.until else None
        self._until.setDateTime(moment or QDateTime.currentDateTime().addSecs(12 * 3600))

    def _on_accepted(self) -> None:
        until = self._until.dateTime().toMSecsSinceEpoch() * 1000 if self._ends.isChecked() else 0
        self.chosen.emit(Plan(self._number.value() * UNITS[self._unit.currentIndex()][0], until))
        self.accept()
