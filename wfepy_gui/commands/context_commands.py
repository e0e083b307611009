"""What the commands for the context and for pending changes do in one window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_gui import views
from wfepy_gui.models import explanations
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.views.context.context_panel import ContextPanel
    from wfepy_gui.views.context.tree_view import ContextTreeView
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services

_VALUE_MENU = (
    (Command.EDIT_VALUE, Command.RENAME_KEY, Command.CHANGE_TYPE),
    (Command.ADD_VALUE, Command.REMOVE_VALUE, Command.MOVE_VALUE_UP, Command.MOVE_VALUE_DOWN),
    (Command.COPY_VALUE, Command.PASTE_VALUE, Command.REVEAL_VALUE),
    (Command.UNDO, Command.REDO),
)
"""The context menu of a value; a line separates the groups."""
MESSAGE_MS = 8000


class ContextCommands(QObject):
    """Edits the context in its panel, and applies, discards and merges what is pending."""

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._session = services.session
        self._editing = services.session.editing
        self._clipboard = services.clipboard
        self._dialog: views.MergeDialog | None = None
        self._connect()

    def _connect(self) -> None:
        window, editing = self._window, self._editing
        editing.applied.connect(self._on_applied)
        editing.conflict.connect(self._on_conflict)
        window.panels.context.call_when_made(self._add_menu)

    def _add_menu(self, panel: ContextPanel) -> None:
        actions = self._window.actions_table
        menu: list[QAction | None] = []
        for group in _VALUE_MENU:
            menu += [None] if menu else []
            menu += [actions[command] for command in group]
        panel.offer(menu, shown=[actions[Command.ADD_VALUE], actions[Command.REMOVE_VALUE]])

    # -- values -------------------------------------------------------------------------------------------

    def edit_value(self) -> None:
        """Let the operator type another value for the selected key."""
        self._show_tree().edit_value()

    def rename_key(self) -> None:
        """Let the operator type another name for the selected key."""
        self._show_tree().rename_key()

    def add_value(self) -> None:
        """Ask for a key or an item to add."""
        self._show_tree().add_value()

    def remove_value(self) -> None:
        """Remove the selected value."""
        self._show_tree().remove_value()

    def move_value_up(self) -> None:
        """Let the selected value change places with the one before."""
        self._show_tree().move_up()

    def move_value_down(self) -> None:
        """Let the selected value change places with the next one."""
        self._show_tree().move_down()

    def change_type(self) -> None:
        """Ask for another type of the selected value."""
        self._show_tree().choose_kind()

    def copy_value(self) -> None:
        """Copy the selected value, or the whole context, as JSON."""
        self._show_tree().copy_value()

    def paste_value(self) -> None:
        """Put the JSON of the clipboard in the place of the selected value."""
        self._show_tree().paste_value()

    def reveal_value(self) -> None:
        """Show the selected secret, or hide it again."""
        self._show_tree().reveal()

    def _show_tree(self) -> ContextTreeView:
        panel = self._show_panel()
        panel.show_values()
        return panel.tree

    def _show_panel(self) -> ContextPanel:
        self._window.show_dock(PanelId.CONTEXT)
        return self._window.panels.context.get()

    def filter_context(self) -> None:
        """Let the operator type what the context is filtered by."""
        self._show_panel().start_filter()

    def find_in_context(self) -> None:
        """Let the operator type what is looked for in the context."""
        self._show_panel().start_search()

    def edit_as_json(self) -> None:
        """Show the whole context as text."""
        self._show_panel().show_json()

    # -- pending changes ----------------------------------------------------------------------------------

    def apply_changes(self) -> None:
        """Save what is pending."""
        self._editing.apply("")

    def _on_applied(self, snapshot: Snapshot) -> None:
        text = self.tr("Saved as generation {}; the version before is kept as a backup")
        self._window.statusBar().showMessage(text.format(snapshot.generation), MESSAGE_MS)

    def ask_discard(self) -> None:
        """Forget what is pending, if the operator agrees."""
        self._ask(self.tr("Discard the pending changes of {}?"), self.tr("&Discard"), self._discard)

    def close_instance(self) -> None:
        """Show nothing, if nothing is pending or the operator agrees to lose it."""
        self.unless_pending(partial(self._session.open, ""))

    def _discard(self) -> None:
        panel = self._window.panels.context.existing
        if panel is not None:  # else nothing was typed there
            panel.forget_drafts()
        self._editing.discard()

    def unless_pending(self, act: Callable[[], object]) -> None:
        """Do what would lose pending changes: at once if there are none, else if it is agreed to."""
        if not self._editing.has_unsaved:
            act()
            return
        question = self.tr("{} has changes that were not applied. Leaving it loses them.")
        self._ask(question, self.tr("&Lose them"), partial(self._discard_and, act))

    def _discard_and(self, act: Callable[[], object]) -> None:
        self._discard()
        act()

    def _ask(self, question: str, button: str, act: Callable[[], object]) -> None:
        question = question.format(self._session.name)
        asked = views.DiscardDialog(
            question=question, captions=self.list_unsaved(), discard=button, parent=self._window
        )
        asked.discarded.connect(act)
        asked.open()

    def list_unsaved(self) -> list[str]:
        """What would be lost now, for people."""
        captions = [change.caption for change in self._editing.changes]
        if self._editing.has_draft:
            captions.append(self.tr("text that was typed and not taken over yet"))
        return captions

    def copy_as_commands(self) -> None:
        """Copy what is pending as commands for a terminal."""
        changes = self._editing.pending
        if changes is not None:
            session = self._session
            text = explanations.command_lines.of_changes(session.program, session.path, changes)
            self._clipboard.setText(text)
            self._window.statusBar().showMessage(self.tr("Copied as commands"), MESSAGE_MS)

    # -- merging ------------------------------------------------------------------------------------------

    def review_merge(self) -> None:
        """Ask what counts of what both changed."""
        editing = self._editing
        if editing.merge is None or editing.pending is None or editing.preview is None:
            return
        self._close_dialog()
        base, ours = editing.pending.base, editing.preview
        self._dialog = views.MergeDialog(
            merge=editing.merge, base=base, preview=ours, masking=editing.masking, parent=self._window
        )
        self._dialog.resolved.connect(editing.resolve)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _on_dialog_finished(self) -> None:
        self._dialog = None

    def _on_conflict(self) -> None:
        """Others saved again: what an open dialog shows is no longer what would be merged."""
        is_open = self._dialog is not None
        self._window.panels.pending_bar.get().show_merge_again()
        if is_open:
            self.review_merge()
