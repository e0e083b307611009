"""What happens to an instance, as frozen values. The same values are journal lines and the desktop's feed.

One event is one line of JSON: `encode` and `decode` are the only two places that know its spelling.
Times are integer microseconds since 1970 UTC. `generation` is that of the snapshot the event builds on; a
snapshot of a later generation already contains it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.records import TaskError
from wfepy_core.status import TaskState

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class TransitionsDecided(NamedTuple):
    """The conditions behind a completed task were evaluated; `taken` is its decision string."""

    generation: int
    at: int
    task: str
    taken: str
    changes: Changes = Changes()


class ConditionFailed(NamedTuple):
    """A condition behind a completed task raised; `error.condition` names the destination."""

    generation: int
    at: int
    task: str
    error: TaskError


class Intervened(NamedTuple):
    """An operator changed the instance by hand.

    Attributes:
        kind: "complete", "skip", "retry", "context", "tokens", "migrate" or "restore".
        by: who.
        task: which task; empty for the instance as a whole.
        reason: why, in the operator's words.
        changes: what was changed in the context.
        old: previous values of the changed context keys that had one.
        tokens: where the instance stands afterwards, for kinds that move tokens; else None.
    """

    generation: int
    at: int
    kind: str
    by: str
    task: str = ""
    reason: str = ""
    changes: Changes = Changes()
    old: Mapping[str, Any] = {}
    tokens: tuple[tuple[str, TaskState], ...] | None = None


class PassEnded(NamedTuple):
    """A pass is over and saved; `generation` is the new one. `status` is the word of an InstanceStatus."""

    generation: int
    at: int
    status: str


Event = PassStarted | TaskStarted | TaskEnded | TransitionsDecided | ConditionFailed | Intervened | PassEnded

_KINDS: dict[str, type[Event]] = {
    "pass": PassStarted,
    "start": TaskStarted,
    "end": TaskEnded,
    "decided": TransitionsDecided,
    "condition": ConditionFailed,
    "hand": Intervened,
    "saved": PassEnded,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}

_to_json = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode


def encode(event: Event) -> bytes:
    """One line of ASCII JSON without its newline; members that have their default are left out."""
    kind = type(event)
    members: dict[str, Any] = {"e": _NAMES[kind], "g": event.generation, "t": event.at}
    defaults = kind._field_defaults
    values: tuple[Any, ...] = event[2:]
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
        elif name == "error":
            members["error"] = value._asdict()
        elif name == "tokens":
            members["tokens"] = [[task, state.name] for task, state in value]
        else:
            members[name] = value
    return _to_json(members).encode("ascii")


def decode(line: bytes) -> Event:
    """The event in one line.

    Raises:
        ValueError: the line is not an event this version knows; the message says why.
    """
    members = json.loads(line)
    if not isinstance(members, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  a data error, not a caller's mistake
    kind = _KINDS.get(members.get("e", ""))
    if kind is None:
        raise ValueError(f"unknown event {members.get('e')!r}")
    values: dict[str, Any] = {"generation": members.get("g"), "at": members.get("t")}
    for name in kind._fields[2:]:
        if name == "changes":
            whole = (members["context"],) if "context" in members else ()
            values[name] = Changes(members.get("set", {}), tuple(members.get("unset", ())), whole)
        elif name in members:
            values[name] = _plain(name, members[name])
    try:
        event = kind(**values)
    except TypeError as error:
        raise ValueError(f"incomplete event: {error}") from error
    if type(event.generation) is not int or type(event.at) is not int:
        raise ValueError("an event needs integers g and t")
    return event


def _plain(name: str, value: Any) -> Any:
    try:
        if name == "state":
            return TaskState[value]
        if name == "error":
            return TaskError(**value)
        if name == "tokens":
            return tuple((task, TaskState[state]) for task, state in value)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"bad {name} in event: {error}") from error
    return value
