"""The history of the instance; follows the end until the operator scrolls away from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from wfepy_gui.models.journal_table import JournalColumn, JournalModel
from wfepy_gui.models.rows_model import NAME_ROLE
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.labels import MOMENT, by_font, for_texts

if TYPE_CHECKING:
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock


class JournalPanel(QWidget):
    """Follows a session's history and the events of its running pass.

    Signals:
        task_activated: Enter or a double click on an event of this task.
    """

    task_activated = Signal(str)

    def __init__(self, session: Session, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = JournalModel(clock, self)
        self._table = QTableView(self)
        self._follow = QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        table = self._table
        table.setAccessibleName(self.tr("History, oldest first"))
        table.setAccessibleDescription(self.tr("One row an event; Enter shows its task in the graph."))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setColumnWidth(JournalColumn.TIME, for_texts(table, [MOMENT]))
        table.setColumnWidth(JournalColumn.WHAT, by_font(table, 95))
        table.setColumnWidth(JournalColumn.TASK, by_font(table, 150))
        self.setFocusProxy(table)
        self._placeholder = EmptyState(table, self._say_why_empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(table)
        self._follow.setSingleShot(True)
        self._follow.setInterval(0)

    def _connect(self) -> None:
        self._follow.timeout.connect(self._table.scrollToBottom)
        self._table.activated.connect(self._on_activated)
        self._session.instance_changed.connect(self._on_instance_changed)
        self._session.history_changed.connect(self._on_history_changed)
        self._session.events_applied.connect(self._on_events_applied)
        self._model.show(self._session.history)
        self._keep_at_end()
        self._show_emptiness()

    @property
    def header(self) -> QHeaderView:
        """The column header, for saving and restoring its state."""
        return self._table.horizontalHeader()

    def _on_instance_changed(self) -> None:
        if self._session.view is None:
            self._model.show(())
        self._show_emptiness()

    def _on_history_changed(self) -> None:
        if not self._session.is_busy:
            self._keep_at_end()
            self._model.update(self._session.history)
            self._show_emptiness()

    def _on_events_applied(self, events: tuple[object, ...]) -> None:
        self._keep_at_end()
        self._model.add(events)  # type: ignore[arg-type]  # a Qt signal carries a plain tuple
        self._show_emptiness()

    def _keep_at_end(self) -> None:
        bar = self._table.verticalScrollBar()
        if bar.value() == bar.maximum():
            self._follow.start()

    def _show_emptiness(self) -> None:
        self._placeholder.refresh()

    def _say_why_empty(self) -> str:
        if self._session.path:
            return self.tr("Nothing happened yet: no pass has run. Advance runs the first one.")
        if self._session.module:
            return self.tr("A workflow alone has no history. New instance… starts one.")
        return self.tr("Nothing is open. Open a state file to see what happened to it.")

    def _on_activated(self, index: QModelIndex) -> None:
        name = index.siblingAtColumn(JournalColumn.TASK).data(int(Qt.ItemDataRole.DisplayRole))
        if name and index.data(NAME_ROLE) == name:
            self.task_activated.emit(name)
