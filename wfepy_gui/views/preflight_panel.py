"""What an advance would do now; and what it would do with other context values, tried on a copy."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.preflight_rows import Tried, assignment_of, preflight_rows, values_to_try
from wfepy_gui.views.row_tree import RowTree, text_flags
from wfepy_gui.wording import said
from wfepy_gui.workers.background import Background

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QClipboard

    from wfepy_core.snapshot import Snapshot
    from wfepy_gui.checking import Checked, Checking
    from wfepy_gui.masking import Masking
    from wfepy_gui.session import Session
    from wfepy_gui.theme import Theme

_KEY, _NOW, _TRY = range(3)


class PreflightPanel(QWidget):
    """Asks `Checking` and shows its answers. Saves nothing.

    Signals:
        task_activated: the operator wants to see a task named in the answer.
    """

    task_activated = Signal(str)

    def __init__(
        self,
        session: Session,
        checking: Checking,
        theme: Theme,
        clipboard: QClipboard,
        pool: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._checking, self._clipboard = session, checking, clipboard
        self._keys = Background(pool, self)
        self._checked: Checked | None = None
        self._path = ""
        self._tree = RowTree(theme, self.tr("What an advance would do"), self)
        self._tree.setAccessibleDescription(self.tr("Tasks that would be called, and transitions."))
        self._values = QTableWidget(0, 3, self)
        self._check, self._cancel = QPushButton(self.tr("Chec&k"), self), QPushButton(self.tr("&Stop"), self)
        self._add, self._clear = QPushButton(self.tr("Add &key"), self), QPushButton(self.tr("C&lear"), self)
        self._copy = QPushButton(self.tr("Cop&y"), self)
        self._command, self._stamp = QLineEdit(self), QLabel(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._cancel.hide()
        self._command.setReadOnly(True)
        self._command.setAccessibleName(self.tr("The same as a command"))
        self._command.setPlaceholderText(self.tr("The same as a command"))
        self._copy.setToolTip(self.tr("Copy the command"))
        self._stamp.setAccessibleName(self.tr("What the answer is true for"))
        self._stamp.setTextInteractionFlags(text_flags())
        self._stamp.setTextFormat(Qt.TextFormat.PlainText)
        self._stamp.setWordWrap(True)
        self._build_values()
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._tree)
        split.addWidget(self._trying())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        row = QHBoxLayout()
        for widget in (self._check, self._cancel, self._command, self._copy):
            row.addWidget(widget, 1 if widget is self._command else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(split, 1)
        column.addWidget(self._stamp)
        self.setFocusProxy(self._tree)

    def _build_values(self) -> None:
        table = self._values
        table.setAccessibleName(self.tr("Context values to try"))
        table.setAccessibleDescription(self.tr("Tried on a copy; nothing is saved."))
        table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("Now"), self.tr("Try (JSON or text)")])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.setTabKeyNavigation(False)

    def _trying(self) -> QWidget:
        side = QWidget(self)
        buttons = QHBoxLayout()
        caption = QLabel(self.tr("What if? On a copy; nothing is saved."), side)
        buttons.addWidget(caption, 1)
        buttons.addWidget(self._add)
        buttons.addWidget(self._clear)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(buttons)
        column.addWidget(self._values, 1)
        return side

    def _connect(self) -> None:
        self._tree.task_activated.connect(self.task_activated)
        self._check.clicked.connect(self.check)
        self._cancel.clicked.connect(self._checking.cancel)
        self._add.clicked.connect(self._add_key)
        self._clear.clicked.connect(self._forget_values)
        self._copy.clicked.connect(self._copy_command)
        self._values.itemChanged.connect(self._show_command)
        self._keys.answered.connect(self._offer)
        self._checking.answered.connect(self._take)
        self._checking.busy_changed.connect(self._show_busy)
        self._session.instance_changed.connect(self._start_anew)
        self._session.context_changed.connect(self._look_for_keys)
        self._session.editing.changed.connect(self._look_for_keys)
        self._session.summary_changed.connect(self._show_stamp)
        self._start_anew()

    # -- intents ------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Ask what an advance would do, with the values that are tried."""
        self._checking.ask(self.assignments())

    def try_value(self, key: str, typed: str) -> None:
        """Put a value into the table of those to try, in a new row where there is none for this key."""
        row = next((row for row in range(self._values.rowCount()) if self._text(row, _KEY) == key), -1)
        if row < 0:
            row = self._append(Tried(key, said("(not there)")))
        self._cell(row, _TRY).setText(typed)

    def assignments(self) -> tuple[str, ...]:
        """The values to try as KEY=VALUE."""
        rows = range(self._values.rowCount())
        return tuple(
            assignment_of(self._text(row, _KEY), self._text(row, _TRY))
            for row in rows
            if self._text(row, _KEY) and self._text(row, _TRY)
        )

    # -- values to try ------------------------------------------------------------------------------------

    def _look_for_keys(self) -> None:
        view, session = self._session.view, self._session
        if view is not None:
            self._keys.ask(partial(_values, view.snapshot, session.folder, session.editing.masking))

    def _offer(self, offered: tuple[Tried, ...]) -> None:
        rows = {self._text(row, _KEY): row for row in range(self._values.rowCount())}
        for tried in offered:
            if tried.key not in rows:
                self._append(tried)
            else:
                self._cell(rows[tried.key], _NOW).setText(tried.shown)

    def _append(self, tried: Tried) -> int:
        row = self._values.rowCount()
        self._values.insertRow(row)
        for column, text in ((_KEY, tried.key), (_NOW, tried.shown), (_TRY, "")):
            cell = QTableWidgetItem(text)
            cell.setToolTip(text)
            if column == _NOW or (column == _KEY and text):
                cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self._values.setItem(row, column, cell)
        return row

    def _add_key(self) -> None:
        row = self._append(Tried("", ""))
        self._values.setCurrentCell(row, _KEY)
        self._values.editItem(self._cell(row, _KEY))

    def _forget_values(self) -> None:
        self._values.setRowCount(0)
        self._look_for_keys()
        self._show_command()

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self._values.item(row, column)
        if cell is None:  # a row is being built
            cell = QTableWidgetItem("")
            self._values.setItem(row, column, cell)
        return cell

    def _text(self, row: int, column: int) -> str:
        cell = self._values.item(row, column)
        return cell.text().strip() if cell is not None else ""

    # -- facts --------------------------------------------------------------------------------------------

    def _start_anew(self) -> None:
        if self._session.path != self._path:
            self._path = self._session.path
            self._checked = None
            self._values.setRowCount(0)
            self._tree.show_rows(())
        self._look_for_keys()
        self._show_command()
        self._show_stamp()

    def _show_command(self) -> None:
        self._command.setText(self._checking.command_line(self.assignments()))
        self._command.setCursorPosition(0)

    def _show_busy(self) -> None:
        self._cancel.setVisible(self._checking.is_busy)
        self._check.setVisible(not self._checking.is_busy)
        self._show_stamp()

    def _take(self, checked: Checked) -> None:
        self._checked = checked
        view, answer = self._session.view, checked.answer
        if answer.found is None or view is None:
            self._tree.show_rows(())
        else:
            tries = bool(checked.assignments)
            self._tree.show_rows(preflight_rows(answer.found, answer.trials, view.statuses, tries=tries))
        self._show_stamp()

    def _show_stamp(self) -> None:
        view, checked = self._session.view, self._checked
        self._check.setEnabled(view is not None)
        if self._checking.is_busy:
            self._stamp.setText(self.tr("The conditions are being evaluated in a process of their own…"))
        elif view is None or checked is None:
            self._stamp.setText(self.tr("Check evaluates the conditions on a copy; it calls no task."))
        elif checked.answer.found is None:
            self._stamp.setText(" ".join(filter(None, (f"{checked.answer.reason}.", checked.answer.hint))))
        else:
            self._stamp.setText(self._told(checked, view.snapshot))

    def _told(self, checked: Checked, present: Snapshot) -> str:
        found = checked.answer.found
        generation = found.generation if found is not None else 0
        is_true = present.generation == generation and present.tokens == checked.snapshot.tokens
        self._tree.set_outdated(not is_true)
        told = self.tr("True for generation {}").format(generation)
        if checked.assignments:
            told += self.tr(" with {}").format(", ".join(checked.assignments))
        if self._session.editing.changes:
            told += self.tr("; your pending changes are not in it")
        if not is_true:
            told += self.tr(". The instance has moved on: check again")
        return told

    def _copy_command(self) -> None:
        self._clipboard.setText(self._command.text())


def _values(snapshot: Snapshot, folder: Path, masking: Masking) -> tuple[Tried, ...]:
    """Runs in a pool thread: reads the modules' files."""

    def shown(key: str, value: Any) -> str:
        is_plain = value is None or isinstance(value, bool | int | float)
        return json.dumps(value) if is_plain and not masking.masks((key,), value) else told(key, value)

    def told(key: str, value: Any) -> str:
        return masking.preview((key,), value, 200)

    return values_to_try(snapshot, folder, shown)
