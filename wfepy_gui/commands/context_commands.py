"""What the commands for the context and for pending changes do in one window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_gui.text.translation import QT_TR_NOOP, tr
from wfepy_gui.window.action_table import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.views.context.context_panel import ContextPanel
    from wfepy_gui.views.context.tree_view import ContextTreeView
    from wfepy_gui.views.pending.merge_dialog import MergeDialog
    from wfepy_gui.window.main_window import MainWindow, Services

C = Command
_ON_A_VALUE = (C.EDIT_VALUE, C.RENAME_KEY, C.REMOVE_VALUE, C.CHANGE_TYPE, C.PASTE_VALUE)
_CONTEXT_MENU = (
    C.EDIT_VALUE, C.RENAME_KEY, C.CHANGE_TYPE, None, C.ADD_VALUE, C.REMOVE_VALUE, C.MOVE_VALUE_UP,
    C.MOVE_VALUE_DOWN, None, C.COPY_VALUE, C.PASTE_VALUE, C.REVEAL_VALUE, None, C.UNDO, C.REDO,
)  # fmt: skip
_SHORT = {
    C.ADD_VALUE: "+",
    C.REMOVE_VALUE: "-",
    C.APPLY_CHANGES: QT_TR_NOOP("Apply"),
    C.DISCARD_CHANGES: QT_TR_NOOP("Discard…"),
    C.REVIEW_MERGE: QT_TR_NOOP("Review…"),
    C.GO_PENDING: QT_TR_NOOP("Show them"),
    C.COPY_AS_COMMANDS: QT_TR_NOOP("As commands"),
}
TOLD_MS = 8000


class ContextCommands(QObject):
    """Connects the editing actions of a window to its context panel and its pending changes."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._session = window, services.session
        self._editing, self._clipboard = services.session.editing, services.clipboard
        self._dialog: MergeDialog | None = None
        actions = window.actions_table
        for command, handler in self._handlers().items():
            actions[command].triggered.connect(handler)
        for command, sign in _SHORT.items():
            actions[command].setIconText(tr(sign))
        self._connect()

    def _handlers(self) -> dict[Command, Callable[[], object]]:
        editing = self._editing
        return {
            C.UNDO: editing.undo,
            C.REDO: editing.redo,
            C.EDIT_VALUE: partial(self._on_tree, lambda tree: tree.edit_value()),
            C.RENAME_KEY: partial(self._on_tree, lambda tree: tree.rename_key()),
            C.ADD_VALUE: partial(self._on_tree, lambda tree: tree.add_value()),
            C.REMOVE_VALUE: partial(self._on_tree, lambda tree: tree.remove_value()),
            C.MOVE_VALUE_UP: partial(self._on_tree, lambda tree: tree.move_up()),
            C.MOVE_VALUE_DOWN: partial(self._on_tree, lambda tree: tree.move_down()),
            C.CHANGE_TYPE: partial(self._on_tree, lambda tree: tree.choose_kind()),
            C.COPY_VALUE: partial(self._on_tree, lambda tree: tree.copy_value()),
            C.PASTE_VALUE: partial(self._on_tree, lambda tree: tree.paste_value()),
            C.REVEAL_VALUE: partial(self._on_tree, lambda tree: tree.reveal()),
            C.FILTER_CONTEXT: self._filter,
            C.EDIT_AS_JSON: self._edit_as_json,
            C.GO_PENDING: partial(self._window.go_to, "pending"),
            C.APPLY_CHANGES: self._apply,
            C.DISCARD_CHANGES: self._discard,
            C.COPY_AS_COMMANDS: self._copy_as_commands,
            C.REVIEW_MERGE: self._review,
            C.CLOSE_INSTANCE: partial(self.unless_pending, partial(self._session.open, "")),
        }

    def _connect(self) -> None:
        window, editing = self._window, self._editing
        editing.changed.connect(self._look)
        editing.applied.connect(self._tell_saved)
        editing.conflict.connect(self._show_conflict)
        self._session.instance_changed.connect(self._look)
        self._session.summary_changed.connect(self._look)
        window.panels.context.when_made(self._equip)
        self._look()

    def _equip(self, panel: ContextPanel) -> None:
        actions = self._window.actions_table
        panel.offer(
            [actions[command] if command else None for command in _CONTEXT_MENU],
            shown=[actions[C.ADD_VALUE], actions[C.REMOVE_VALUE]],
        )
        panel.tree.selectionModel().currentRowChanged.connect(self._look)
        panel.tree.tree_model.modelReset.connect(self._look)
        self._look()

    # -- values -------------------------------------------------------------------------------------------

    def _on_tree(self, act: Callable[[ContextTreeView], object]) -> None:
        """Bring the tree up and act on what is selected there."""
        self._window.show_dock("context")
        panel = self._window.context_panel
        panel.show_values()
        act(panel.tree)

    def _filter(self) -> None:
        self._window.show_dock("context")
        self._window.context_panel.start_filter()

    def _edit_as_json(self) -> None:
        self._window.show_dock("context")
        self._window.context_panel.show_json()

    # -- pending changes ----------------------------------------------------------------------------------

    def _apply(self) -> None:
        self._editing.apply("")

    def _tell_saved(self, snapshot: Snapshot) -> None:
        text = self.tr("Saved as generation {}; the version before is kept as a backup")
        self._window.statusBar().showMessage(text.format(snapshot.generation), TOLD_MS)

    def _discard(self) -> None:
        self._ask(self.tr("Discard the pending changes of {}?"), self.tr("&Discard"), self._forget)

    def _forget(self) -> None:
        panel = self._window.panels.context.made
        if panel is not None:  # else nothing was typed there
            panel.forget_drafts()
        self._editing.discard()

    def unless_pending(self, act: Callable[[], object]) -> None:
        """Do what would lose pending changes: at once if there are none, else if it is agreed to."""
        if not self._editing.has_unsaved:
            act()
            return
        question = self.tr("{} has changes that were not applied. Leaving it loses them.")
        self._ask(question, self.tr("&Lose them"), partial(self._forget_and, act))

    def _forget_and(self, act: Callable[[], object]) -> None:
        self._forget()
        act()

    def _ask(self, question: str, button: str, act: Callable[[], object]) -> None:
        from wfepy_gui.views.dialogs.discard_dialog import DiscardDialog  # noqa: PLC0415  start-up time

        asked = DiscardDialog(question.format(self._session.name), self.unsaved(), button, self._window)
        asked.discarded.connect(act)
        asked.open()

    def unsaved(self) -> list[str]:
        """What would be lost now, for people."""
        captions = [change.caption for change in self._editing.changes]
        if self._editing.has_draft:
            captions.append(self.tr("text that was typed and not taken over yet"))
        return captions

    def _copy_as_commands(self) -> None:
        pending = self._editing.pending
        if pending is not None:
            from wfepy_gui.models.explanations.command_lines import of_changes  # noqa: PLC0415  start-up time

            text = of_changes(self._session.program, self._session.path, pending)
            self._clipboard.setText(text)
            self._window.statusBar().showMessage(self.tr("Copied as commands"), TOLD_MS)

    # -- merging ------------------------------------------------------------------------------------------

    def _review(self) -> None:
        editing = self._editing
        if editing.merge is None or editing.pending is None or editing.preview is None:
            return
        from wfepy_gui.views.pending.merge_dialog import MergeDialog  # noqa: PLC0415  start-up time

        self._close_dialog()
        base = editing.pending.base
        self._dialog = MergeDialog(editing.merge, base, editing.preview, editing.masking, self._window)
        self._dialog.resolved.connect(editing.resolve)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _show_conflict(self) -> None:
        """Others saved again: what an open dialog shows is no longer what would be merged."""
        is_open = self._dialog is not None
        self._window.pending_bar.show_merge_again()
        if is_open:
            self._review()

    # -- which commands can be used -----------------------------------------------------------------------

    def _look(self) -> None:
        editing, actions = self._editing, self._window.actions_table
        panel = self._window.panels.context.made
        tree = panel.tree if panel is not None else None
        is_open = editing.preview is not None
        actions[C.UNDO].setEnabled(editing.can_undo)
        actions[C.REDO].setEnabled(editing.can_redo)
        for command in (C.COPY_VALUE, C.EDIT_AS_JSON, C.FILTER_CONTEXT):
            actions[command].setEnabled(is_open)
        actions[C.REVEAL_VALUE].setEnabled(is_open and tree is not None and tree.is_chosen)
        can_change = is_open and self._session.can_change
        actions[C.ADD_VALUE].setEnabled(can_change)
        for command in _ON_A_VALUE:
            actions[command].setEnabled(can_change and tree is not None and tree.is_chosen)
        actions[C.MOVE_VALUE_UP].setEnabled(can_change and tree is not None and tree.can_move(-1))
        actions[C.MOVE_VALUE_DOWN].setEnabled(can_change and tree is not None and tree.can_move(1))
        can_end = editing.has_unsaved and not editing.is_saving
        actions[C.APPLY_CHANGES].setEnabled(can_end and self._session.can_advance)
        actions[C.DISCARD_CHANGES].setEnabled(can_end)
        actions[C.COPY_AS_COMMANDS].setEnabled(bool(editing.changes))
        actions[C.REVIEW_MERGE].setEnabled(editing.merge is not None and not editing.is_saving)
