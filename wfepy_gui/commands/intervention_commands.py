"""Why, what next, and changes by hand: what these commands do in one window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from wfepy_core.explain.list_text import first_names
from wfepy_core.model.actor import user_name
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import task_event, tokens_event
from wfepy_core.storage.sandbox import fork
from wfepy_gui import views
from wfepy_gui.models import explanations
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr
from wfepy_gui.views.graph.task_menu import TaskMenu
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from wfepy_core.model.events import Intervened
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.models.explanations.backup_comparison import Comparison
    from wfepy_gui.models.explanations.intervention_plan import InterventionPlan, TokenPlan
    from wfepy_gui.views.explain.task_panel import TaskPanel
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services

_VERBS = {
    InterventionKind.COMPLETE: QT_TR_NOOP("Complete"),
    InterventionKind.SKIP: QT_TR_NOOP("Skip"),
    InterventionKind.RETRY: QT_TR_NOOP("Retry"),
}
ON_TASKS = (Command.WHY, Command.GO_ERROR, Command.COMPLETE, Command.SKIP, Command.RETRY, Command.SET_TOKENS)
"""What the context menu of a task offers."""


class InterventionCommands(QObject):
    """Asks before interventions, restores backups and makes sandboxes.

    Interventions are staged with the pending changes; where there are none, they are saved at once.
    """

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._session = services.session
        self._plans = BackgroundQuery(services.pool, self)
        self._restores = BackgroundQuery(services.pool, self)
        self._compares = BackgroundQuery(services.pool, self)
        self._forks = BackgroundQuery(services.pool, self)
        self._path = ""
        self._reason = ""
        self._add_keys_and_menus()
        self._connect()

    def _add_keys_and_menus(self) -> None:
        window = self._window
        actions = [window.actions_table[command] for command in ON_TASKS]
        graph = window.panels.graph.get().graph_view
        self._add_why_key(graph)
        menu = TaskMenu(graph, actions, window.select_task, self)
        window.panels.tasks.call_when_made(menu.offer_in_table)
        window.panels.tasks.call_when_made(self._add_key_in_table)

    def _add_key_in_table(self, tasks: TaskPanel) -> None:
        self._add_why_key(tasks.table)

    def _add_why_key(self, widget: QWidget) -> None:
        key = QShortcut(QKeySequence(Qt.Key.Key_W), widget)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._window.actions_table[Command.WHY].trigger)

    def _connect(self) -> None:
        self._plans.answered.connect(self._on_planned)
        self._compares.answered.connect(self._on_compared)
        self._restores.answered.connect(self._on_restored)
        self._forks.answered.connect(self._on_forked)
        for questions in (self._plans, self._compares, self._restores, self._forks):
            questions.failed.connect(self._services.notices.report)

    def run_preflight(self) -> None:
        """Show what an advance would do now."""
        self._window.go_to(PanelId.PREFLIGHT)
        self._window.panels.preflight.get().check()

    # -- complete, skip, retry ----------------------------------------------------------------------------

    def ask_plan(self, kind: InterventionKind) -> None:
        """Ask whether the selected tasks are completed, skipped or retried, with all that follows."""
        snapshot, tasks = self._session.editing.preview, self._window.selected_tasks()
        if snapshot is not None and tasks:
            self._reason = ""
            self._ask_for_plan(snapshot, kind, tasks)

    def _ask_for_plan(self, snapshot: Snapshot, kind: InterventionKind, tasks: tuple[str, ...]) -> None:
        self._path = self._session.path
        plan_interventions = explanations.intervention_plan.plan_interventions
        self._plans.ask(partial(plan_interventions, snapshot, kind, tasks, by=user_name()))

    def _on_planned(self, plan: InterventionPlan) -> None:
        if self._session.path != self._path:
            return
        if not plan.planned:
            for _, why in plan.refused:
                self._services.notices.warning(why)
            return
        command = explanations.command_lines.on_tasks
        names = first_names(plan.tasks, 3, tr)
        verb = tr(_VERBS[plan.kind])
        question = views.ConfirmationRequest(
            title=self.tr("{} {}").format(verb, names),
            text=self.tr("{} {}? Status of the instance afterwards: {}.").format(
                verb, names, label_of(plan.after)
            ),
            rows=explanations.intervention_plan.plan_rows(plan),
            warnings=explanations.intervention_plan.plan_warnings(plan),
            verb=f"&{verb}",
            note=self._note(),
            command=partial(command, self._session.program, self._path, plan.kind, plan.tasks),
        )
        dialog = views.Confirmation(question, self._services.theme, self._window)
        dialog.reason.setText(self._reason)
        dialog.agreed.connect(partial(self._on_plan_agreed, plan))
        dialog.open()

    def _on_plan_agreed(self, plan: InterventionPlan, reason: str) -> None:
        if self._session.path != self._path:
            return
        preview = self._session.editing.preview
        if preview is None or not _stand_alike(preview, plan.base):
            self._services.notices.warning(
                self.tr("The instance changed while you were asked; nothing was done"),
                hint=self.tr("Look at what would follow now, and answer again."),
            )
            if preview is not None:
                self._reason = reason
                self._ask_for_plan(preview, plan.kind, plan.tasks)
            return
        made = [
            (partial(_task_event, plan.kind, task, reason), f"{plan.kind.value} {task}")
            for task in plan.tasks
        ]
        self._stage(made, reason)

    def _note(self) -> str:
        count = len(self._session.editing.changes)
        if not count:
            return self.tr("It is saved at once and kept in the history. Restore backup takes it back.")
        return self.tr(
            "It joins your {} pending changes; they are saved together when you apply them."
        ).format(count)

    def _stage(self, made: Sequence[tuple[Callable[[Snapshot], Intervened], str]], reason: str) -> None:
        editing = self._session.editing
        is_alone = not editing.changes
        done = [editing.stage(make, caption) for make, caption in made]
        if all(done) and is_alone:
            editing.apply(reason)

    # -- tokens -------------------------------------------------------------------------------------------

    def ask_tokens(self) -> None:
        """Ask where the instance stands."""
        snapshot = self._session.editing.preview
        if snapshot is None:
            return
        self._path = self._session.path
        services = self._services
        on_tokens = explanations.command_lines.on_tokens
        command = partial(on_tokens, self._session.program, self._path, snapshot.tokens)
        dialog = views.TokensDialog(
            snapshot=snapshot,
            tasks=self._window.selected_tasks(),
            note=self._note(),
            command=command,
            theme=services.theme,
            pool=services.pool,
            parent=self._window,
        )
        dialog.planned.connect(self._on_tokens_planned)
        dialog.open()

    def _on_tokens_planned(self, plan: TokenPlan, reason: str) -> None:
        preview = self._session.editing.preview
        if self._session.path != self._path or preview is None or not _stand_alike(preview, plan.base):
            self._services.notices.warning(
                self.tr("The instance changed while you were asked; no token was set"),
                hint=self.tr("Open Set tokens again: it shows where the instance stands now."),
            )
            return
        stands = ", ".join(f"{name} {state.name}" for name, state in plan.tokens) or self.tr("no token")
        caption = self.tr("tokens: {}").format(stands)
        self._stage([(partial(_tokens_event, plan, reason), caption)], reason)

    # -- files --------------------------------------------------------------------------------------------

    def compare_backup(self) -> None:
        """Find how the backup differs; then ask whether it is restored."""
        self._path = self._session.path
        compare = explanations.backup_comparison.compare_backup
        self._compares.ask(partial(compare, self._path, now(), self._services.clock))

    def _on_compared(self, comparison: Comparison) -> None:
        if self._session.path != self._path:
            return
        name = self._session.name
        question = views.ConfirmationRequest(
            title=self.tr("Restore the backup of {}").format(name),
            text=self.tr("Go back to generation {} of {}?").format(comparison.backup, name),
            rows=comparison.rows,
            warnings=(),
            verb=self.tr("&Restore"),
            note=self.tr(
                "It is saved as a new generation. The present version becomes the backup: restoring "
                "again comes back to it. What tasks did in the world stays done."
            ),
            command=partial(explanations.command_lines.on_file, self._session.program, "restore", self._path),
        )
        dialog = views.Confirmation(question, self._services.theme, self._window)
        dialog.agreed.connect(partial(self._restore, comparison))
        dialog.open()

    def _restore(self, comparison: Comparison, reason: str) -> None:
        if self._session.path == self._path:
            restore = explanations.backup_comparison.restore_if_unchanged
            self._restores.ask(partial(restore, self._path, comparison, reason))

    def _on_restored(self, snapshot: Snapshot) -> None:
        text = self.tr("Restored as generation {}: {}")
        self._services.notices.info(text.format(snapshot.generation, label_of(instance_status(snapshot))))
        self._session.reload()

    def fork_to_sandbox(self) -> None:
        """Copy the instance to try things on, and open the copy."""
        self._forks.ask(partial(_with, self._session.path, fork))

    def _on_forked(self, origin_and_copy: tuple[str, str]) -> None:
        origin, path = origin_and_copy
        self._services.notices.info(
            self.tr("{} is a sandbox: a copy to try things on").format(path),
            hint=self.tr("No timer and no advance of its folder touches it; delete it when you are done."),
            details=self.tr("The same as a command: {}").format(
                explanations.command_lines.on_file(self._session.program, "fork", origin, "", path)
            ),
        )
        if self._session.path == origin:
            self._window.open_wanted.emit((path,))


def _with(path: str, act: Callable[[str], str]) -> tuple[str, str]:
    """An answer with what it was asked about."""
    return path, act(path)


def _task_event(kind: InterventionKind, task: str, reason: str, snapshot: Snapshot) -> Intervened:
    return task_event(snapshot, kind, task, by=user_name(), reason=reason)


def _tokens_event(plan: TokenPlan, reason: str, snapshot: Snapshot) -> Intervened:
    return tokens_event(snapshot, plan.tokens, by=user_name(), reason=reason)


def _stand_alike(one: Snapshot, other: Snapshot) -> bool:
    return (one.generation, one.tokens, one.graph) == (other.generation, other.tokens, other.graph)
