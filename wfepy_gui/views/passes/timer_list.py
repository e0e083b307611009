"""The list of all timers: what they count, and the way to pause, remove or open each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.automation.timers import Phase
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.views.widgets.labels import PlainLabel
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from wfepy_gui.automation.timers import TimerRow, Timers

_INSTANCE, _FOLDER, _OFTEN = range(3)


class TimerList(QDialog):
    """Follows the timers while it is open. Show it with `open()`.

    Signals:
        open_wanted: the state file that should be shown.
    """

    open_wanted = Signal(str)

    def __init__(self, timers: Timers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timers = timers
        self._rows: tuple[TimerRow, ...] = ()
        self._note = PlainLabel(parent=self)
        self._table = QTableWidget(0, 4, self)
        self._pause = QPushButton(self)
        self._remove = QPushButton(self)
        self._open = QPushButton(self)
        self._build()
        self._table.itemSelectionChanged.connect(self._update_buttons)
        self._table.itemActivated.connect(self._open_current)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._open.clicked.connect(self._open_current)
        timers.changed.connect(self._fill)
        self._fill()

    def _build(self) -> None:
        make_one_shot(self)
        self.setWindowTitle(self.tr("Timers"))
        self.resize(820, 360)
        table = self._table
        headings = self.tr("Instance"), self.tr("Folder"), self.tr("Timer"), self.tr("State")
        table.setHorizontalHeaderLabels(headings)
        table.setAccessibleName(self.tr("Timers"))
        table.setAccessibleDescription(self.tr("One row an instance; Enter opens it."))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        for column in (_INSTANCE, _FOLDER, _OFTEN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._note.setWordWrap(True)
        self._remove.setText(self.tr("Remo&ve"))
        self._open.setText(self.tr("&Open instance"))
        self._remove.setAccessibleDescription(self.tr("Advance this instance by hand only"))
        self._open.setAccessibleDescription(self.tr("Show the chosen instance in the window"))
        self._pause.setAccessibleDescription(self.tr("Let the chosen timer stand still, or count again"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        without_pictures(buttons)
        for button in (self._pause, self._remove, self._open):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        for widget in (self._note, table, buttons):
            column_box.addWidget(widget)

    def _fill(self) -> None:
        """Only texts that differ are written: who reads a row is not thrown off it."""
        self._rows = rows = self._timers.rows
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            path = Path(row.path)
            for column, text in enumerate((path.name, path.parent.name, row.often, row.state)):
                item = self._table.item(place, column)
                if item is None:
                    item = QTableWidgetItem()
                    self._table.setItem(place, column, item)
                if item.text() != text:
                    item.setText(text)
                    item.setToolTip(plain_tip(row.path if column in (_INSTANCE, _FOLDER) else text))
        if rows and not self._table.selectedItems():
            self._table.selectRow(0)
        none = self.tr("No instance has a timer. Open one, and give it a timer: Instance, On a timer.")
        some = self.tr(
            "Timers go on while you look at other instances, until the window closes. They are remembered, "
            "and never start by themselves."
        )
        self._note.setText(some if rows else none)
        self._update_buttons()

    def _update_buttons(self) -> None:
        row = self._current_timer()
        for button in (self._pause, self._remove, self._open):
            button.setEnabled(row is not None)
        is_paused = row is not None and row.phase is Phase.PAUSED
        self._pause.setText(self.tr("&Resume") if is_paused else self.tr("&Pause"))

    def _current_timer(self) -> TimerRow | None:
        place = self._table.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _on_pause_clicked(self) -> None:
        row = self._current_timer()
        if row is not None:
            act = self._timers.resume if row.phase is Phase.PAUSED else self._timers.pause
            act(row.path)

    def _on_remove_clicked(self) -> None:
        row = self._current_timer()
        if row is not None:
            self._timers.remove(row.path)

    def _open_current(self) -> None:
        row = self._current_timer()
        if row is not None:
            self.accept()
            self.open_wanted.emit(row.path)
