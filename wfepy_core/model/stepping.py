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
from itertools import count

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.status import TaskState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wfepy_core.model.records import Records
    from wfepy_core.model.topology import Topology

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
        undecided: tasks that are complete and whose transitions are not decided yet.
        again: undecided tasks that another token reached; they run again afterwards.
        ready: tasks whose turn it is, first come, first served. Filled by `begin_pass` and by arrivals.
        late: tasks whose turn it is once nobody else is ready; filled by `put_troubled_last`.
    """

    def __init__(self, topology: Topology, tokens: Iterable[tuple[str, TaskState]] | None = None) -> None:
        """Start from `tokens` (default: NEW on every start point). Unknown names raise KeyError."""
        self.topology = topology
        self.tokens: dict[int, TaskState] = {}
        self.undecided: dict[int, None] = {}
        self.again: dict[int, None] = {}
        self.ready: deque[int] = deque()
        self.late: deque[int] = deque()
        #: Per component: transitions into it whose source can still be run.
        self._open: list[int] = []
        #: Per loop: how many tokens it holds, and its blocked joins in order of arrival.
        loops = topology.members if topology.has_joins else ()
        self._live = dict.fromkeys(loops, 0)
        self._queues: dict[int, dict[int, None]] = {loop: {} for loop in loops}
        #: When each join was reached last, in arrivals.
        self._came: list[int] = [0] * len(topology.names)
        self._tick = count().__next__
        if tokens is None:
            self.tokens = dict.fromkeys(topology.starts, _NEW)
        else:
            for name, state in tokens:
                self._place(topology.index[name], state)
        if topology.has_joins:
            self._direct, self._joins = topology.direct, topology.joins
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
        if self.tokens[task] is _COMPLETE:
            self.undecided[task] = None

    def _count(self) -> None:
        """Count the open transitions from where the tokens stand: O(tasks + transitions)."""
        topology = self.topology
        self._open = list(topology.base_open)
        held = {topology.component[task] for task in self.tokens}
        for task, state in self.tokens.items():
            component = topology.component[task]
            if component in self._live:
                self._live[component] += 1
            if state is _BLOCKED:
                self._block(task)
        for component in topology.sources:
            if component not in held:
                self._close(component)

    # -- reading ------------------------------------------------------------------------------------------

    def state(self) -> list[tuple[str, TaskState]]:
        """Tokens as `(task name, TaskState)` in order of arrival; empty when nothing is left."""
        names = self.topology.names
        found = [(names[task], state) for task, state in self.tokens.items()]
        found.extend((names[task], _NEW) for task in self.again)
        return found

    # -- moves --------------------------------------------------------------------------------------------

    def begin_pass(self) -> None:
        """Give every token that may move its turn, in order of arrival; it keeps its state until then."""
        ready, tokens, joins = self.ready, self.tokens, self.topology.joins
        ready.clear()
        self.late.clear()
        if not self.topology.has_joins:
            ready.extend(tokens)
            return
        blocked = [
            task for task, state in tokens.items() if state is _BLOCKED or (state is _NEW and joins[task])
        ]
        held = frozenset(blocked)
        ready.extend([task for task in tokens if task not in held] if held else tokens)
        if _NEW in [tokens[task] for task in blocked]:
            self._queue_anew(blocked)
        for task in blocked:
            component = self.topology.component[task]
            if not self._open[component]:
                self._release([task] if component == task else self._first_in(component))

    def put_troubled_last(self, records: Records, interrupted: Collection[int]) -> None:
        """Let what may fail or hang again have its turn after everything else, so that nothing starves.

        That is what failed, and what was running when its process ended. After such an end, those who had
        their turn longest ago come first: two tasks that hang in turns cannot keep a third one back.

        Args:
            records: what is remembered of every task.
            interrupted: tasks that were running when the process of the last pass ended.
        """
        if not (records.errors or interrupted):
            return
        troubled = [task for task in self.ready if task in records.errors or task in interrupted]
        self.late.extend(sorted(troubled, key=records.last_start.__getitem__))
        others = [task for task in self.ready if task not in records.errors and task not in interrupted]
        if interrupted:
            others.sort(key=records.last_start.__getitem__)
        self.ready.clear()
        self.ready.extend(others)

    def take_late(self) -> bool:
        """Make the next of the late tasks ready; False if there is none."""
        if not self.late:
            return False
        self.ready.append(self.late.popleft())
        return True

    def wait(self, task: int) -> None:
        """The task ran and is not done."""
        self.tokens[task] = _WAITING

    def fail(self, task: int) -> None:
        """The task raised."""
        self.tokens[task] = _FAILED

    def hold_complete(self, task: int) -> None:
        """The task is done, its transitions are not decided yet."""
        self.tokens[task] = _COMPLETE
        self.undecided[task] = None

    def complete(self, task: int, dests: Sequence[int]) -> None:  # noqa: C901, PLR0912  each call would cost
        """The task is done and these transitions are taken: its token moves on.

        Args:
            task: a task that holds a token.
            dests: destinations in written order; the topology's own `successors` where all are taken.
        """
        tokens, ready, opened = self.tokens, self.ready, self._open
        del tokens[task]
        if self.undecided:
            self.undecided.pop(task, None)
            if self.undecided or self.again:
                self._complete_among_undecided(task, dests)
                return
        if not opened:  # there are no joins: nobody counts
            for dest in dests:
                if dest not in tokens:
                    tokens[dest] = _READY
                    ready.append(dest)
            return
        direct = self._direct[task]
        if direct is None or opened[task]:
            for dest in dests:
                if dest not in tokens:
                    self._arrive(dest)
            self._leave(task)
            return
        # `_arrive` and `_leave` in one go, where no loop is near and nothing can arrive any more.
        taken = None if dests is direct else dests if len(dests) < 8 else set(dests)
        released: tuple[int, ...] = ()
        for dest in direct:
            opened[dest] = left = opened[dest] - 1
            if dest in tokens:
                if not left and tokens[dest] is _BLOCKED:
                    released += (dest,)
            elif taken is not None and dest not in taken:
                if not left:
                    released += tuple(self._close(dest))
            elif not self._joins[dest]:
                tokens[dest] = _READY
                ready.append(dest)
            else:
                self._came[dest] = self._tick()
                if left:
                    tokens[dest] = _BLOCKED
                else:
                    tokens[dest] = _READY
                    released += (dest,)
        if len(released) == 1 and released[0] in direct:
            tokens[released[0]] = _READY
            ready.append(released[0])
        elif released:
            self._release(released)

    def _complete_among_undecided(self, task: int, dests: Sequence[int]) -> None:
        """What `complete` does where a token may reach a task that is done but undecided."""
        tokens, undecided, again = self.tokens, self.undecided, self.again
        for dest in dests:
            if dest in undecided:
                again[dest] = None
            elif dest not in tokens:
                self._arrive(dest)
        if task in again:
            del again[task]
            if task not in tokens:  # a transition to itself has brought it back already
                self._arrive(task)
        if self._open:
            self._leave(task)

    # -- the join rule ------------------------------------------------------------------------------------

    def _arrive(self, task: int) -> None:
        """Put a token on a task that has none."""
        topology = self.topology
        if topology.counted[task]:
            component = topology.component[task]
            if component != task:
                self._live[component] += 1
            if topology.joins[task] and (component != task or self._open[component]):
                self._block(task)
                return
        self.tokens[task] = _READY
        self.ready.append(task)

    def _block(self, join: int) -> None:
        self.tokens[join] = _BLOCKED
        self._came[join] = self._tick()
        component = self.topology.component[join]
        if component != join:
            self._queues[component][join] = None

    def _queue_anew(self, joins: Sequence[int]) -> None:
        """Block joins in the order in which they came: a NEW one may stand before some that are blocked."""
        for queue in self._queues.values():
            queue.clear()
        for join in joins:
            self._block(join)

    def _release(self, joins: Sequence[int]) -> None:
        """Fire joins, first come, first served."""
        if len(joins) > 1:
            joins = sorted(joins, key=self._came.__getitem__)
        component = self.topology.component
        for join in joins:
            self.tokens[join] = _READY
            self.ready.append(join)
            if component[join] != join:
                del self._queues[component[join]][join]

    def _first_in(self, loop: int) -> list[int]:
        """The join whose token came first, if nothing but blocked joins is left in a loop."""
        queue = self._queues[loop]
        return [next(iter(queue))] if queue and len(queue) == self._live[loop] else []

    def _leave(self, task: int) -> None:
        """A token has left the task: fire what waits in its loop, or close what leads out of it."""
        component = self.topology.component[task]
        if component != task:
            self._live[component] -= 1
            if self._open[component]:
                return
            if self._live[component]:
                self._release(self._first_in(component))
                return
        elif self._open[component] or task in self.tokens:
            return
        self._release(self._close(component))

    def _close(self, component: int) -> list[int]:
        """Close what leads out of a component that no token can be in any more, and so on behind it.

        Returns:
            The joins that are free now, in no order.
        """
        exits, opened, tokens, live = self.topology.exits, self._open, self.tokens, self._live
        released: list[int] = []
        closed = [component]
        for source in closed:
            for other in exits[source]:
                opened[other] -= 1
                if opened[other]:
                    continue
                if other in live:
                    if live[other]:
                        released += self._first_in(other)
                    else:
                        closed.append(other)
                elif other not in tokens:
                    closed.append(other)
                elif tokens[other] is _BLOCKED:
                    released.append(other)
        return released
