"""What happens to an instance, as frozen values. The same values are journal lines and the desktop's feed.

One event is one line of JSON: `encode` and `decode` are the only two places that know its spelling.
Times are integer microseconds since 1970 UTC. `generation` is that of the snapshot the event builds on; a
snapshot of a later generation already contains it.
"""

from __future__ import annotations

import json

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.json_values import parse_json
from wfepy_core.model.records import NOT_TAKEN, TAKEN, UNDECIDED, TaskError
from wfepy_core.model.status import InstanceStatus, InterventionKind, Origin, TaskState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class Changes(NamedTuple):
    """Changed top-level context keys.

    Attributes:
        set: new values in the state file's JSON form.
        unset: keys that are gone.
        whole: one value, the new context as a whole, where it is not a dict with text keys; else empty.
    """

    set: Mapping[str, Any] = {}
    unset: tuple[str, ...] = ()
    whole: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.set or self.unset or self.whole)


class PassStarted(NamedTuple):
    """A pass begins; `by`, `host` and `pid` say whose."""

    generation: int
    at: int
    by: str
    host: str
    pid: int


class TaskStarted(NamedTuple):
    """A task function is being called."""

    generation: int
    at: int
    task: str


class TaskEnded(NamedTuple):
    """A task function came back: state is COMPLETE, WAITING or FAILED.

    Attributes:
        reason: why it waits.
        until: the moment it waits for; 0: none named.
        error: what it raised, when FAILED.
        changes: what it changed in the context.
        taken: decision string of its transitions when they have no condition; else empty, and a
            `TransitionsDecided` follows.
        to: destinations of the transitions that are taken with it; empty also in journals of older versions.
    """

    generation: int
    at: int
    task: str
    state: TaskState
    reason: str = ""
    until: int = 0
    error: TaskError | None = None
    changes: Changes = Changes()
    taken: str = ""
    to: tuple[str, ...] = ()


class TransitionsDecided(NamedTuple):
    """The conditions behind a completed task were evaluated; `taken` is its decision string.

    Attributes:
        to: destinations of the transitions that are taken; empty also in journals of older versions.
    """

    generation: int
    at: int
    task: str
    taken: str
    changes: Changes = Changes()
    to: tuple[str, ...] = ()


class Interrupted(NamedTuple):
    """A task was called and did not come back: its process ended. Noted by whoever takes the instance up.

    Attributes:
        started: when it was called, microseconds since 1970 UTC; 0: not known.
        reason: why its process ended, where that is known.
    """

    generation: int
    at: int
    task: str
    started: int = 0
    reason: str = ""


class ConditionFailed(NamedTuple):
    """A condition behind a completed task raised; `error.condition` names the destination."""

    generation: int
    at: int
    task: str
    error: TaskError


class Intervened(NamedTuple):
    """An operator changed the instance by hand.

    Attributes:
        kind: what was done. FORK: first line of a sandbox made by an older version. OUTSIDE: the state file
            was not what was saved last. NOTE and PRUNE change nothing.
        by: who.
        task: which task; empty for the instance as a whole.
        reason: why, in the operator's words.
        changes: what was changed in the context.
        old: previous values of the changed context keys that had one.
        tokens: where the instance stands afterwards, for kinds that move tokens; else None.
        stood: where it stood before, for these kinds; None also in journals of older versions.
        target: the generation that RESTORE went back to; 0: not known.
        version: the whole instance afterwards, for kinds that replace it (MIGRATE, RESTORE): the members of a
            state file that make it up; None also in journals of older versions.
    """

    generation: int
    at: int
    kind: InterventionKind
    by: str
    task: str = ""
    reason: str = ""
    changes: Changes = Changes()
    old: Mapping[str, Any] = {}
    tokens: tuple[tuple[str, TaskState], ...] | None = None
    stood: tuple[tuple[str, TaskState], ...] | None = None
    target: int = 0
    version: Mapping[str, Any] | None = None


class PassEnded(NamedTuple):
    """A pass is over and saved; `generation` is the new one, `status` that of the instance."""

    generation: int
    at: int
    status: InstanceStatus


class SnapshotTaken(NamedTuple):
    """The whole instance as it was saved, at the beginning of a segment of the journal.

    Attributes:
        generation: that of the snapshot.
        at: when it was saved.
        origin: whether the instance began with it, and how.
        version: the members of a state file that make it up.
        segment: number that this part of the journal will have as a closed one, from 1.
        by: who started it; empty for a SEGMENT.
        source: where an imported or forked one comes from; else empty.
        id: of the instance whose history this is; empty in journals of older versions.
    """

    generation: int
    at: int
    origin: Origin
    version: Mapping[str, Any]
    segment: int = 0
    by: str = ""
    source: str = ""
    id: str = ""


Event = (
    PassStarted
    | TaskStarted
    | TaskEnded
    | TransitionsDecided
    | ConditionFailed
    | Interrupted
    | Intervened
    | PassEnded
    | SnapshotTaken
)

_KINDS: dict[str, type[Event]] = {
    "pass": PassStarted,
    "start": TaskStarted,
    "end": TaskEnded,
    "decided": TransitionsDecided,
    "condition": ConditionFailed,
    "interrupted": Interrupted,
    "hand": Intervened,
    "saved": PassEnded,
    "snapshot": SnapshotTaken,
}
_STATUSES = {status.value: status for status in InstanceStatus}
#: Members that are a word, and what makes a value of it.
_WORDS: dict[str, Callable[[Any], Any]] = {
    "state": TaskState.__getitem__,
    "kind": InterventionKind,
    "origin": Origin,
    "status": _STATUSES.__getitem__,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}

