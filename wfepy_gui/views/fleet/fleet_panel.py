"""The list of instances found in folders, with its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.model.status import InstanceStatus
from wfepy_gui.models.fleet_table import FleetColumn, FleetFilter, FleetModel
from wfepy_gui.models.rows_model import NAME_ROLE
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.filter_line import FilterLine
from wfepy_gui.views.widgets.labels import PlainLabel, by_font, for_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme
    from wfepy_gui.workers.fleet_scanner import FleetEntry, FleetScanner

AGES_MS = 10_000
_ROOM_FOR_AGE = 395
"""How wide it must be to show when files were saved, too, without leaving no room for where they stand."""


class FleetPanel(QWidget):
    """Follows a fleet scanner.

    Signals:
        open_wanted: Enter or a double click on an instance (its path).
        first_filled: the most urgent instance's path (empty: there is none), once per new folder.
    """

    open_wanted = Signal(str)
    first_filled = Signal(str)

    def __init__(
        self, scanner: FleetScanner, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._model = FleetModel(theme, clock, self)
        self._filter = FleetFilter(self)
        self._filter.setSourceModel(self._model)
        self._roots: tuple[str, ...] = ()
        self._table = QTableView(self)
        self._search = FilterLine(self._table, self)
        self._needs_me = QCheckBox(self.tr("Needs &me"), self)
        self._count = PlainLabel(parent=self)
        self._ages = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._search.setPlaceholderText(self.tr("Filter instances"))
        self._search.setAccessibleName(self.tr("Filter instances"))
        self._needs_me.setToolTip(
            self.tr("Failed, interrupted, dead end, unreadable, or waiting past its moment")
        )
        table = self._table
        table.setAccessibleName(self.tr("Instances"))
        table.setAccessibleDescription(self.tr("One row an instance; Enter opens it."))
        table.setModel(self._filter)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSortingEnabled(True)
        table.sortByColumn(FleetColumn.STATUS, Qt.SortOrder.AscendingOrder)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        words = (label_of(status) for status in InstanceStatus)
        table.setColumnWidth(FleetColumn.STATUS, for_texts(table, words, with_icon=True))
        table.setColumnWidth(FleetColumn.SAVED, by_font(table, 62))
        table.setColumnWidth(FleetColumn.NAME, by_font(table, 90))
        table.setColumnHidden(FleetColumn.FOLDER, True)
        table.horizontalHeader().setSectionResizeMode(FleetColumn.STANDS_AT, QHeaderView.ResizeMode.Stretch)
        self._placeholder = EmptyState(table, self._say_why_empty)
        self._count.setWordWrap(True)
        self.setFocusProxy(table)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        for widget in (self._search, self._needs_me, self._table, self._count):
            column.addWidget(widget)
        self._ages.setInterval(AGES_MS)
        self._ages.start()

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_filter_changed)
        self._needs_me.toggled.connect(self._on_needs_me_toggled)
        self._table.activated.connect(self._on_activated)
        self._scanner.scanned.connect(self._on_scanned)
        self._ages.timeout.connect(self._model.refresh_ages)

    @property
    def header(self) -> QHeaderView:
        """The column header, for saving and restoring its state."""
        return self._table.horizontalHeader()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the age of the files where all columns would be cut to a few letters."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < by_font(self, _ROOM_FOR_AGE)
        self._table.setColumnHidden(FleetColumn.SAVED, is_narrow)

    def mark(self, path: str) -> None:
        """Mark the instance that is open."""
        self._model.mark(path)
        row = self._model.row_of(path)
        index = self._filter.mapFromSource(self._model.index(row, 0)) if row >= 0 else QModelIndex()
        if not index.isValid():
            self._table.selectionModel().clear()
        elif index.row() != self._table.currentIndex().row():
            self._table.setCurrentIndex(index)

    def mark_timers(self, marks: Mapping[str, tuple[bool, str]], text_of: Callable[[str], str]) -> None:
        """Show which instances have a timer; see `FleetModel.mark_timers`."""
        self._model.mark_timers(marks, text_of)

    def _on_scanned(self, entries: list[FleetEntry]) -> None:
        self._model.update(entries)
        self._show_count()
        if self._roots != self._scanner.roots:
            self._roots = self._scanner.roots
            first = self._filter.index(0, FleetColumn.NAME)
            self.first_filled.emit(first.data(NAME_ROLE) if first.isValid() else "")

    def _on_filter_changed(self, text: str) -> None:
        self._filter.set_text(text)
        self._show_count()

    def _on_needs_me_toggled(self, wanted: bool) -> None:
        self._filter.set_needs_me(wanted)
        self._show_count()

    def _show_count(self) -> None:
        shown, total = self._filter.rowCount(), self._model.rowCount()
        self._placeholder.refresh()
        if shown == total:
            self._count.setText(self.tr("{} instances").format(total))
        else:
            self._count.setText(self.tr("{} of {} instances").format(shown, total))

    def _say_why_empty(self) -> str:
        if self._model.rowCount():
            return self.tr("No instance matches. Clear the filter to see all {}.").format(
                self._model.rowCount()
            )
        if not self._scanner.roots:
            return self.tr("Open a folder, or drop one here, to see all its instances.")
        places = ", ".join(self._scanner.roots)
        return self.tr("No state files (*.wfstate) in {}. New instance… makes one.").format(places)

    def _on_activated(self, index: QModelIndex) -> None:
        self.open_wanted.emit(index.data(NAME_ROLE))
