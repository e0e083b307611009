"""Token rules: how tokens arrive, run, wait, finish, and when a join point fires. No I/O, no user code.

The same rules serve the runner, the replay of a journal and the desktop's live picture.

A join point fires once a token has arrived and no other live token can reach it. That is counted, not
searched: every component knows how many transitions into it are still *open* (their source can still be
run). When the last token has left a component that nothing leads into any more, the transitions out of it
are closed. Each transition closes once, so a pass costs O(tasks + transitions) in all. Inside a loop
every task reaches every other, so a join there fires when only blocked joins are left in the loop and
nothing can arrive from outside; the one whose token came first is taken.
"""

from __future__ import annotations

from collections import deque

from wfepy_core.status import TaskState
from wfepy_core.values import TYPE_CHECKING

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
        #: Per component: transitions into it whose source can still be run.
        self._open: list[int] = []
        #: Per loop: how many tokens it holds, and its blocked joins in order of arrival.
        self._live: dict[int, int] = {}
        self._queues: dict[int, dict[int, None]] = {}
        #: Blocked joins, with a number that grows with every arrival.
        self._came: dict[int, int] = {}
        self._arrivals = 0
        if topology.has_joins:
            self._count()

    def _place(self, task: int, state: TaskState) -> None:
        if state is _CANCELED:
            return
        if state is _BLOCKED and not self.topology.joins[task]:
            state = _READY  # no join point (any more): nothing to wait for
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
        """Give every token that may move its turn, in order of arrival.

        What waited or failed keeps that state until its function is called.
        """
        ready, tokens, joins = self.ready, self.tokens, self.topology.joins
        ready.clear()
        blocked: list[int] = []
        for task, state in tokens.items():
            if state is _BLOCKED or (state is _NEW and joins[task]):
                blocked.append(task)
                continue
            ready.append(task)
            if state is _NEW:
                tokens[task] = _READY
        for task in blocked:
            if tokens[task] is _NEW:
                self._block(task)
        for task in blocked:
            component = self.topology.component[task]
            if self._open[component]:
                continue
            if not self.topology.looping[component]:
                self._fire(task)
            else:
                self._resolve(component)

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
        tokens, ready, counted = self.tokens, self.ready, self.topology.counted
        del tokens[task]
        for dest in dests:
            if dest in tokens:
                if tokens[dest] is _COMPLETE:
                    self.again[dest] = None
            elif counted[dest]:
                self._arrive(dest)
            else:
                tokens[dest] = _READY
                ready.append(dest)
        if self.again and task in self.again:
            del self.again[task]
            if task not in tokens:  # a transition to itself has brought it back already
                self._arrive(task)
        if self.topology.has_joins:
            self._leave(task)

    # -- the join rule ------------------------------------------------------------------------------------

    def _arrive(self, task: int) -> None:
        """Put a token on a task that has none."""
        topology = self.topology
        if topology.counted[task]:
            component = topology.component[task]
            looping = topology.looping[component]
            if looping:
                self._live[component] = self._live.get(component, 0) + 1
            if topology.joins[task] and (looping or self._open[component]):
                self._block(task)
                return
        self.tokens[task] = _READY
        self.ready.append(task)

    def _block(self, join: int) -> None:
        self.tokens[join] = _BLOCKED
        self._arrivals += 1
        self._came[join] = self._arrivals
        component = self.topology.component[join]
        if self.topology.looping[component]:
            self._queues.setdefault(component, {})[join] = None

    def _fire(self, join: int) -> None:
        self.tokens[join] = _READY
        self.ready.append(join)
        self._came.pop(join, None)
        queue = self._queues.get(self.topology.component[join])
        if queue is not None:
            queue.pop(join, None)

    def _resolve(self, loop: int) -> None:
        """Fire the first join of a loop into which nothing leads, if only blocked joins are left in it."""
        queue = self._queues.get(loop)
        if queue and len(queue) == self._live[loop]:
            self._fire(next(iter(queue)))

    def _leave(self, task: int) -> None:
        """A token has left the task: fire what waits in its loop, or close what leads out of it."""
        topology = self.topology
        component = topology.component[task]
        if topology.looping[component]:
            self._live[component] -= 1
            if self._open[component]:
                return
            if self._live[component]:
                self._resolve(component)
                return
        elif self._open[component] or task in self.tokens:
            return
        released = self._close(component)
        if len(released) > 1:
            released.sort(key=self._came.__getitem__)
        for join in released:
            self._fire(join)

    def _close(self, component: int) -> list[int]:
        """Close what leads out of a component that no token can be in any more, and so on behind it.

        Returns:
            The joins that are free now, in no order.
        """
        topology = self.topology
        exits, sole, opened, tokens = topology.exits, topology.sole, self._open, self.tokens
        released: list[int] = []
        pending: list[int] = [component]
        for closed in pending:
            for other in exits[closed]:
                opened[other] -= 1
                if opened[other]:
                    continue
                held = tokens.get(sole[other])
                if held is _BLOCKED:
                    released.append(sole[other])
                elif held is None:
                    if not self._live.get(other):
                        pending.append(other)
                    elif len(self._queues.get(other, ())) == self._live[other]:
                        released.append(next(iter(self._queues[other])))
        return released

    def _count(self) -> None:
        """Count the open transitions from where the tokens stand: O(tasks + transitions)."""
        topology = self.topology
        for task, state in self.tokens.items():
            component = topology.component[task]
            if topology.looping[component]:
                self._live[component] = self._live.get(component, 0) + 1
            if state is _BLOCKED:
                self._block(task)
        self._open = list(topology.base_open)
        held = {topology.component[task] for task in self.tokens}
        for component in topology.sources:
            if component not in held:
                self._close(component)
