"""The tray of pending changes: what was done, what it comes to, and the buttons that save or discard it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.pending_table import PendingColumn, PendingTable, rows_of
from wfepy_gui.views.widgets.labels import PlainLabel, by_font

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from wfepy_gui.instance.editing import Editing
    from wfepy_gui.instance.pending_changes import Change


class PendingPanel(QWidget):
    """Follows the pending changes of a session."""

    def __init__(self, editing: Editing, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._captions = QStringListModel(self)
        self._table = PendingTable(self)
        self._list = QListView(self)
        self._differences = QTableView(self)
        self._reason = QLineEdit(self)
        self._pages = QStackedWidget(self)
        self._empty = PlainLabel(parent=self)
        self._build(actions)
        self._editing.changed.connect(self._fill)
        self._editing.applied.connect(self._reason.clear)
        self._reason.textChanged.connect(self._editing.set_reason)
        self._reason.returnPressed.connect(actions[-1].trigger)
        self._fill()

    def _build(self, actions: list[QAction]) -> None:
        self._list.setModel(self._captions)
        self._list.setAccessibleName(self.tr("Pending changes, in order"))
        self._list.setAccessibleDescription(self.tr("One row a change; nothing is saved yet."))
        self._list.setWordWrap(True)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._differences.setModel(self._table)
        self._differences.setAccessibleName(self.tr("Saved and new values"))
        self._differences.setAccessibleDescription(self.tr("One row a value that would change."))
        self._differences.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._differences.setTabKeyNavigation(False)
        self._differences.verticalHeader().hide()
        self._differences.setWordWrap(False)
        self._differences.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self._differences.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(PendingColumn.WHERE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(PendingColumn.WHERE, by_font(self, 170))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._reason.setPlaceholderText(self.tr("Why? For the history (may be empty)"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._empty.setText(
            self.tr(
                "No changes are pending. What you change in the context gathers here until it is applied."
            )
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._arrange(actions)

    def _arrange(self, actions: list[QAction]) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._list)
        split.addWidget(self._differences)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        row = QHBoxLayout()
        reason = QFormLayout()
        reason.addRow(self.tr("Reaso&n"), self._reason)
        row.addLayout(reason, 1)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        page = QWidget(self)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(split)
        inner.addLayout(row)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._pages)
        self._list.setMinimumWidth(140)
        self.setFocusProxy(self._differences)

    # -- facts --------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        editing = self._editing
        captions = [caption_of(change) for change in editing.changes]
        if captions != self._captions.stringList():
            self._captions.setStringList(captions)
            self._list.scrollToBottom()
        pending, preview = editing.pending, editing.preview
        is_any = pending is not None and preview is not None and bool(captions)
        if pending is not None and preview is not None and captions:
            self._table.show(rows_of(pending.base, preview, editing.masking))
        else:
            self._table.show([])
        self._pages.setCurrentIndex(int(is_any))


def caption_of(change: Change) -> str:
    """A change, with the reason that was given for it alone."""
    return f"{change.caption} ({change.event.reason})" if change.event.reason else change.caption
