"""Places tokens by hand; shows at each choice what would come of it. The default is No."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from wfepy_core.model.status import TaskState
from wfepy_gui.models.explanations.intervention_plan import TokenPlan, token_plan
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.translation import tr
from wfepy_gui.views.dialogs.confirmation import Confirmation, ConfirmationRequest
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.labels import name_control
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.theme import Theme

    Tokens = tuple[tuple[str, TaskState], ...]

_OFFERED = (TaskState.READY, TaskState.WAITING, TaskState.COMPLETE)


class TokensDialog(Confirmation):
    """Show it with `open()`.

    Signals:
        planned: a `TokenPlan` and the reason, when the operator agreed.
    """

    planned = Signal(TokenPlan, str)

    def __init__(
        self,
        snapshot: Snapshot,
        tasks: Sequence[str],
        note: str,
        command: Callable[[Tokens, str], str],
        theme: Theme,
        pool: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._plan: TokenPlan | None = None
        self._command_for = command
        question = ConfirmationRequest(
            title=tr("Set tokens"),
            text=tr("Where should the instance stand?"),
            rows=(),
            warnings=(),
            verb=tr("&Set tokens"),
            note=note,
            command=self._command_text,
        )
        super().__init__(question, theme, parent)
        self._plans = BackgroundQuery(pool, self)
        self._plans.answered.connect(self._on_plan_ready)
        now = dict(reversed(snapshot.tokens))
        names = list(dict.fromkeys((*tasks, *(name for name, _ in snapshot.tokens))))
        self.choices: dict[str, QComboBox] = {}
        table = self._table(names, now)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, table, 1)
        self.tree.setAccessibleDescription(self.tr("What the chosen tokens would change."))
        self._placeholder = EmptyState(self.tree, self._say_why_empty)
        self.yes.setEnabled(False)
        self.agreed.connect(self._on_agreed)

    def _table(self, names: list[str], now: dict[str, TaskState]) -> QTableWidget:
        table = QTableWidget(len(names), 2, self)
        meaning = self.tr("One row a task; its token is chosen in the second column.")
        name_control(table, self.tr("Tasks and their tokens"), meaning)
        table.setHorizontalHeaderLabels([self.tr("Task"), self.tr("Token")])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        for row, name in enumerate(names):
            table.setItem(row, 0, QTableWidgetItem(name))
            table.setCellWidget(row, 1, self._choice(name, now.get(name)))
        return table

    def _choice(self, name: str, state: TaskState | None) -> QComboBox:
        choice = QComboBox(self)
        meaning = self.tr("Where this task should stand; what would change stands below.")
        name_control(choice, self.tr("Token of {}").format(name), meaning)
        topology = self._snapshot.topology
        offered: list[TaskState | None] = [None, *_OFFERED]
        if topology.joins[topology.index[name]]:
            offered.append(TaskState.BLOCKED)
        if state not in offered:
            offered.append(state)
        for each in offered:
            choice.addItem(self.tr("no token") if each is None else each.name, each)
        choice.setCurrentIndex(offered.index(state))
        choice.currentIndexChanged.connect(self._on_choice_changed)
        self.choices[name] = choice
        return choice

    def _say_why_empty(self) -> str:
        if self._plan is not None and self._plan.problem:
            return self._plan.problem
        return self.tr("Choose other tokens above to see what would change.")

    def _on_choice_changed(self) -> None:
        self.yes.setEnabled(False)
        wanted = {name: choice.currentData() for name, choice in self.choices.items()}
        self._plans.ask(partial(token_plan, self._snapshot, wanted, by=""))

    def _on_plan_ready(self, plan: TokenPlan) -> None:
        self._plan = plan
        self.tree.show_rows(plan.rows)
        self._placeholder.refresh()
        self.yes.setEnabled(not plan.problem)
        self.yes.setToolTip(plain_tip(plan.problem))
        self.show_command()

    def _command_text(self, reason: str) -> str:
        plan = self._plan
        return self._command_for(plan.tokens, reason) if plan is not None and not plan.problem else ""

    def _on_agreed(self, reason: str) -> None:
        if self._plan is not None and not self._plan.problem:
            self.planned.emit(self._plan, reason)
