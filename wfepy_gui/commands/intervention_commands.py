"""Why, what next, and changes by hand: what these commands do in one window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from wfepy_core.model.actor import user_name
from wfepy_gui.commands.availability import Fitting
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr
from wfepy_gui.views.graph.task_menu import TaskMenu
from wfepy_gui.window.action_table import Command
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from wfepy_core.model.events import Intervened
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.models.explanations.backup_comparison import Comparison
    from wfepy_gui.models.explanations.intervention_plan import Plan, TokenPlan
    from wfepy_gui.views.explain.task_panel import TaskPanel
    from wfepy_gui.window.main_window import MainWindow, Services

_VERBS = {
    "complete": QT_TR_NOOP("Complete"),
    "skip": QT_TR_NOOP("Skip"),
    "retry": QT_TR_NOOP("Retry"),
}
ON_TASKS = (Command.WHY, Command.GO_ERROR, Command.COMPLETE, Command.SKIP, Command.RETRY, Command.SET_TOKENS)
"""What the context menu of a task offers."""


class InterventionCommands(QObject):
    """Connects the actions of a window to questions, the pending changes and the files.

    Interventions are staged with the pending changes; where there are none, they are saved at once.
    """

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._session = services.session
        self._plans, self._tokens, self._restores, self._compares, self._forks = (
            BackgroundQuery(services.pool, self) for _ in range(5)
        )
        self._path = ""
        self._reason = ""
        for command, handler in self.handlers().items():
            window.actions_table[command].triggered.connect(handler)
        Fitting(window, services, self)
        self._add_keys_and_menus()
        self._connect()

    def handlers(self) -> dict[Command, Callable[[], object]]:
        """What each command of this area does."""
        window = self._window
        return {
            Command.WHY: partial(window.go_to, "why"),
            Command.PREFLIGHT: self._preflight,
            Command.GO_ERROR: partial(window.go_to, "error"),
            Command.COMPLETE: partial(self._plan, "complete"),
            Command.SKIP: partial(self._plan, "skip"),
            Command.RETRY: partial(self._plan, "retry"),
            Command.SET_TOKENS: self._ask_tokens,
            Command.RESTORE: self._compare,
            Command.FORK: self._fork,
        }

    def _add_keys_and_menus(self) -> None:
        window = self._window
        actions = [window.actions_table[command] for command in ON_TASKS]
        graph = window.graph_panel.graph_view
        self._ask_why_by_key(graph)
        menu = TaskMenu(graph, actions, window.select_task, self)
        window.panels.tasks.when_made(menu.offer_in_table)
        window.panels.tasks.when_made(self._ask_why_in_table)

    def _ask_why_in_table(self, tasks: TaskPanel) -> None:
        self._ask_why_by_key(tasks.table)

    def _ask_why_by_key(self, widget: QWidget) -> None:
        key = QShortcut(QKeySequence(Qt.Key.Key_W), widget)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._window.actions_table[Command.WHY].trigger)

    def _connect(self) -> None:
        self._plans.answered.connect(self._ask_plan)
        self._compares.answered.connect(self._ask_restore)
        self._restores.answered.connect(self._tell_restored)
        self._forks.answered.connect(self._open_fork)
        for questions in (self._plans, self._compares, self._restores, self._forks):
            questions.failed.connect(self._services.notices.report)

    def _preflight(self) -> None:
        self._window.go_to("preflight")
        self._window.preflight_panel.check()

    # -- complete, skip, retry ----------------------------------------------------------------------------

    def _plan(self, kind: str) -> None:
        snapshot, tasks = self._session.editing.preview, self._window.selected_tasks()
        if snapshot is not None and tasks:
            self._reason = ""
            self._ask_for_plan(snapshot, kind, tasks)

    def _ask_for_plan(self, snapshot: Snapshot, kind: str, tasks: tuple[str, ...]) -> None:
        from wfepy_gui.models.explanations.intervention_plan import plan_of  # noqa: PLC0415  start-up time

        self._path = self._session.path
        self._plans.ask(partial(plan_of, snapshot, kind, tasks, by=user_name()))

    def _ask_plan(self, plan: Plan) -> None:
        if self._session.path != self._path:
            return
        if not plan.planned:
            for _, why in plan.refused:
                self._services.notices.warning(why)
            return
        from wfepy_gui.models.explanations.command_lines import on_tasks  # noqa: PLC0415  start-up time
        from wfepy_gui.models.explanations.intervention_plan import plan_rows, plan_warnings  # noqa: PLC0415  start-up time
        from wfepy_gui.views.dialogs.confirmation import Confirmation, Question  # noqa: PLC0415  start-up time

        names = ", ".join(plan.tasks[:3])
        if len(plan.tasks) > 3:
            names = self.tr("{} and {} more").format(names, len(plan.tasks) - 3)
        verb = tr(_VERBS[plan.kind])
        question = Question(
            self.tr("{} {}").format(verb, names),
            self.tr("{} {}? Status of the instance afterwards: {}.").format(
                verb, names, label_of(plan.after)
            ),
            plan_rows(plan),
            plan_warnings(plan),
            f"&{verb}",
            self._note(),
            partial(on_tasks, self._session.program, self._path, plan.kind, plan.tasks),
        )
        dialog = Confirmation(question, self._services.theme, self._window)
        dialog.reason.setText(self._reason)
        dialog.agreed.connect(partial(self._do_plan, plan))
        dialog.open()

    def _do_plan(self, plan: Plan, reason: str) -> None:
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
        made = [(partial(_task_event, plan.kind, task, reason), f"{plan.kind} {task}") for task in plan.tasks]
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

    def _ask_tokens(self) -> None:
        snapshot = self._session.editing.preview
        if snapshot is None:
            return
        from wfepy_gui.models.explanations.command_lines import on_tokens  # noqa: PLC0415  start-up time
        from wfepy_gui.views.dialogs.tokens_dialog import TokensDialog  # noqa: PLC0415  start-up time

        self._path = self._session.path
        services = self._services
        command = partial(on_tokens, self._session.program, self._path, snapshot.tokens)
        dialog = TokensDialog(
            snapshot, self._window.selected_tasks(), self._note(), command, services.theme, services.pool,
            self._window,
        )  # fmt: skip
        dialog.planned.connect(self._do_tokens)
        dialog.open()

    def _do_tokens(self, plan: TokenPlan, reason: str) -> None:
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

    def _compare(self) -> None:
        from wfepy_gui.models.explanations.backup_comparison import compare_backup  # noqa: PLC0415  start-up time

        self._path = self._session.path
        self._compares.ask(partial(compare_backup, self._path, now(), self._services.clock))

    def _ask_restore(self, comparison: Comparison) -> None:
        if self._session.path != self._path:
            return
        from wfepy_gui.models.explanations.command_lines import on_file  # noqa: PLC0415  start-up time
        from wfepy_gui.views.dialogs.confirmation import Confirmation, Question  # noqa: PLC0415  start-up time

        name = self._session.name
        question = Question(
            self.tr("Restore the backup of {}").format(name),
            self.tr("Go back to generation {} of {}?").format(comparison.backup, name),
            comparison.rows,
            (),
            self.tr("&Restore"),
            self.tr(
                "It is saved as a new generation. The present version becomes the backup: restoring "
                "again comes back to it. What tasks did in the world stays done."
            ),
            partial(on_file, self._session.program, "restore", self._path),
        )
        dialog = Confirmation(question, self._services.theme, self._window)
        dialog.agreed.connect(partial(self._restore, comparison))
        dialog.open()

    def _restore(self, comparison: Comparison, reason: str) -> None:
        from wfepy_gui.models.explanations.backup_comparison import restore_compared  # noqa: PLC0415  start-up time

        if self._session.path == self._path:
            self._restores.ask(partial(restore_compared, self._path, comparison, reason))

    def _tell_restored(self, snapshot: Snapshot) -> None:
        from wfepy_core.model.derived_status import instance_status  # noqa: PLC0415  start-up time

        told = self.tr("Restored as generation {}: {}")
        self._services.notices.info(told.format(snapshot.generation, label_of(instance_status(snapshot))))
        self._session.reload()

    def _fork(self) -> None:
        from wfepy_core.storage.sandbox import fork  # noqa: PLC0415  start-up time

        self._forks.ask(partial(_with, self._session.path, fork))

    def _open_fork(self, made: tuple[str, str]) -> None:
        origin, path = made
        from wfepy_gui.models.explanations.command_lines import on_file  # noqa: PLC0415  start-up time

        self._services.notices.info(
            self.tr("{} is a sandbox: a copy to try things on").format(path),
            hint=self.tr("No timer and no advance of its folder touches it; delete it when you are done."),
            details=self.tr("The same as a command: {}").format(
                on_file(self._session.program, "fork", origin, "", path)
            ),
        )
        if self._session.path == origin:
            self._window.open_wanted.emit((path,))


def _with(path: str, act: Callable[[str], str]) -> tuple[str, str]:
    """An answer with what it was asked about."""
    return path, act(path)


def _task_event(kind: str, task: str, reason: str, snapshot: Snapshot) -> Intervened:
    from wfepy_core.operations.interventions import task_event  # noqa: PLC0415  start-up time

    return task_event(snapshot, kind, task, by=user_name(), reason=reason)


def _tokens_event(plan: TokenPlan, reason: str, snapshot: Snapshot) -> Intervened:
    from wfepy_core.operations.interventions import tokens_event  # noqa: PLC0415  start-up time

    return tokens_event(snapshot, plan.tokens, by=user_name(), reason=reason)


def _stand_alike(one: Snapshot, other: Snapshot) -> bool:
    return (one.generation, one.tokens, one.graph) == (other.generation, other.tokens, other.graph)
