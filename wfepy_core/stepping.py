"""Token rules: how tokens arrive, run, wait, finish, and when a join point fires. No I/O, no user code.

The same rules serve the runner, the replay of a journal and the desktop's live picture.

A join point fires once a token has arrived and no other live token can reach it. That is counted, not
searched: every component knows how many transitions into it are still *open* (their source can still be
run). A component is *settled* when it holds no token and none can arrive; settling closes the transitions
that leave it. Each transition closes once, so a pass costs O(tasks + transitions) in all. Inside a loop
every task reaches every other, so a join there fires when only blocked joins are left in the loop and
nothing can arrive from outside; the one whose token came first is taken.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from wfepy_core.status import TaskState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.topology import Topology

_NEW = TaskState.NEW
_READY = TaskState.READY
_WAITING = TaskState.WAITING
_BLOCKED = TaskState.BLOCKED
_COMPLETE = TaskState.COMPLETE
_FAILED = TaskState.FAILED
_CANCELED = TaskState.CANCELED


class Stepper:
    """Where the tokens of one instance stand, and the moves that are allowed.

    Attributes:
        tokens: state by task number, in order of arrival. CANCELED is never held: a token that is not
            there cannot arrive, and that is all a join point asks.
        again: tasks that another token reached after they had completed but before their transitions
            were decided; they run again afterwards.
        ready: tasks whose turn it is, first come, first served. Filled by `begin_pass` and by arrivals.
    """

    def __init__(self, topology: Topology, tokens: Iterable[tuple[str, TaskState]] | None = None) -> None:
        """Start from `tokens` (default: NEW on every start point). Unknown names raise KeyError."""
        self.topology = topology
        self.tokens: dict[int, TaskState] = {}
        self.again: dict[int, None] = {}
        self.ready: deque[int] = deque()
        if tokens is None:
            self.tokens = dict.fromkeys(topology.starts, _NEW)
        else:
            for name, state in tokens:
                self._place(topology.index[name], state)
        self._open: list[int] = []
        self._live: list[int] = []
        self._blocked: list[int] = []
        self._settled = bytearray()
        if topology.has_joins:
            self.recount()

    def _place(self, task: int, state: TaskState) -> None:
        if state is _CANCELED:
            return
        held = self.tokens.get(task)
        if held is None:
            self.tokens[task] = state
        elif _COMPLETE in (held, state) and held is not state:
            self.tokens[task] = _COMPLETE
            self.again[task] = None

    # -- reading ------------------------------------------------------------------------------------------

    def state(self) -> list[tuple[str, TaskState]]:
        """Tokens as `(task name, TaskState)` in order of arrival; empty when nothing is left."""
        names = self.topology.names
        found = [(names[task], state) for task, state in self.tokens.items()]
        found.extend((names[task], _NEW) for task in self.again)
        return found

    # -- moves --------------------------------------------------------------------------------------------

    def begin_pass(self) -> None:
        """Give every token that may move its turn, in order of arrival."""
        ready = self.ready
        ready.clear()
        joins = self.topology.joins
        blocked: list[int] = []
        for task, state in self.tokens.items():
            if state is _BLOCKED or (state is _NEW and joins[task]):
                blocked.append(task)
            else:
                ready.append(task)
        tokens = self.tokens
        for task in ready:
            if tokens[task] is not _COMPLETE:
                tokens[task] = _READY
        for task in blocked:
            tokens[task] = _BLOCKED
        if self.topology.has_joins:
            self.recount()
            for task in blocked:
                self._try_join(self.topology.component[task], task)

    def wait(self, task: int) -> None:
        """The task ran and is not done."""
        self.tokens[task] = _WAITING

    def fail(self, task: int) -> None:
        """The task raised."""
        self.tokens[task] = _FAILED

    def hold_complete(self, task: int) -> None:
        """The task is done, its transitions are not decided yet."""
        self.tokens[task] = _COMPLETE

    def complete(self, task: int, dests: Iterable[int]) -> None:
        """The task is done and these transitions are taken: its token moves on."""
        tokens = self.tokens
        del tokens[task]
        if not self.topology.has_joins:
            ready = self.ready
            for dest in dests:
                if dest not in tokens:
                    tokens[dest] = _READY
                    ready.append(dest)
                elif tokens[dest] is _COMPLETE:
                    self.again[dest] = None
            if self.again and task in self.again:
                self._run_again(task)
            return
        self._live[self.topology.component[task]] -= 1
        for dest in dests:
            self._arrive(dest)
        if self.again and task in self.again:
            self._run_again(task)
        self._settle(self.topology.component[task])

    def cancel(self, task: int) -> None:
        """Take the token off the task; its branch ends here."""
        self.again.pop(task, None)
        self.complete(task, ())

    def arrive(self, task: int) -> None:
        """Put a token on a task from outside (an operator's retry)."""
        if self.topology.has_joins:
            self._arrive(task)
            self.recount()
        elif task not in self.tokens:
            self.tokens[task] = _READY
            self.ready.append(task)
        elif self.tokens[task] is not _COMPLETE:
            self.tokens[task] = _READY

    # -- the join rule ------------------------------------------------------------------------------------

    def _run_again(self, task: int) -> None:
        del self.again[task]
        if self.topology.has_joins:
            self._arrive(task)
        else:
            self.tokens[task] = _READY
            self.ready.append(task)

    def _arrive(self, task: int) -> None:
        tokens = self.tokens
        held = tokens.get(task)
        if held is not None:
            if held is _COMPLETE:
                self.again[task] = None
            return
        topology = self.topology
        component = topology.component[task]
        self._live[component] += 1
        if not topology.joins[task]:
            tokens[task] = _READY
            self.ready.append(task)
        elif self._open[component] or topology.looping[component]:
            tokens[task] = _BLOCKED
            self._blocked[component] += 1
        else:
            tokens[task] = _READY
            self.ready.append(task)

    def _fire(self, join: int, component: int) -> None:
        self.tokens[join] = _READY
        self._blocked[component] -= 1
        self.ready.append(join)

    def _try_join(self, component: int, join: int) -> None:
        """Fire `join` if nothing else can reach it."""
        if self._open[component] or self.tokens.get(join) is not _BLOCKED:
            return
        if not self.topology.looping[component]:
            self._fire(join, component)
        elif self._live[component] == self._blocked[component]:
            self._fire(self._first_blocked(component), component)

    def _first_blocked(self, component: int) -> int:
        members = self.topology.component
        tokens = self.tokens
        return next(task for task in tokens if tokens[task] is _BLOCKED and members[task] == component)

    def _settle(self, component: int) -> None:
        """After a token left `component`: fire what waits inside it, or close what leads out of it."""
        pending = [component]
        topology = self.topology
        opened, live, blocked = self._open, self._live, self._blocked
        owner = topology.component
        while pending:
            component = pending.pop()
            if opened[component] or self._settled[component]:
                continue
            if live[component]:
                if blocked[component] == live[component]:
                    self._fire(self._first_blocked(component), component)
                continue
            self._settled[component] = 1
            for task in topology.members[component]:
                for dest in topology.successors[task]:
                    other = owner[dest]
                    if other != component:
                        opened[other] -= 1
                        if not opened[other]:
                            pending.append(other)

    def recount(self) -> None:
        """Count the open transitions anew from where the tokens stand: O(tasks + transitions)."""
        topology = self.topology
        owner = topology.component
        size = len(topology.members)
        self._open = list(topology.base_open)
        self._live = [0] * size
        self._blocked = [0] * size
        self._settled = bytearray(size)
        for task, state in self.tokens.items():
            self._live[owner[task]] += 1
            if state is _BLOCKED:
                self._blocked[owner[task]] += 1
        opened, live, settled = self._open, self._live, self._settled
        # Components are numbered in reverse topological order: sources first means counting down.
        for component in range(size - 1, -1, -1):
            if opened[component] or live[component]:
                continue
            settled[component] = 1
            for task in topology.members[component]:
                for dest in topology.successors[task]:
                    if owner[dest] != component:
                        opened[owner[dest]] -= 1
