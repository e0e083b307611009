"""One snapshot at one moment, with the answers that several sentences of an explanation need. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.explain.analysis import analyse
from wfepy_core.model.status import TaskStatus
from wfepy_core.time_text import MINUTE, in_words, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.model.records import Record
    from wfepy_core.model.snapshot import Snapshot


class Times:
    """How a sentence gives moments: here with their age, or on this machine's clock with its zone.

    A front end that lets its user choose derives from this class; see `explain.why`. Moments are integer
    microseconds since 1970 UTC.
    """

    def past(self, at: int, now: int) -> str:
        """When something happened: `3 min ago`."""
        return f"{in_words(now - at)} ago"

    def ahead(self, at: int, _now: int) -> str:
        """When something happened, by a clock that is ahead of this one: `at 2026-12-01 10:00 UTC`."""
        return f"at {moment(at)}"

    def until(self, at: int, now: int) -> str:
        """A deadline to come: `until 2026-12-01 10:00 UTC (in 2 h)`."""
        return f"until {moment(at)} (in {in_words(at - now)})"

    def overdue(self, at: int, now: int) -> str:
        """A deadline that is over: `though 2026-12-01 10:00 UTC passed 3 min ago`."""
        return f"though {moment(at)} passed {self.past(at, now)}"


class Facts:
    """One snapshot at one moment, with what several clauses need.

    Attributes:
        now: the present, integer microseconds since 1970 UTC.
        holder: who runs the pass, in words; empty when unknown.
        times: writes moments.
        tokens: state by task name, in order of arrival.
        statuses: status by task name, in graph order.
        results: every transition with what is known of it, in graph order.
    """

    def __init__(self, snapshot: Snapshot, now: int, holder: str = "", times: Times | None = None) -> None:
        self.snapshot = snapshot
        self.now = now
        self.holder = holder
        self.times = times or Times()
        self._analysis = analyse(snapshot)
        self.tokens = self._analysis.tokens
        self.statuses = self._analysis.statuses
        self.results = self._analysis.results

    def record(self, task: str) -> Record:
        """What is remembered of a task."""
        return self.snapshot.record(task)

    def ago(self, at: int) -> str:
        """When something happened, in words."""
        if at > self.now + MINUTE:
            return f"{self.times.ahead(at, self.now)}, in the future (check this host's clock)"
        return self.times.past(at, self.now)

    def holding(self, *statuses: TaskStatus) -> list[str]:
        """Tasks that hold a token (or run) and have one of these statuses, longest waiting first."""
        live = [
            task
            for task, status in self.statuses.items()
            if status in statuses and (task in self.tokens or task in self.snapshot.running)
        ]
        return sorted(live, key=lambda task: self.record(task).waiting_since)

    def blockers(self, task: str) -> list[str]:
        """Tasks that hold a token which can still arrive at `task`, nearest first. O(tasks + transitions)."""
        return self._holders_before(task, through_blocked=True)[0]

    def nearest_blockers(self, task: str) -> tuple[list[str], int]:
        """The nearest of the blockers, up to `NAMED`, and how many there are."""
        topology, arrivals = self.snapshot.topology, self._analysis.arrivals
        number = topology.index[task]
        return [topology.names[each] for each in arrivals.nearest(number)], arrivals.count(number)

    def direct_blockers(self, task: str) -> tuple[list[str], int]:
        """Of the blockers those that a nearer blocked join point does not wait for already.

        Beside them stands how many tasks were looked at to find them.
        """
        return self._holders_before(task, through_blocked=False)

    @property
    def waited_for(self) -> frozenset[str]:
        """The direct blockers of all blocked tasks but those that only they themselves wait for."""
        return self._analysis.waited_for

    def _holders_before(self, task: str, *, through_blocked: bool) -> tuple[list[str], int]:
        topology = self.snapshot.topology
        names, predecessors = topology.names, topology.predecessors
        start = topology.index[task]
        seen = {start}
        queue = [start]
        for number in queue:
            blocked = not through_blocked and self.statuses[names[number]] is TaskStatus.BLOCKED
            if blocked and number != start:
                continue
            for source in predecessors[number]:
                if source not in seen:
                    seen.add(source)
                    queue.append(source)
        return [names[number] for number in queue[1:] if names[number] in self.tokens], len(queue)

    def is_alive(self, task: str) -> bool:
        """Whether a token holds the task or can still reach it."""
        return self.snapshot.topology.index[task] in self._analysis.alive

    def reached_from(self, task: str) -> set[str]:
        """Tasks that come after `task`, without itself."""
        topology = self.snapshot.topology
        found = topology.reachable([topology.index[task]])
        return {topology.names[number] for number in found} - {task}

    def blocked_by(self, tasks: Iterable[str]) -> list[str]:
        """Blocked join points that wait for one of `tasks`, in graph order."""
        topology = self.snapshot.topology
        followers = [dest for task in tasks for dest in topology.successors[topology.index[task]]]
        after = {topology.names[number] for number in topology.reachable(followers)}
        return [
            task for task, status in self.statuses.items() if status is TaskStatus.BLOCKED and task in after
        ]

    def next_after(self, tasks: Iterable[str]) -> list[str]:
        """Direct followers of `tasks` that were not reached yet, in graph order."""
        sources = set(tasks)
        dests = {edge.dest for edge, _ in self.results if edge.source in sources}
        return [
            task
            for task, status in self.statuses.items()
            if status is TaskStatus.NOT_REACHED and task in dests
        ]
