"""The text of a lock file: who holds an instance, and the passes since its last save that changed nothing.

It is one JSON text, which every holder rewrites. While the instance is held, it names the holder and the
tasks that are being polled: those leave no line in the journal unless something comes of them. When it is
free, what is left are statistics: the last pass, and how often each waiting task was polled since the state
file was saved. They are no truth: what is broken or missing is just not there.
"""

from __future__ import annotations

import json

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.events import TaskStarted
from wfepy_core.model.snapshot import LastPass, apply
from wfepy_core.model.status import TaskState
from wfepy_core.storage.iso_time import END_OF_TIME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeVar

    from wfepy_core.model.records import Records
    from wfepy_core.model.snapshot import Snapshot

    _T = TypeVar("_T")

MAX_BYTES = 1 << 20
"""Of a longer text no more is read, so that none is written: of what may be long, each part has its share."""
_MOST_OF_POLLS = MAX_BYTES // 2
_MOST_OF_STARTS = MAX_BYTES // 5  # of the interrupted ones, and of those that have not ended
_MAX_COUNT = 2**53 - 1
_ROOM = 64
DIED = "its process died"
"""How a pass ended that did not say how it ended."""
_MOST_OF_END = 200  # characters of how a pass ended


class Holder(NamedTuple):
    """Who holds an instance.

    Attributes:
        user: login name.
        pid: process id, on `host`.
        host: name of the computer.
        since: when it was taken, microseconds since the epoch.
        purpose: what for: `advance`, `edit`.
    """

    user: str
    pid: int
    host: str
    since: int
    purpose: str


class Polls(NamedTuple):
    """How often waiting tasks were polled since a save, without any change.

    Attributes:
        generation: of that save; where the state file has another, they are over.
        tasks: how often, and when last (microseconds since 1970 UTC), by task name.
    """

    generation: int
    tasks: Mapping[str, tuple[int, int]]


class LockText(NamedTuple):
    """What a lock file says.

    Attributes:
        holder: whoever holds the instance, or did when its process died; None: nobody.
        last: the last pass that ended; None: not known.
        polls: what passes did that changed nothing; None: nothing, or not known.
        interrupted: polls whose process died, and which no later holder has written into the journal yet.
        polling: the polls of the holder that have not ended.
    """

    holder: Holder | None = None
    last: LastPass | None = None
    polls: Polls | None = None
    interrupted: tuple[TaskStarted, ...] = ()
    polling: tuple[TaskStarted, ...] = ()


# -- spelling -----------------------------------------------------------------------------------------------

_quote = json.encoder.encode_basestring_ascii


def held_text(text: LockText) -> tuple[str, str]:
    """The text while an instance is held, in two parts: what stands before `polling_text`, and that."""
    members = [*_statistics(text), json.dumps((text.holder or Holder("", 0, "", 0, ""))._asdict())[1:-1]]
    before = "{" + ", ".join(members)
    return before, polling_text(text.polling, len(before))


def polling_text(polling: Iterable[TaskStarted], before: int) -> str:
    """The end of the text while an instance is held, behind `before` other characters."""
    rows = _rows_text(polling)
    end = f', "polling": [{rows}]}}' if rows else "}"
    return end + _restless_end(before + len(end))


def free_text(text: LockText) -> str:
    """The text when nobody holds the instance; empty where there is nothing to remember."""
    members = _statistics(text)
    if not members:
        return ""
    free = "{" + ", ".join(members) + "}"
    if text.interrupted:
        return free + _restless_end(len(free))
    return free + " " * (-(len(free) + 1) % _ROOM) + "\n"


def is_at_rest(size: int) -> bool:
    """Whether a lock file of this size in bytes was left by a holder that ended well.

    Whoever lists ten thousand instances has no time to open their lock files. So the size of a text that
    names a holder, or polls that were interrupted, is never a multiple of 64, that of any other always.
    """
    return size % _ROOM == 0


def _restless_end(size: int) -> str:
    """The end of a text of that size so far which tells of more than statistics."""
    return "\n" if (size + 1) % _ROOM else " \n"


def _statistics(text: LockText) -> list[str]:
    members = []
    if text.last is not None:
        members.append(f'"last": {json.dumps(text.last._asdict())}')
    if text.polls is not None and text.polls.tasks:
        polls = json.dumps(text.polls._asdict())
        if len(polls) <= _MOST_OF_POLLS:
            members.append(f'"polls": {polls}')
    if text.interrupted:
        members.append(f'"interrupted": [{_rows_text(text.interrupted)}]')
    return members


