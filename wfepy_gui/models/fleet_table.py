"""Many instances as rows."""

from __future__ import annotations

import enum
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont

from wfepy_core.explain.stands_at import stands_at
from wfepy_core.storage.file_names import SANDBOX_SUFFIX, is_sandbox
from wfepy_gui.models.rows_model import NAME_ROLE, SORT_ROLE, STATUS_ROLE, Heading, RowsModel
from wfepy_gui.text.time_format import brief_age, now
from wfepy_gui.text.translation import QT_TR_NOOP, description, label_of, tr
from wfepy_gui.theme.status_icons import StatusIcons, icon_status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

    from wfepy_core.model.summary import Summary
    from wfepy_gui.models.rows_model import Index
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme
    from wfepy_gui.workers.fleet_scanner import FleetEntry


class FleetColumn(enum.IntEnum):
    """The columns, left to right."""

    NAME = 0
    STATUS = 1
    STANDS_AT = 2
    SAVED = 3
    FOLDER = 4


_HEADINGS: Final[dict[int, Heading]] = {
    FleetColumn.NAME: Heading(QT_TR_NOOP("Instance")),
    FleetColumn.STATUS: Heading(QT_TR_NOOP("Status")),
    FleetColumn.STANDS_AT: Heading(
        QT_TR_NOOP("Stands at"), QT_TR_NOOP("Which tasks matter, since when and why; most urgent first")
    ),
    FleetColumn.SAVED: Heading(QT_TR_NOOP("Age")),
    FleetColumn.FOLDER: Heading(QT_TR_NOOP("Folder")),
}

_CHANGING: Final = [
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    SORT_ROLE,
    STATUS_ROLE,
]
"""The roles that another scan can change."""
_LAST = "\uffff"


class FleetModel(RowsModel["FleetEntry"]):
    """Projection of what a fleet scanner found; rows are in path order."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)
        self._clock = clock
        self._icons = StatusIcons(theme)
        self._open = ""
        self._timers: Mapping[str, tuple[bool, str]] = {}
        self._timer_text: Callable[[str], str] = str
        theme.changed.connect(self._on_theme_changed)
        clock.changed.connect(self.refresh_ages)

    # -- intents ------------------------------------------------------------------------------------------

    def update(self, entries: list[FleetEntry]) -> None:
        """Show what a scan found; rows that stay keep their place."""
        if not self._rows or not entries:
            self._reset(entries)
            return
        self._remove_missing({entry.path for entry in entries})
        paths = [entry.path for entry in self._rows]
        for entry in entries:
            row = bisect_left(paths, entry.path)
            if row == len(paths) or paths[row] != entry.path:
                paths.insert(row, entry.path)
                self._insert(row, [entry])
            elif self._rows[row] != entry:
                self._replace_row(row, entry)

    def _replace_row(self, row: int, entry: FleetEntry) -> None:
        """Show another entry of the same file; an idle pass changes its lock, which no column shows."""
        before, self._rows[row] = self._rows[row], entry
        changed = [column for column in FleetColumn if _facts(before, column) != _facts(entry, column)]
        if changed:
            self.dataChanged.emit(self.index(row, changed[0]), self.index(row, changed[-1]), _CHANGING)

    def mark(self, path: str) -> None:
        """Print the instance that is open in bold; an empty path: none."""
        rows = self.row_of(self._open), self.row_of(path)
        self._open = path
        for row in rows:
            if row >= 0:
                self._announce_cell(row, FleetColumn.NAME, [Qt.ItemDataRole.FontRole])

    def mark_timers(self, marks: Mapping[str, tuple[bool, str]], text_of: Callable[[str], str]) -> None:
        """Show which instances have a timer.

        Args:
            marks: whether it counts, shown as a sign before the name, and that in words; by state file.
            text_of: all there is to say of the timer of a state file now, for the tool tip.
        """
        before, self._timers, self._timer_text = self._timers, dict(marks), text_of
        roles = [Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole]
        for path in before.keys() | marks.keys():
            row = self.row_of(path) if before.get(path) != marks.get(path) else -1
            if row >= 0:
                self._announce_cell(row, FleetColumn.NAME, roles)

    def words(self, entry: FleetEntry, column: FleetColumn) -> str:
        """What a cell shows, signs in words: for who cannot see it, and for the filter."""
        shown = _text(entry, column)
        if self._is_marked(entry, column):
            return tr("{} · {}").format(shown, self._timers[entry.path][1])
        return shown

    def _is_marked(self, entry: FleetEntry, column: FleetColumn) -> bool:
        return column is FleetColumn.NAME and entry.path in self._timers

    def refresh_ages(self) -> None:
        """Show how long ago files were saved by now, and for how long tasks have stood there."""
        self._announce_columns(FleetColumn.STANDS_AT, FleetColumn.SAVED, Qt.ItemDataRole.DisplayRole)

    def entry_at(self, row: int) -> FleetEntry:
        """The entry of a row."""
        return self._rows[row]

    def row_of(self, path: str) -> int:
        """The row of a state file; -1: there is none."""
        return next((row for row, entry in enumerate(self._rows) if entry.path == path), -1)

    def _remove_missing(self, present: set[str]) -> None:
        for row in reversed(range(len(self._rows))):
            if self._rows[row].path not in present:
                self._remove(row, row + 1)

    # -- cells --------------------------------------------------------------------------------------------

    def _cell(self, row: FleetEntry, column: int, role: int) -> Any:
        entry, column = row, FleetColumn(column)
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
        return self._decoration(entry, column, role)

    def _tip(self, entry: FleetEntry, column: FleetColumn) -> str:
        timer = self._timer_text(entry.path) if self._is_marked(entry, column) else ""
        return "\n".join(filter(None, (_tip(entry, column, self._clock), timer)))

    def _decoration(self, entry: FleetEntry, column: FleetColumn, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column is FleetColumn.STATUS:
            return self._icons.icon(icon_status_of(entry.status))
        if role == Qt.ItemDataRole.DecorationRole and self._is_marked(entry, column):
            return self._icons.timer(counts=self._timers[entry.path][0])
        if role == Qt.ItemDataRole.FontRole and column is FleetColumn.NAME and entry.path == self._open:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def _on_theme_changed(self) -> None:
        self._announce_columns(FleetColumn.NAME, FleetColumn.STATUS, Qt.ItemDataRole.DecorationRole)


class FleetFilter(QSortFilterProxyModel):
    """Sorts by the sort role; keeps instances with a text, and on demand those that need a person."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._needs_me = False
        self.setSortRole(SORT_ROLE)

    def set_text(self, text: str) -> None:
        """Keep only instances whose name, status, tasks, age or folder contains this."""
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
        return not self._text or any(
            self._text in model.words(entry, column).casefold() for column in FleetColumn
        )


