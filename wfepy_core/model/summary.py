"""What a list of many instances needs to know of one: where it stands, since when and why. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.derived_status import idle_status
from wfepy_core.model.status import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfepy_core.model.records import Records, TaskError
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import TaskState
    from wfepy_core.model.topology import Topology

MOST_TASKS = 3
MOST_CHARACTERS = 80
"""Of a reason or an error."""
_MATTERS = (TaskStatus.FAILED, TaskStatus.INTERRUPTED, TaskStatus.RUNNING, TaskStatus.WAITING)


class TaskSummary(NamedTuple):
    """A task an instance stands at.

    Attributes:
        task: its name.
        status: what a person is shown for it.
        since: since when, microseconds since 1970 UTC; 0: not known.
        until: the moment it waits for; 0: none named.
        why: its reason or error, one line of at most `MOST_CHARACTERS`.
        fingerprint: of the whole of that; empty where there is none.
    """

    task: str
    status: TaskStatus
    since: int
    until: int
    why: str
    fingerprint: str


class Summary(NamedTuple):
    """Where an instance stands.

    Attributes:
        at: the tasks that matter, most urgent first, of several the one that is so longest.
        more: how many more there are.
        done: how many tasks were done, at least once.
        tasks: how many there are.
    """

    at: tuple[TaskSummary, ...]
    more: int
    done: int
    tasks: int


def summary_of(snapshot: Snapshot) -> Summary:
    """The summary of an instance."""
    active = TaskStatus.INTERRUPTED if snapshot.interrupted else TaskStatus.RUNNING
    return summary_from(
        snapshot.tokens, snapshot.records, snapshot.topology, running=snapshot.running, active=active
    )


def summary_from(
    tokens: Iterable[tuple[str, TaskState]],
    records: Records,
    topology: Topology,
    *,
    running: Sequence[str] = (),
    active: TaskStatus = TaskStatus.INTERRUPTED,
) -> Summary:
    """The summary of an instance from its parts; `active` is the status of the tasks that are `running`."""
    index = topology.index
    statuses = {
        index[name]: idle_status(index[name], records, state, is_reachable=True) for name, state in tokens
    }
    statuses.update(dict.fromkeys([index[name] for name in running], active))
    chosen = [task for task, status in statuses.items() if status in _MATTERS] or list(statuses)
    chosen.sort(key=lambda task: (statuses[task].priority, _since(task, statuses[task], records)))
    return Summary(
        tuple(_of_task(task, statuses[task], records, topology.names) for task in chosen[:MOST_TASKS]),
        max(0, len(chosen) - MOST_TASKS),
        len(records) - records.iterations.count(0),
        len(records),
    )


def _of_task(task: int, status: TaskStatus, records: Records, names: Sequence[str]) -> TaskSummary:
    why = ""
    if status is TaskStatus.FAILED:
        why = _in_words(records.errors.get(task))
    elif status is TaskStatus.WAITING:
        why = records.reasons.get(task, "")
    line = " ".join(why.split())
    short = line if len(line) <= MOST_CHARACTERS else f"{line[: MOST_CHARACTERS - 1]}…"
    from binascii import crc32  # an idle pass makes no summary

    fingerprint = f"{crc32(why.encode('utf-8', 'surrogatepass')):08x}" if why else ""
    until = records.untils.get(task, 0) if status is TaskStatus.WAITING else 0
    return TaskSummary(names[task], status, _since(task, status, records), max(0, until), short, fingerprint)


def _in_words(error: TaskError | None) -> str:
    if error is None:  # somebody put a failed token there
        return ""
    name = error.type.removeprefix("builtins.")
    return f"{name}: {error.message}" if error.message else name


def _since(task: int, status: TaskStatus, records: Records) -> int:
    if status is TaskStatus.WAITING:
        return records.waiting_since[task]
    if status is TaskStatus.FAILED:
        return records.end[task]
    return records.last_start[task] if status in _MATTERS else 0
