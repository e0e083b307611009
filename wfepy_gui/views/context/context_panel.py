"""The context of the instance as it will be: a typed tree to edit, and the same as JSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.context.cells import MOST_HITS
from wfepy_gui.models.context.diff import differences
from wfepy_gui.models.context.staging import ContextStaging
from wfepy_gui.views.context.json_pane import JsonPane
from wfepy_gui.views.context.tree_view import ContextTreeView
from wfepy_gui.views.context.value_pane import ValuePane
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.labels import PlainLabel
from wfepy_gui.views.widgets.search_bar import SearchBar
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QAction, QClipboard

    from wfepy_gui.instance.session import Session
    from wfepy_gui.models.context.search import Hit
    from wfepy_gui.models.context.tree_model import ContextTreeModel
    from wfepy_gui.theme import Theme

MOST_EXPANDED = 200
"""Hits of a filter that are opened; more are left to the operator."""


class ContextPanel(QWidget):
    """Follows the preview of a session's pending changes; typing makes more of them."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        clipboard: QClipboard,
        pool: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._editing = session.editing
        self._changes = ContextStaging(session.editing, self)
        self._hits: list[Hit] = []
        self._hit = -1
        self._hidden: tuple[int, ...] = ()
        self._finds = BackgroundQuery(pool, self)
        self._filters = BackgroundQuery(pool, self)
        self._search = SearchBar(
            name=self.tr("Search in context"), placeholder=self.tr("Search keys and values"), parent=self
        )
        self._filter = QLineEdit(self)
        self._buttons = QHBoxLayout()
        self._tabs = QTabWidget(self)
        self._obstacle = PlainLabel(parent=self)
        self.tree = ContextTreeView(self._editing, self._changes, clipboard, self)
        self.pane = ValuePane(self._changes, self)
        self.json_pane = JsonPane(self._changes, theme, pool, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._filter.setPlaceholderText(self.tr("Show only what contains…"))
        self._filter.setAccessibleName(self.tr("Filter context"))
        self._filter.setClearButtonEnabled(True)
        self._obstacle.setWordWrap(True)
        self._obstacle.setAccessibleName(self.tr("Why nothing can be changed"))
        EmptyState(self.tree, self._say_why_empty)
        self.setFocusProxy(self.tree)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._filter, 1)
        row.addLayout(self._buttons)
        self._buttons.setSpacing(2)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.tree)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        values = QWidget(self)
        column = QVBoxLayout(values)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._search)
        column.addLayout(row)
        column.addWidget(split)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Context as"))
        self._tabs.addTab(values, self.tr("Values"))
        self._tabs.addTab(self.json_pane, self.tr("JSON"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(6, 2, 6, 6)
        outer.addWidget(self._obstacle)
        outer.addWidget(self._tabs)

    def _connect(self) -> None:
        self._search.text_changed.connect(self._ask_hits)
        self._search.next_wanted.connect(self._go_next)
        self._search.previous_wanted.connect(self._go_previous)
        self._filter.textChanged.connect(self._apply_filter)
        self._finds.answered.connect(self._show_hits)
        self._filters.answered.connect(self._show_filtered)
        self.tree.selectionModel().currentRowChanged.connect(self._show_value)
        self.tree.pane_wanted.connect(self.pane.start)
        self.pane.refused.connect(self._on_refused)
        self.pane.draft_changed.connect(self._on_draft_changed)
        self.json_pane.draft_changed.connect(self._on_draft_changed)
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._session.instance_changed.connect(self._on_instance_changed)
        self._session.context_changed.connect(self._on_context_changed)
        self._editing.changed.connect(self._on_context_changed)
        self._editing.drafts_wanted.connect(self.commit_drafts)
        self._session.summary_changed.connect(self._show_obstacle)
        self._on_instance_changed()
        self._count_hits()
        self._show_obstacle()

    def offer(self, actions: list[QAction | None], *, shown: list[QAction]) -> None:
        """Set the actions of the context menu (None for a line), and those shown as buttons."""
        self.tree.offer(actions)
        for action in shown:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setAccessibleName(action.text().replace("&", ""))
            self._buttons.addWidget(button)

    # -- intents ------------------------------------------------------------------------------------------

    @property
    def header(self) -> QHeaderView:
        """The column header, for saving and restoring its state."""
        return self.tree.header()

    @property
    def _model(self) -> ContextTreeModel:
        return self.tree.tree_model

    def start_search(self) -> None:
        """Move the keyboard to the search."""
        self.show_values()
        self._search.start()

    def start_filter(self) -> None:
        """Move the keyboard to the filter."""
        self.show_values()
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def show_values(self) -> None:
        """Show the tree."""
        self._tabs.setCurrentIndex(0)

    def show_json(self) -> None:
        """Show the context as JSON text and move the keyboard there."""
        self._tabs.setCurrentWidget(self.json_pane)
        self.json_pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit_drafts(self) -> bool:
        """Make what was typed and not taken over yet pending changes; False when it cannot be."""
        if not self.pane.commit():
            return False
        if not self.json_pane.commit():
            self.show_json()
            return False
        return True

    def forget_drafts(self) -> None:
        """Drop what was typed and not taken over."""
        self.pane.forget()
        self.json_pane.revert()

    # -- facts --------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        if self._session.view is None:
            self.pane.forget()
            self.json_pane.forget()
        preview = self._editing.preview
        self._model.show(preview.context if preview else {})
        self._mark_changes()
        if preview is not None:
            self._open_first()
        self._show_value(QModelIndex())
        self._apply_filter(self._filter.text())
        self._ask_hits(self._search.text)

    def _open_first(self) -> None:
        if self._model.is_group(self._model.index(0, 0)):
            self.tree.expand(self._model.index(0, 0))
        elif self._model.rowCount() <= 30:
            self.tree.expandToDepth(0)

    def _on_context_changed(self) -> None:
        preview = self._editing.preview
        if preview is None:
            return
        place = self._model.place_of(self.tree.currentIndex())
        self._model.update(preview.context)
        self._mark_changes()
        if place and not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self._model.index_of(place))
        if self._search.text:
            self._finds.ask(self._model.search(self._search.text))
        if self._filter.text().strip() and not self._model.is_filtered:
            self._apply_filter(self._filter.text())
        self._show_value(self.tree.currentIndex())

    def _mark_changes(self) -> None:
        """Show what differs from the saved context, and mask what is secret."""
        editing = self._editing
        if editing.pending is not None and editing.preview is not None:
            found = differences(editing.pending.base.context, editing.preview.context)
            self._model.mark(found, editing.masking)
            self.json_pane.show_context(editing.preview.context, editing.masking)

    def _show_obstacle(self) -> None:
        """Let nothing be begun that could not be saved; what is pending or half typed stays."""
        obstacle = self._session.obstacle if self._editing.preview is not None else ""
        self._changes.obstacle = obstacle
        text = self.tr("{}. The context can be looked at, not changed; what is pending stays.")
        self._obstacle.setText(text.format(obstacle[:1].upper() + obstacle[1:]) if obstacle else "")
        self._obstacle.setVisible(bool(obstacle))
        self.pane.update_read_only()
        self.json_pane.lock(bool(obstacle))

    def _on_draft_changed(self) -> None:
        self._editing.set_has_draft(self.pane.has_draft or self.json_pane.has_draft)
        mark = " •" if self.json_pane.has_draft else ""
        self._tabs.setTabText(1, self.tr("JSON") + mark)

    def _on_tab_changed(self) -> None:
        self.pane.commit()

    def _on_refused(self, problem: str) -> None:
        self._editing.refuse(ValueError(problem))

    def _say_why_empty(self) -> str:
        if self._filter.text().strip():
            return self.tr("No key or value matches the filter.")
        if self._session.path and self._session.view is None:
            return self.tr("The state file cannot be read; its context is not known.")
        if self._session.path:
            return self.tr("The context is empty: no task and nobody has put anything into it.")
        if self._session.module:
            return self.tr("A workflow alone has no context. New instance… asks for its first one.")
        return self.tr("Nothing is open. Open a state file to see its context.")

    # -- search, filter and selection ---------------------------------------------------------------------

    def _apply_filter(self, text: str) -> None:
        if text.strip():
            self._filters.ask(self._model.search(text.strip()))
            return
        self._filters.forget()
        if self._model.is_filtered:
            self._show_filtered(None)

    def _show_filtered(self, found: list[Hit] | None) -> None:
        place = self._model.place_of(self.tree.currentIndex()) or self._hidden
        self._model.filter(found)
        for hit in (found or ())[:MOST_EXPANDED]:
            self._open_above(self._model.index_at(hit.place))
        self._hidden = ()
        if place:
            index = self._model.index_of(place)
            self._hidden = () if index.isValid() else place
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        self._show_value(self.tree.currentIndex())

    def _open_above(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid() and not self.tree.isExpanded(above):
            self.tree.expand(above)
            above = above.parent()

    def _ask_hits(self, text: str) -> None:
        self._hit = -1
        if text:
            self._finds.ask(self._model.search(text))
        else:
            self._finds.forget()
            self._show_hits([])

    def _show_hits(self, hits: list[Hit]) -> None:
        """Go to the first hit of a new search; when others saved, only mark what is found by now."""
        self._hits = hits
        self._model.highlight(hits)
        self._hit = min(self._hit, len(hits) - 1)
        if hits and self._hit < 0:
            self._go_next()
        else:
            self._count_hits()

    def _go_next(self) -> None:
        self._go_by(1)

    def _go_previous(self) -> None:
        self._go_by(-1)

    def _go_by(self, step: int) -> None:
        if self._hits:
            self._hit = (self._hit + step) % len(self._hits)
            index = self._model.index_at(self._hits[self._hit].place)
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        self._count_hits()

    def _count_hits(self) -> None:
        if self._search.text:
            count = len(self._hits)
            self._search.show_count(self._hit + 1, count, is_capped=count == MOST_HITS)
        else:
            self._search.clear_count()

    def _show_value(self, current: QModelIndex) -> None:
        if current.isValid():
            self.pane.show_node(
                self._model.place_of(current), self._model.node_at(current), self._model.masking
            )
        else:
            self.pane.clear()
