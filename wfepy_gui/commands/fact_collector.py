"""Collects what decides whether commands may be used, and lets the actions follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.storage.file_names import is_sandbox
from wfepy_gui.automation.pass_sequence import Mode
from wfepy_gui.automation.timers import Phase
from wfepy_gui.commands.availability import obstacles, texts, warnings
from wfepy_gui.commands.facts import CommandFacts
from wfepy_gui.instance.file_health import FileProblem

if TYPE_CHECKING:
    from wfepy_gui.automation.open_timer import OpenTimer
    from wfepy_gui.automation.pass_sequence import PassSequence
    from wfepy_gui.commands.intervention_fit import InterventionFit
    from wfepy_gui.instance.file_health import FileHealth
    from wfepy_gui.instance.session import Session
    from wfepy_gui.views.context.context_panel import ContextPanel
    from wfepy_gui.views.context.tree_view import ContextTreeView
    from wfepy_gui.window.main_window import MainWindow


class FactCollector(QObject):
    """Follows everything that commands depend on; the only one that enables and disables actions."""

    def __init__(
        self,
        *,
        window: MainWindow,
        session: Session,
        health: FileHealth,
        sequence: PassSequence,
        timer: OpenTimer,
        fit: InterventionFit,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._fit = fit
        self._health = health
        self._sequence = sequence
        self._timer = timer
        self._scene = window.panels.graph.get().graph_view.graph_scene
        self._navigation = window.panels.graph.get().graph_view.navigation
        self._tree: ContextTreeView | None = None
        self._facts: CommandFacts | None = None
        self._connect()
        self._refresh()

    def _connect(self) -> None:
        session, navigation = self._session, self._navigation
        for signal in (
            session.instance_changed,
            session.summary_changed,
            session.editing.changed,
            self._window.selection_changed,
            navigation.filter_changed,
            navigation.visit_history_changed,
            navigation.transition_changed,
            self._health.changed,
            self._sequence.changed,
            self._timer.changed,
            self._fit.changed,
        ):
            signal.connect(self._refresh)
        self._window.panels.context.call_when_made(self._follow_tree)

    def _follow_tree(self, panel: ContextPanel) -> None:
        self._tree = panel.tree
        panel.tree.selectionModel().currentRowChanged.connect(self._refresh)
        panel.tree.tree_model.modelReset.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        facts = self.collect()
        if facts != self._facts:
            self._facts = facts
            self._window.actions_table.set_obstacles(obstacles(facts), warnings(facts))
            self._window.actions_table.set_texts(texts(facts))

    def collect(self) -> CommandFacts:
        """What is true now."""
        session, editing, tree = self._session, self._session.editing, self._tree
        problem, history = self._health.state.problem, self._navigation.visit_history
        holder = self._health.state.sentence if problem is FileProblem.LOCKED else ""
        return CommandFacts(
            has_file=bool(session.path),
            has_graph=session.view is not None,
            has_context=editing.pending is not None,
            obstacle=session.obstacle,
            is_unreadable=session.problem is not None,
            is_missing=problem is FileProblem.MISSING,
            is_sandbox=is_sandbox(session.path),
            holder=holder.removesuffix("."),
            is_busy=session.is_busy,
            is_stopping=session.live_pass.is_stopping,
            is_sequence=self._sequence.mode is not Mode.ONE,
            has_timer=self._timer.phase is not Phase.OFF,
            is_timer_paused=self._timer.phase is Phase.PAUSED,
            has_tasks=bool(self._window.selected_tasks()),
            misfits=self._fit.misfits,
            has_changes=bool(editing.changes),
            has_unsaved=editing.has_unsaved,
            is_saving=editing.is_saving,
            can_undo=editing.can_undo,
            can_redo=editing.can_redo,
            has_merge=editing.merge is not None,
            has_value=tree is not None and tree.is_chosen,
            can_move_up=tree is not None and tree.can_move(-1),
            can_move_down=tree is not None and tree.can_move(1),
            has_neighbourhood=bool(self._navigation.graph_filter.centre),
            is_filtered=not self._navigation.graph_filter.is_everything,
            has_transition=self._scene.transition is not None,
            can_go_back=history.can_go_back,
            can_go_forward=history.can_go_forward,
        )
