"""The context as a typed tree, read-only, with a search that goes from hit to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QClipboard, QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.storage.codec import kind_of, preview
from wfepy_gui.models.context_tree import MOST_HITS, Column, ContextTreeModel
from wfepy_gui.views.placeholder import Placeholder

if TYPE_CHECKING:
    from wfepy_gui.session import Session

_LONGEST_TEXT = 200_000


class ContextPanel(QWidget):
    """Follows a session's context."""

    def __init__(self, session: Session, clipboard: QClipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._clipboard = session, clipboard
        self._model = ContextTreeModel(self)
        self._hits: list[tuple[int, ...]] = []
        self._hit = -1
        self._search = QLineEdit(self)
        self._count = QLabel(self)
        self._previous = QPushButton(self.tr("◂"), self)
        self._next = QPushButton(self.tr("▸"), self)
        self._tree = QTreeView(self)
        self._place = QLabel(self)
        self._value = QPlainTextEdit(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._search.setPlaceholderText(self.tr("Search keys and values"))
        self._search.setAccessibleName(self.tr("Search in context"))
        self._search.setClearButtonEnabled(True)
        for button, name in ((self._previous, self.tr("Previous hit")), (self._next, self.tr("Next hit"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFixedWidth(30)
        self._tree.setAccessibleName(self.tr("Context"))
        self._tree.setAccessibleDescription(self.tr("Keys, kinds and values; the copy key copies the value."))
        self._tree.setModel(self._model)
        self._tree.setUniformRowHeights(True)
        self._tree.setAlternatingRowColors(True)
        self._placeholder = Placeholder(self._tree, self._say_why_empty)
        header = self._tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(Column.KEY, 135)
        header.resizeSection(Column.KIND, 75)
        self._value.setReadOnly(True)
        self._value.setAccessibleName(self.tr("The selected value in full"))
        self._value.setAccessibleDescription(self.tr("What the selected row of the context holds."))
        self._value.setPlaceholderText(self.tr("Select a value to see it in full"))
        self._value.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusProxy(self._tree)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        for widget in (self._search, self._count, self._previous, self._next):
            row.addWidget(widget)
        lower = QWidget(self)
        inner = QVBoxLayout(lower)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._place)
        inner.addWidget(self._value)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self._tree)
        split.addWidget(lower)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(split)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._go_next)
        self._next.clicked.connect(self._go_next)
        self._previous.clicked.connect(self._go_previous)
        self._tree.selectionModel().currentRowChanged.connect(self._show_value)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self._tree)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        self._session.instance_changed.connect(self._show)
        self._session.context_changed.connect(self._update)
        self._count_hits()

    # -- intents ------------------------------------------------------------------------------------------

    @property
    def header(self) -> QHeaderView:
        """The column header, for saving and restoring its state."""
        return self._tree.header()

    def start_search(self) -> None:
        """Move the keyboard to the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    # -- facts --------------------------------------------------------------------------------------------

    def _show(self) -> None:
        view = self._session.view
        self._model.show(view.snapshot.context if view else {})
        if view is not None and self._model.rowCount() <= 30:
            self._tree.expandToDepth(0)
        self._show_value(QModelIndex())
        self._find(self._search.text())

    def _update(self) -> None:
        if self._session.view is not None:
            self._model.update(self._session.view.snapshot.context)
            self._hits = self._model.find(self._search.text())
            self._count_hits()
            self._show_value(self._tree.currentIndex())

    def _say_why_empty(self) -> str:
        if self._session.path:
            return self.tr("The context is empty: no task and nobody has put anything into it.")
        if self._session.module:
            return self.tr("A workflow alone has no context. New instance… asks for its first one.")
        return self.tr("Nothing is open. Open a state file to see its context.")

    # -- search and selection -----------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        self._hits = self._model.find(text)
        self._hit = -1
        if self._hits:
            self._go_next()
        else:
            self._count_hits()

    def _go_next(self) -> None:
        self._go(1)

    def _go_previous(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._hits:
            self._hit = (self._hit + step) % len(self._hits)
            index = self._model.index_at(self._hits[self._hit])
            self._tree.setCurrentIndex(index)
            self._tree.scrollTo(index)
        self._count_hits()

    def _count_hits(self) -> None:
        many = "+" if len(self._hits) == MOST_HITS else ""
        if self._search.text():
            place = f"{self._hit + 1} of " if self._hits and self._hit >= 0 else ""
            self._count.setText(f"{place}{len(self._hits)}{many}")
        else:
            self._count.clear()
        for button in (self._previous, self._next):
            button.setEnabled(bool(self._hits))

    def _show_value(self, current: QModelIndex) -> None:
        if not current.isValid():
            self._place.clear()
            self._value.clear()
            return
        node = self._model.node_at(current)
        self._place.setText(f"{node.path()}  ({kind_of(node.encoded)})")
        text = node.encoded if isinstance(node.encoded, str) else preview(node.encoded, _LONGEST_TEXT)
        shown = text[:_LONGEST_TEXT]
        if shown != self._value.toPlainText():
            self._value.setPlainText(shown)

    def _copy(self) -> None:
        if self._tree.currentIndex().isValid():
            self._clipboard.setText(self._value.toPlainText())