def _rows_text(starts: Iterable[TaskStarted]) -> str:
    rows = [_row(start) for start in starts]
    while sum(map(len, rows)) > _MOST_OF_STARTS:
        del rows[len(rows) // 2 :]
    return ", ".join(rows)


def _row(start: TaskStarted) -> str:
    return f"[{start.generation}, {start.at}, {_quote(start.task)}]"


def after_death(text: LockText) -> LockText:
    """What a text means once it is known that its holder died: its polls, and its pass, were cut off."""
    dead, last = text.holder, text.last
    if dead is not None and dead.purpose == "advance":
        at = max(0, min(dead.since, END_OF_TIME - 1))
        last = LastPass(at, dead.user, dead.host, dead.pid, dead.purpose, DIED)
    return LockText(None, last, text.polls, (*text.interrupted, *text.polling))


def describe_end(end: str | BaseException | None) -> str:
    """How a pass ended, in words of bounded length."""
    text = end if isinstance(end, str) else f"{type(end).__name__}: {end}".removesuffix(": ")
    return text if len(text) <= _MOST_OF_END else f"{text[: _MOST_OF_END - 1]}…"


# -- reading ------------------------------------------------------------------------------------------------


def parse_lock_text(data: bytes) -> LockText | None:
    """What a text says; None where it is torn. A member that makes no sense is not there."""
    line = data.partition(b"\n")[0]
    if not line.strip(b" \0"):
        return LockText()
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if type(members) is not dict:
        return None
    return LockText(
        _sensible(_holder, members) if "pid" in members else None,
        _sensible(_last, members.get("last")),
        _sensible(_polls, members.get("polls")),
        _sensible(_rows, members.get("interrupted", [])) or (),
        _sensible(_rows, members.get("polling", [])) or (),
    )


def _sensible(read: Callable[[Any], _T], value: Any) -> _T | None:
    try:
        return None if value is None else read(value)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return None


def _holder(members: Any) -> Holder:
    return Holder(
        user=str(members["user"]),
        pid=int(members["pid"]),
        host=str(members["host"]),
        since=int(members["since"]),
        purpose=str(members["purpose"]),
    )


def _last(value: Any) -> LastPass:
    return LastPass(
        at=_number(value["at"], END_OF_TIME - 1),
        by=str(value["by"]),
        host=str(value["host"]),
        pid=_number(value["pid"]),
        command=str(value["command"]),
        ended=str(value["ended"]),
    )


def _polls(value: Any) -> Polls:
    tasks = {
        str(task): (_number(count), _number(at, END_OF_TIME - 1))
        for task, (count, at) in value["tasks"].items()
    }
    return Polls(_number(value["generation"]), tasks)


def _rows(value: Any) -> tuple[TaskStarted, ...]:
    return tuple(
        TaskStarted(_number(generation), _number(at, END_OF_TIME - 1), str(task))
        for generation, at, task in value
    )


def _number(value: Any, most: int = _MAX_COUNT) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(value)
    return value


# -- what it adds to an instance ----------------------------------------------------------------------------


def add_polls(records: Records, polls: Polls | None, generation: int, index: Mapping[str, int]) -> None:
    """Count the polls since the save of a state file among the attempts and polls of its records.

    Args:
        records: as they were saved; they are changed.
        polls: what the lock file says.
        generation: that of the state file.
        index: task numbers by name.
    """
    if polls is None or polls.generation != generation:
        return
    for name, (count, at) in polls.tasks.items():
        task = index.get(name, -1)
        if task >= 0 and records.polls[task]:
            records.attempts[task] += count
            records.polls[task] += count
            records.last_start[task] = max(at, records.last_start[task])


def with_starts(snapshot: Snapshot, text: LockText) -> Snapshot:
    """The snapshot with the polls that have not ended, as far as the journal does not tell of them."""
    starts = unknown_starts(snapshot, (*text.interrupted, *text.polling))
    return apply(snapshot, starts) if starts else snapshot


def unknown_starts(snapshot: Snapshot, starts: Sequence[TaskStarted]) -> list[TaskStarted]:
    """Those of these starts that are news: of tasks that wait in this snapshot, which it does not know.

    It knows one by its time, not by what is later: a clock may have gone back.
    """
    if not starts:
        return []
    index, records = snapshot.topology.index, snapshot.records
    waiting = {name for name, state in snapshot.tokens if state is not TaskState.COMPLETE}
    return [
        start
        for start in starts
        if start.task in waiting
        and start.generation >= snapshot.generation
        and start.at != records.last_start[index[start.task]]
    ]
