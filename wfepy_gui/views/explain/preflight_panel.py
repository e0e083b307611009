"""What an advance would do now; and what it would do with other context values, tried on a copy."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.explanations.command_lines import assignment
from wfepy_gui.models.explanations.preflight_rows import Tried, preflight_rows, values_to_try
from wfepy_gui.text.secrets import Masking, secrets_in
from wfepy_gui.views.explain.row_tree import RowTree
from wfepy_gui.views.explain.what_if_values import WhatIfValues
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.labels import PlainLabel, make_narrow, text_flags
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QAction, QClipboard

    from wfepy_core.model.json_values import JsonValue
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.automation.preflight_query import AnsweredPreflight, PreflightQuery
    from wfepy_gui.instance.session import Session
    from wfepy_gui.models.explanations.rows import Row
    from wfepy_gui.theme import Theme


class PreflightPanel(QWidget):
    """Asks `PreflightQuery` and shows its answers. Saves nothing.

    Args:
        action: the command of it, which knows when it may be used.

    Signals:
        task_activated: the operator wants to see a task named in the answer.
    """

    task_activated = Signal(str)

    def __init__(
        self,
        session: Session,
        preflight_query: PreflightQuery,
        action: QAction,
        theme: Theme,
        clipboard: QClipboard,
        pool: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preflight_query = preflight_query
        self._action = action
        self._clipboard = clipboard
        self._keys = BackgroundQuery(pool, self)
        self._rows = BackgroundQuery(pool, self)
        self._answered: AnsweredPreflight | None = None
        self._path = ""
        self._tree = RowTree(theme, self.tr("What an advance would do"), self)
        self._tree.setAccessibleDescription(self.tr("Tasks that would be called, and transitions."))
        self._values = WhatIfValues(self)
        self._pending = QCheckBox(self)
        self._placeholder = EmptyState(self._tree, self._say_why_empty)
        self._check = QPushButton(self.tr("&Check"), self)
        self._cancel = QPushButton(self.tr("&Stop"), self)
        self._add = QPushButton(self.tr("Add &key"), self)
        self._clear = QPushButton(self.tr("C&lear"), self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._command = QLineEdit(self)
        self._stamp = PlainLabel(parent=self)
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
        make_narrow(self._stamp)
        self._pending.setChecked(True)
        self._pending.setToolTip(self.tr("Otherwise the instance is taken as it was saved"))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._tree)
        split.addWidget(self._build_values())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        row = QHBoxLayout()
        for widget in (self._check, self._cancel, self._pending, self._command, self._copy):
            row.addWidget(widget, 1 if widget is self._command else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(split, 1)
        column.addWidget(self._stamp)
        self.setFocusProxy(self._tree)

    def _build_values(self) -> QWidget:
        side = QWidget(self)
        buttons = QHBoxLayout()
        caption = PlainLabel(self.tr("What if? On a copy; nothing is saved."), side)
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
        self._action.changed.connect(self._follow_action)
        self._cancel.clicked.connect(self._preflight_query.cancel)
        self._add.clicked.connect(self._values.add_key)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._values.itemChanged.connect(self._show_command)
        self._pending.toggled.connect(self._ask_keys)
        self._pending.toggled.connect(self._show_command)
        self._keys.answered.connect(self._values.offer)
        self._rows.answered.connect(self._tree.show_rows)
        self._preflight_query.answered.connect(self._on_answered)
        self._preflight_query.busy_changed.connect(self._on_busy_changed)
        self._session.instance_changed.connect(self._on_instance_changed)
        self._session.context_changed.connect(self._ask_keys)
        self._session.editing.changed.connect(self._show_pending)
        self._session.summary_changed.connect(self._show_stamp)
        self._on_instance_changed()
        self._follow_action()

    def _say_why_empty(self) -> str:
        if self._session.path:
            return self.tr("Check tells what an advance would do now. It calls no task.")
        if self._session.module:
            return self.tr("There is no instance yet. New instance… starts one.")
        return self.tr("Open a state file to see what an advance would do.")

    # -- intents ------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Ask what an advance would do, with the values that are tried."""
        self._preflight_query.ask(self._values.tries(), with_pending=self._takes_pending())

    def try_value(self, key: str, typed: str) -> None:
        """Put a value into the table of those to try, in a new row where there is none for this key."""
        self._values.try_value(key, typed)

    def _takes_pending(self) -> bool:
        return bool(self._session.editing.changes) and self._pending.isChecked()

    # -- values to try ------------------------------------------------------------------------------------

    def _ask_keys(self) -> None:
        view, session = self._session.view, self._session
        if view is not None:
            preview = session.editing.preview if self._takes_pending() else None
            self._keys.ask(partial(_values, preview or view.snapshot, session.folder))

    def _on_clear_clicked(self) -> None:
        self._values.setRowCount(0)
        self._ask_keys()
        self._show_command()

    # -- facts --------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        if self._session.path != self._path:
            self._path = self._session.path
            self._answered = None
            self._values.setRowCount(0)
            self._keys.forget()
            self._rows.forget()
            self._tree.show_rows(())
        self._show_pending()

    def _show_pending(self) -> None:
        """The changes are others, or there are none any more."""
        count = len(self._session.editing.changes)
        self._pending.setVisible(bool(count))
        self._pending.setText(self.tr("With &pending changes ({})").format(count))
        self._ask_keys()
        self._show_command()
        self._show_stamp()
        self._placeholder.refresh()

    def _show_command(self) -> None:
        takes_pending = self._takes_pending()
        line = self._preflight_query.command_line(self._values.tries(), with_pending=takes_pending)
        text = self.tr("The same as a command")
        if not line and takes_pending:
            text = self.tr("No command tries pending interventions")
        self._command.setPlaceholderText(text)
        self._command.setText(line)
        self._command.setCursorPosition(0)
        self._copy.setEnabled(bool(line))

    def _on_busy_changed(self) -> None:
        self._cancel.setVisible(self._preflight_query.is_busy)
        self._check.setVisible(not self._preflight_query.is_busy)
        self._show_stamp()

    def _on_answered(self, answered: AnsweredPreflight) -> None:
        self._answered = answered
        view = self._session.view
        if answered.answer.found is None or view is None:
            self._rows.forget()
            self._tree.show_rows(())
        else:
            tried = self._session.editing.preview or answered.question.snapshot
            self._rows.ask(partial(_rows_of, answered, view.statuses, tried.context))
        self._show_stamp()

    def _follow_action(self) -> None:
        """The button may be used when the command may, and says the same."""
        self._check.setEnabled(self._action.isEnabled())
        self._check.setToolTip(self._action.toolTip())

    def _show_stamp(self) -> None:
        self._stamp.setText(self._stamp_text())

    def _stamp_text(self) -> str:
        """What the answer is true for, or why there is none."""
        view, answered = self._session.view, self._answered
        if self._session.module:
            return self.tr("There is no instance yet to look at: New instance… starts one.")
        if self._preflight_query.is_busy:
            return self.tr("The conditions are being evaluated in a process of their own…")
        if view is None or answered is None:
            return self.tr("Check evaluates the conditions on a copy; it calls no task.")
        if answered.answer.found is None:
            return " ".join(filter(None, (f"{answered.answer.reason}.", answered.answer.hint)))
        return self._describe_answer(answered, view.snapshot)

    def _describe_answer(self, answered: AnsweredPreflight, present: Snapshot) -> str:
        question, changes = answered.question, self._session.editing.changes
        asked = question.snapshot
        is_true = present.generation == asked.generation and present.tokens == asked.tokens
        is_same = not question.pending or question.pending == changes
        self._tree.set_outdated(not (is_true and is_same))
        text = self.tr("True for generation {}").format(asked.generation)
        if question.pending:
            text += _with(
                len(question.pending),
                self.tr(" with your pending change"),
                self.tr(" with your {} pending changes"),
            )
        if question.tries:
            tried = ", ".join(assignment(key, value) for key, value in question.tries)
            text += (
                self.tr(" and {}").format(tried) if question.pending else self.tr(" with {}").format(tried)
            )
        if changes and not question.pending:
            text += self.tr("; your pending changes are not in it")
        if not is_true:
            text += self.tr(". The instance has moved on: check again")
        elif not is_same:
            text += self.tr(". Your pending changes are others now: check again")
        return text

    def _on_copy_clicked(self) -> None:
        self._clipboard.setText(self._command.text())


def _with(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count)


def _values(snapshot: Snapshot, folder: Path) -> tuple[Tried, ...]:
    """Runs in a pool thread: reads the modules' files. No secret is shown, whatever the editor reveals."""
    masking = Masking()

    def preview_value(key: str, value: JsonValue) -> str:
        is_plain = value is None or isinstance(value, bool | int | float)
        return json.dumps(value) if is_plain and not masking.masks((key,), value) else masked(key, value)

    def masked(key: str, value: JsonValue) -> str:
        return masking.preview((key,), value, 200)

    return values_to_try(snapshot, folder, preview_value)


def _rows_of(answered: AnsweredPreflight, statuses: Mapping[str, TaskStatus], tried: Any) -> tuple[Row, ...]:
    """Runs in a pool thread: looks through whole contexts for the secrets that an error may quote."""
    question, answer = answered.question, answered.answer
    if answer.found is None:
        return ()
    tries = bool(question.tries or question.pending)
    hidden = secrets_in(question.snapshot.context) | secrets_in(tried) | secrets_in(dict(question.tries))
    rows = preflight_rows(answer.found, answer.trials, statuses, tries=tries)
    return tuple(row.without(hidden) for row in rows)
