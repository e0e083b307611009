"""The table of all tasks with its filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.model.status import TaskStatus
from wfepy_gui.models.rows_model import NAME_ROLE
from wfepy_gui.models.task_table import TaskColumn, TaskFilter, TaskTableModel
from wfepy_gui.text.time_format import local_time, now, utc_time
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.filter_line import FilterLine
from wfepy_gui.views.widgets.labels import by_font, for_texts

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme

_LEAST_REASON, _LEAST_TASK, _MOST_TASK = 145, 110, 260
"""Pixels, see `by_font`."""
_WAITING = "59 min 59 s"


class TaskPanel(QWidget):
    """Follows a session; its selection is shared by whoever connects the signals.

    Signals:
        task_selected: the operator moved to another task (by name).
        task_activated: Enter or a double click on a task.
        rows_selected: other tasks are selected; see `selected_tasks`.
    """

    task_selected = Signal(str)
    task_activated = Signal(str)
    rows_selected = Signal()

    def __init__(self, session: Session, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = TaskTableModel(theme, clock, self)
        self._filter = TaskFilter(self)
        self._filter.setSourceModel(self._model)
        self._table = QTableView(self)
        self._search = FilterLine(self._table, self)
        self._is_silent = False
        self._chosen = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        self._search.setPlaceholderText(self.tr("Filter by task, status or reason"))
        self._search.setAccessibleName(self.tr("Filter tasks"))
        table = self._table
        page = QWidget(table)  # Qt's own is unknown to PySide, which loads all classes to find it
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        table.setViewport(page)
        table.setAccessibleName(self.tr("Tasks"))
        table.setAccessibleDescription(self.tr("One row a task; Enter shows it in the graph."))
        table.setModel(self._filter)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_widths()
        self.setFocusProxy(table)
        self._placeholder = EmptyState(table, self._say_why_empty)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(6, 6, 6, 6)
        for widget in (self._search, self._table):
            column_box.addWidget(widget)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_filter_changed)
        self._table.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self._table.selectionModel().selectionChanged.connect(self.rows_selected)
        self._table.activated.connect(self._on_activated)
        self._session.instance_changed.connect(self._on_instance_changed)
        self._session.tasks_changed.connect(self._on_tasks_changed)
        self._on_instance_changed()

    def _set_widths(self) -> None:
        """What is known of the columns before there are rows."""
        table, header = self._table, self._table.horizontalHeader()
        current = now()
        moments = for_texts(table, [local_time(current), utc_time(current)])
        words = (label_of(status) for status in TaskStatus)
        wanted = {
            TaskColumn.STATUS: for_texts(table, words, with_icon=True),
            TaskColumn.SINCE: for_texts(table, [_WAITING]),
            TaskColumn.STARTED: moments,
            TaskColumn.ENDED: moments,
        }
        for column in TaskColumn:
            table.setColumnWidth(column, max(wanted.get(column, 0), header.sectionSizeHint(column)))
        self._fitted = self._widths()

    def _widths(self) -> list[int]:
        return [self._table.columnWidth(column) for column in TaskColumn]

    def _fit(self) -> None:
        """Give names the room they need and reasons what is left, unless somebody made the columns so."""
        if self._widths() != self._fitted:
            return
        table = self._table
        longest = for_texts(table, [max(self._model.rows, key=len, default="")])
        least, most = by_font(table, _LEAST_TASK), by_font(table, _MOST_TASK)
        table.setColumnWidth(TaskColumn.TASK, max(least, min(longest, most)))
        bar = table.verticalScrollBar().sizeHint().width()
        others = sum(self._widths()) - table.columnWidth(TaskColumn.REASON)
        left = table.width() - bar - 2 * table.frameWidth() - others
        reason = by_font(table, _LEAST_REASON) if self._model.rows else 0
        heading = table.horizontalHeader().sectionSizeHint(TaskColumn.REASON)
        table.setColumnWidth(TaskColumn.REASON, max(reason, heading, left))
        self._fitted = self._widths()

    # -- intents ------------------------------------------------------------------------------------------

    @property
    def header(self) -> QHeaderView:
        """The column header, for saving and restoring its state."""
        return self._table.horizontalHeader()

    @property
    def table(self) -> QTableView:
        """The table, for keys and menus."""
        return self._table

    def selected_tasks(self) -> tuple[str, ...]:
        """The tasks whose rows are selected, top down."""
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows(TaskColumn.TASK))
        return tuple(self._filter.index(row, TaskColumn.TASK).data(NAME_ROLE) for row in rows)

    def start_search(self) -> None:
        """Move the keyboard to the filter."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def select(self, name: str) -> None:
        """Mark a task without a signal; an empty or filtered name marks none."""
        self._chosen = name
        row = self._model.row_of(name)
        index = (
            self._filter.mapFromSource(self._model.index(row, TaskColumn.TASK)) if row >= 0 else QModelIndex()
        )
        self._is_silent = True
        selection = self._table.selectionModel()
        if index.isValid() and index.row() == self._table.currentIndex().row() and selection.hasSelection():
            pass  # the operator is there already, perhaps with more tasks selected
        elif index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(index, flags)
        else:
            selection.clear()
        self._is_silent = False

    # -- facts --------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        self._is_silent = True
        self._model.show(self._session.view)
        self._table.doItemsLayout()  # Qt would do it later, and not scroll to what is selected until then
        self._is_silent = False
        self._fit()
        self.select(self._chosen)

    def _on_tasks_changed(self, names: frozenset[str]) -> None:
        if self._session.view is not None:
            self._model.update(self._session.view, names)

    def _on_current_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_silent and current.isValid():
            self.task_selected.emit(current.data(NAME_ROLE))

    def _on_activated(self, index: QModelIndex) -> None:
        self.task_activated.emit(index.data(NAME_ROLE))

    def _on_filter_changed(self, text: str) -> None:
        self._filter.set_text(text)
        self._placeholder.refresh()

    def _say_why_empty(self) -> str:
        if self._session.path and self._session.view is None:
            return self.tr("The state file cannot be read; its tasks are not known.")
        if self._session.view is None:
            return self.tr("Nothing is open. Open a state file to see its tasks.")
        return self.tr("No task matches the filter. Clear it to see all {}.").format(self._model.rowCount())

    # -- Qt -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reasons take or give the room."""
        super().resizeEvent(event)
        self._fit()