def _text(entry: FleetEntry, column: FleetColumn) -> str:
    if column is FleetColumn.NAME:
        return _name(entry.path)
    if column is FleetColumn.STATUS:
        return label_of(entry.status) if entry.status else tr("unreadable")
    if column is FleetColumn.STANDS_AT:
        return _line(entry.summary, now()) if entry.summary else ""
    if column is FleetColumn.SAVED:
        return brief_age(entry.saved_at, now())
    return str(Path(entry.path).parent)


def _name(path: str) -> str:
    if is_sandbox(path):
        return tr("{} (sandbox)").format(Path(path).name.removesuffix(SANDBOX_SUFFIX))
    return Path(path).stem


def _sort_value(entry: FleetEntry, column: FleetColumn) -> Any:
    if column is FleetColumn.STATUS:
        return entry.status.priority if entry.status else -1
    if column is FleetColumn.STANDS_AT:
        return _place(entry.summary)
    if column is FleetColumn.SAVED:
        return entry.saved_at
    return _text(entry, column).casefold()


def _facts(entry: FleetEntry, column: FleetColumn) -> object:
    """What a column, or the filter, makes of an entry besides its path, which stays."""
    if column is FleetColumn.STATUS:
        return entry.status, entry.problem, entry.until
    if column is FleetColumn.STANDS_AT:
        return entry.summary
    return (entry.saved_at, entry.saved_by) if column is FleetColumn.SAVED else None


def _line(summary: Summary, current: int) -> str:
    return " ".join(stands_at(summary, current, tr).split())


def _place(summary: Summary | None) -> str:
    """Sorts those together that stand at the same task, the oldest first; who stands nowhere comes last."""
    if summary is None or not summary.at:
        return _LAST
    first = summary.at[0]
    return f"{first.task.casefold()}\t{first.status.priority:04}\t{first.since:020}"


def _places_in_full(summary: Summary, clock: Clock) -> str:
    current = now()
    lines = []
    for one in summary.at:
        lines.append(_line(summary._replace(at=(one,), more=0), current))
        if one.since:
            lines.append(tr("    since {}").format(clock.full_text(one.since, current)))
        if one.until:
            lines.append(tr("    until {}").format(clock.stamp(one.until)))
    if summary.more:
        lines.append(_line(summary._replace(at=()), current))
    return "\n".join(lines)


def _tip(entry: FleetEntry, column: FleetColumn, clock: Clock) -> str:
    if column is FleetColumn.STATUS:
        # With the age of the file: a narrow list has no column for it.
        words = entry.problem or (description(entry.status) if entry.status else "")
        return "\n".join(filter(None, (words, _saved(entry, clock, tr("Saved {} by {}")))))
    if column is FleetColumn.STANDS_AT:
        return _places_in_full(entry.summary, clock) if entry.summary else ""
    return _saved(entry, clock, tr("{} by {}")) if column is FleetColumn.SAVED else entry.path


def _saved(entry: FleetEntry, clock: Clock, words: str) -> str:
    at = entry.saved_at
    return words.format(clock.full_text(at, now()), entry.saved_by) if at else ""