_to_json = json.JSONEncoder(
    ensure_ascii=True, allow_nan=False, check_circular=False, separators=(",", ":")
).encode
_quote = json.encoder.encode_basestring_ascii

_LETTERS = {TAKEN, NOT_TAKEN, UNDECIDED}

#: A moment or count beyond these is no event: the snapshot it led to could not be saved.
_MAX_TIME, _MAX_COUNT = 253_402_300_800_000_000, 2**53


def encode(event: Event) -> bytes:
    """One line of ASCII JSON without its newline; members that have their default are left out."""
    # Two lines a task are written by each pass: those are spelled out, ten times faster than the rest.
    kind = type(event)
    if kind is TaskStarted:
        generation, at, task = event  # type: ignore[misc]  # mypy does not narrow on `type(...) is`
        quoted = _quote(task)  # type: ignore[arg-type]  # likewise
        return f'{{"e":"start","g":{generation},"t":{at},"task":{quoted}}}'.encode("ascii")
    if kind is TaskEnded:
        return _encode_ended(event)  # type: ignore[arg-type]  # likewise
    return _encode_any(event)


def _encode_ended(event: TaskEnded) -> bytes:
    generation, at, task, state, reason, until, error, changes, taken, to = event
    if reason or until or error or changes.unset or changes.whole:
        return _encode_any(event)
    new = f',"set":{{{",".join(map(_member, changes.set.items()))}}}' if changes.set else ""
    goes = f',"taken":"{taken}"' if taken else ""
    if to:
        goes += f',"to":[{",".join(map(_quote, to))}]'
    name = state._name_  # `name` is a property, five times slower
    line = f'{{"e":"end","g":{generation},"t":{at},"task":{_quote(task)},"state":"{name}"{new}{goes}}}'
    return line.encode("ascii")


def _member(item: tuple[str, Any]) -> str:
    """A member of an object; the encoder itself takes longer to start than a number to be written."""
    key, value = item
    kind = type(value)
    spelled = repr(value) if kind is int else _quote(value) if kind is str else _to_json(value)
    return f"{_quote(key)}:{spelled}"


def _encode_any(event: Event) -> bytes:
    kind = type(event)
    members: dict[str, Any] = {"e": _NAMES[kind], "g": event.generation, "t": event.at}
    defaults = kind._field_defaults
    values: tuple[Any, ...] = event[2:]
    if kind is SnapshotTaken and event.id:  # type: ignore[union-attr]  # mypy does not narrow on `is`
        members["id"] = event.id  # type: ignore[union-attr]  # first: it is looked for without reading the rest
    for name, value in zip(kind._fields[2:], values, strict=True):
        if name in defaults and value == defaults[name]:
            continue
        if name == "changes":
            if value.set:
                members["set"] = dict(value.set)
            if value.unset:
                members["unset"] = value.unset
            if value.whole:
                members["context"] = value.whole[0]
        elif name == "state":
            members["state"] = value.name
        elif name in ("kind", "status", "origin"):
            members[name] = value.value
        elif name == "error":
            members["error"] = value._asdict()
        elif name in ("tokens", "stood"):
            members[name] = [[task, state.name] for task, state in value]
        else:
            members[name] = value
    return _to_json(members).encode("ascii")


def decode(line: bytes) -> Event:
    """The event in one line.

    Raises:
        ValueError: the line is not an event this version knows; the message says why.
    """
    members = parse_json(line.decode("utf-8"))
    if type(members) is not dict:
        raise ValueError("not a JSON object")
    name = members.get("e")
    kind = _KINDS.get(name) if type(name) is str else None
    if kind is None:
        raise ValueError(f"unknown event {name!r}")
    values: dict[str, Any] = {
        "generation": _read_count(members.get("g"), _MAX_COUNT),
        "at": _read_count(members.get("t"), _MAX_TIME - 1),
    }
    for field in kind._fields[2:]:
        if field == "changes":
            values[field] = _read_changes(members)
        elif field in members:
            values[field] = _read_field(field, members[field])
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"incomplete event: {error}") from error


def _read_count(value: Any, limit: int) -> int:
    if type(value) is not int or not 0 <= value <= limit:
        raise ValueError(f"an event needs integers from 0 to {limit}, not {value!r}")
    return value


def _read_changes(members: dict[str, Any]) -> Changes:
    new, gone = members.get("set", {}), members.get("unset", ())
    if type(new) is not dict or (gone and (type(gone) is not list or set(map(type, gone)) != {str})):
        raise ValueError("bad changes in event")
    return Changes(new, tuple(gone), (members["context"],) if "context" in members else ())


def _read_field(name: str, value: Any) -> Any:
    try:
        if name in _WORDS:
            return _WORDS[name](value)
        if name == "error":
            return _read_error(TaskError(**value))
        if name in ("tokens", "stood"):
            return tuple((_read_text(task), TaskState[state]) for task, state in value)
        if name == "to":
            return tuple(map(_read_text, value))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"bad {name} in event: {error}") from error
    if name in ("until", "pid", "target", "segment", "started"):
        return _read_count(value, _MAX_TIME - 1)
    if name == "taken" and not set(_read_text(value)) <= _LETTERS:
        raise ValueError("bad taken in event")
    if name in ("old", "version"):
        if type(value) is not dict:
            raise ValueError(f"bad {name} in event")
        return value
    return _read_text(value)


def _read_text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(f"a text is expected in an event, not {value!r}")
    return value


def _read_error(error: TaskError) -> TaskError:
    for part in error:
        _read_text(part)
    return error
