"""Many instances as rows."""

from __future__ import annotations

import enum
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont

from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.storage.file_names import SANDBOX_SUFFIX, is_sandbox
from wfepy_gui.models.roles import NAME_ROLE, SORT_ROLE, STATUS_ROLE
from wfepy_gui.text.time_format import brief_age, now
from wfepy_gui.text.translation import description, label_of, tr
from wfepy_gui.theme.status_icons import StatusIcons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme
    from wfepy_gui.workers.fleet_scanner import FleetEntry

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)

ICON_OF = {
    InstanceStatus.FAILED: TaskStatus.FAILED,
    InstanceStatus.INTERRUPTED: TaskStatus.INTERRUPTED,
    InstanceStatus.DEAD_END: TaskStatus.BLOCKED,
    InstanceStatus.RUNNING: TaskStatus.RUNNING,
    InstanceStatus.WAITING: TaskStatus.WAITING,
    InstanceStatus.NEW: TaskStatus.READY,
    InstanceStatus.FINISHED: TaskStatus.COMPLETE,
}
"""The icon of an instance is that of the task status which comes closest."""


class Column(enum.IntEnum):
    """The columns, left to right."""

    NAME = 0
    STATUS = 1
    SAVED = 2
    FOLDER = 3


_HEADINGS = {
    Column.NAME: "Instance",
    Column.STATUS: "Status",
    Column.SAVED: "Age",
    Column.FOLDER: "Folder",
}


class FleetModel(QAbstractTableModel):
    """Projection of what a fleet scanner found; rows are in path order."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._icons = StatusIcons(theme)
        self._entries: list[FleetEntry] = []
        self._open = ""
        self._timers: Mapping[str, tuple[bool, str]] = {}
        self._timer_told: Callable[[str], str] = str
        theme.changed.connect(self._repaint)
        clock.changed.connect(self.refresh_ages)

    # -- intents ------------------------------------------------------------------------------------------

    def update(self, entries: list[FleetEntry]) -> None:
        """Show what a scan found; rows that stay keep their place."""
        if not self._entries or not entries:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()
            return
        self._remove_missing({entry.path for entry in entries})
        paths = [entry.path for entry in self._entries]
        for entry in entries:
            row = bisect_left(paths, entry.path)
            if row == len(paths) or paths[row] != entry.path:
                self.beginInsertRows(QModelIndex(), row, row)
                paths.insert(row, entry.path)
                self._entries.insert(row, entry)
                self.endInsertRows()
            elif self._entries[row] != entry:
                self._entries[row] = entry
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def mark(self, path: str) -> None:
        """Print the instance that is open in bold; an empty path: none."""
        rows = self.row_of(self._open), self.row_of(path)
        self._open = path
        for row in rows:
            if row >= 0:
                cell = self.index(row, Column.NAME)
                self.dataChanged.emit(cell, cell, [Qt.ItemDataRole.FontRole])

    def mark_timers(self, marks: Mapping[str, tuple[bool, str]], told: Callable[[str], str]) -> None:
        """Show which instances have a timer.

        Args:
            marks: whether it counts, shown as a sign before the name, and that in words; by state file.
            told: all there is to say of the timer of a state file now, for the tool tip.
        """
        before, self._timers, self._timer_told = self._timers, dict(marks), told
        roles = [Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole]
        for path in before.keys() | marks.keys():
            row = self.row_of(path) if before.get(path) != marks.get(path) else -1
            if row >= 0:
                cell = self.index(row, Column.NAME)
                self.dataChanged.emit(cell, cell, roles)

    def words(self, entry: FleetEntry, column: Column) -> str:
        """What a cell shows, signs in words: for who cannot see it, and for the filter."""
        shown = _text(entry, column)
        if self._is_marked(entry, column):
            return tr("{} · {}").format(shown, self._timers[entry.path][1])
        return shown

    def _is_marked(self, entry: FleetEntry, column: Column) -> bool:
        return column is Column.NAME and entry.path in self._timers

    def refresh_ages(self) -> None:
        """Time went by."""
        if self._entries:
            corner = self.index(len(self._entries) - 1, Column.SAVED)
            self.dataChanged.emit(self.index(0, Column.SAVED), corner, [_DISPLAY])

    def entry_at(self, row: int) -> FleetEntry:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, path: str) -> int:
        """The row of a state file; -1: there is none."""
        return next((row for row, entry in enumerate(self._entries) if entry.path == path), -1)

    def _remove_missing(self, kept: set[str]) -> None:
        for row in reversed(range(len(self._entries))):
            if self._entries[row].path not in kept:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()

    # -- Qt -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One row a state file."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Captions."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(Column):
            return self.tr(_HEADINGS[Column(section)])
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], Column(index.column())
        if role == NAME_ROLE:
            return entry.path
        if role == STATUS_ROLE:
            return entry.status
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(entry, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(entry, column)
        if role == SORT_ROLE:
            return _sort_value(entry, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry, column)
        return self._look(entry, column, role)

    def _tip(self, entry: FleetEntry, column: Column) -> str:
        told = self._timer_told(entry.path) if self._is_marked(entry, column) else ""
        return "\n".join(filter(None, (_tip(entry, column, self._clock), told)))

    def _look(self, entry: FleetEntry, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATUS:
            status = ICON_OF[entry.status] if entry.status else TaskStatus.FAILED
            return self._icons.icon(status)
        if role == Qt.ItemDataRole.DecorationRole and self._is_marked(entry, column):
            return self._icons.timer(counts=self._timers[entry.path][0])
        if role == Qt.ItemDataRole.FontRole and column is Column.NAME and entry.path == self._open:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def _repaint(self) -> None:
        if self._entries:
            corner = self.index(len(self._entries) - 1, Column.STATUS)
            self.dataChanged.emit(self.index(0, Column.NAME), corner, [Qt.ItemDataRole.DecorationRole])


class FleetFilter(QSortFilterProxyModel):
    """Sorts by the sort role; keeps instances with a text, and on demand those that need a person."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text, self._needs_me = "", False
        self.setSortRole(SORT_ROLE)

    def set_text(self, text: str) -> None:
        """Keep only instances whose name, status or folder contains this."""
        self.beginFilterChange()
        self._text = text.casefold().strip()
        self.endFilterChange()

    def set_needs_me(self, wanted: bool) -> None:
        """Keep only instances that need a person."""
        self.beginFilterChange()
        self._needs_me = wanted
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Whether a row passes both filters."""
        model = self.sourceModel()
        if not isinstance(model, FleetModel):
            return True
        entry = model.entry_at(row)
        if self._needs_me and not entry.needs_me(now()):
            return False
        return not self._text or any(self._text in model.words(entry, column).casefold() for column in Column)


def _text(entry: FleetEntry, column: Column) -> str:
    if column is Column.NAME:
        return _name(entry.path)
    if column is Column.STATUS:
        return label_of(entry.status) if entry.status else tr("unreadable")
    if column is Column.SAVED:
        return brief_age(entry.saved_at, now())
    return str(Path(entry.path).parent)


def _name(path: str) -> str:
    if is_sandbox(path):
        return tr("{} (sandbox)").format(Path(path).name.removesuffix(SANDBOX_SUFFIX))
    return Path(path).stem


def _sort_value(entry: FleetEntry, column: Column) -> Any:
    if column is Column.STATUS:
        return entry.status.priority if entry.status else -1
    if column is Column.SAVED:
        return entry.saved_at
    return _text(entry, column).casefold()


def _tip(entry: FleetEntry, column: Column, clock: Clock) -> str:
    if column is Column.STATUS:
        return entry.problem or (description(entry.status) if entry.status else "")
    if column is Column.SAVED:
        saved = tr("{} by {}").format(clock.full_text(entry.saved_at, now()), entry.saved_by)
        return saved if entry.saved_at else ""
    return entry.path
