"""The text of a state file: one top-level member a line, in a fixed order, ASCII JSON.

What a fleet needs stands first, on a line of its own; the context has a line for each of its keys, so that
two versions can be compared line by line. A member that did not change is copied as bytes, so each is made on
its own here. What is left out has its default.
"""

from __future__ import annotations

import json
import os

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.summary import summary_of
from wfepy_core.storage.iso_time import END_OF_TIME, to_iso, within_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from wfepy_core.model.graph import Graph
    from wfepy_core.model.records import Records
    from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef
    from wfepy_core.model.status import InstanceStatus, TaskState
    from wfepy_core.model.summary import Summary

FORMAT = "wfepy-state"
VERSION = 1
HEAD = ("format", "version", "generation", "status", "saved")
"""Members that every first line has."""
LATER_HEAD = ("id", "summary")
"""Members of the first line that files of older versions do not have."""
MEMBERS = ("workflow", "tokens", "running", "context", "records", "graph")
"""Members with a line of their own, in order."""

COLUMNS = ("attempts", "polls", "iterations", "first_start", "last_start", "end", "waiting_since")
"""Columns of integers in the records, named as in `Records`."""
TIMES = ("first_start", "last_start", "end", "waiting_since")
"""Those of them that are moments."""
MAX_COUNT = 2**53 - 1
"""What every JSON reader keeps exactly; the limit of generations and counters."""
#: Sparse members of the records and the columns of `Records` they hold, by task name.
SPARSE = {"reasons": "reasons", "until": "untils", "errors": "errors", "by_hand": "by_hand"}

ID_LENGTH = 32
"""Characters of an id."""
MOST_SUMMARY = 600
"""Bytes of a summary."""
# How many tasks, and characters of each reason, from the fullest to what always finds room.
_LIMITS = ((3, 80), (3, 40), (3, 12), (2, 40), (2, 12), (1, 40), (1, 0), (0, 0))

_quote = json.encoder.encode_basestring_ascii
_encode = json.JSONEncoder(ensure_ascii=True, allow_nan=False, check_circular=False).encode


class Parts(NamedTuple):
    """The members of a state file, each as the JSON text behind its name."""

    workflow: bytes
    tokens: bytes
    running: bytes
    context: bytes
    records: bytes
    graph: bytes


def compose(
    identity: str,
    generation: int,
    status: InstanceStatus,
    saved: Saved,
    summary: Summary | None,
    parts: Parts,
) -> bytes:
    """The whole text of a state file; without an identity or a summary, one of an older version."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        **({"id": identity} if identity else {}),
        "generation": generation,
        "status": status.value,
        "saved": {
            "at": to_iso(saved.at),
            "by": saved.by,
            "host": saved.host,
            "pid": saved.pid,
            "journal": saved.journal,
        },
    }
    first = to_json(head)[:-1]
    lines = [first if summary is None else b'%s, "summary": %s' % (first, summary_text(summary))]
    lines += [b'"%s": %s' % (name.encode("ascii"), part) for name, part in zip(MEMBERS, parts, strict=True)]
    return b",\n".join(lines) + b"}\n"


def snapshot_text(snapshot: Snapshot) -> bytes:
    """The whole text of the state file of a snapshot.

    Raises:
        ValueError: the context holds what JSON has no word for.
        RecursionError: the context is nested too deeply.
    """
    # Once saved, nobody runs it: what it names as running was interrupted.
    snapshot = snapshot._replace(interrupted=True)
    return compose(
        snapshot.id,
        snapshot.generation,
        instance_status(snapshot),
        snapshot.saved,
        summary_of(snapshot),
        snapshot_parts(snapshot),
    )


def new_identity() -> str:
    """The id of an instance that begins: `ID_LENGTH` hexadecimal digits."""
    return os.urandom(ID_LENGTH // 2).hex()


def summary_text(summary: Summary) -> bytes:
    """The `summary` member, in at most `MOST_SUMMARY` bytes: texts are cut first, then tasks left out."""
    text = b""
    for tasks, characters in _LIMITS:
        shown = summary.at[:tasks]
        rows = [
            [
                one.task,
                one.status.value,
                within_time(one.since),
                within_time(one.until) or None,
                one.why[:characters],
                one.fingerprint,
            ]
            for one in shown
        ]
        more = summary.more + len(summary.at) - len(shown)
        text = to_json({"at": rows, "more": more, "done": summary.done, "tasks": summary.tasks})
        if len(text) <= MOST_SUMMARY:
            break
    return text


def context_text(context: Any) -> bytes:
    """The `context` member: a line for each key of an object; raises like `to_json`."""
    if type(context) is not dict or not context:
        return to_json(context)
    lines = [f"{_quote(key)}: {_value_text(value)}" for key, value in context.items()]
    return ("{\n " + ",\n ".join(lines) + "}").encode("ascii")


def _value_text(value: Any) -> str:
    """JSON text; the encoder itself takes longer to start than a number to be written."""
    kind = type(value)
    return repr(value) if kind is int else _quote(value) if kind is str else _encode(value)


def snapshot_parts(snapshot: Snapshot) -> Parts:
    """The members of the state file of a snapshot; raises like `snapshot_text`."""
    return Parts(
        workflow=workflow_text(snapshot.workflow),
        tokens=tokens_text(snapshot.tokens),
        running=running_text(snapshot.running),
        context=context_text(snapshot.context),
        records=records_text(snapshot.records, snapshot.topology.names),
        graph=graph_text(snapshot.graph),
    )


def to_json(value: Any) -> bytes:
    """JSON text of a value in JSON form.

    Raises:
        ValueError: it holds what JSON has no word for.
        RecursionError: it is nested too deeply.
    """
    return _encode(value).encode("ascii")


def workflow_text(ref: WorkflowRef) -> bytes:
    """The `workflow` member; a single module stands there without a list."""
    modules = ref.modules[0] if len(ref.modules) == 1 else list(ref.modules)
    return to_json(
        {
            "name": ref.name,
            "module": modules,
            "source_sha256": ref.source_sha256,
            "graph_sha256": ref.graph_sha256,
        }
    )


def tokens_text(tokens: Iterable[tuple[str, TaskState]]) -> bytes:
    """The `tokens` member: rows of task name and state."""
    return to_json([(name, state.name) for name, state in tokens])


def running_text(running: Sequence[str]) -> bytes:
    """The `running` member: null, or the tasks that were running when their process ended."""
    return to_json(list(running) or None)


def _within(column: list[int], limit: int) -> list[int]:
    """The nearest numbers that a reader takes: counters stop there, and a clock may have been wrong."""
    if min(column) >= 0 and max(column) <= limit:
        return column
    return [max(0, min(number, limit)) for number in column]


def records_text(records: Records, names: Sequence[str]) -> bytes:
    """The `records` member: columns of integers by task number, cut behind their last number that is not 0.

    `decisions` is a column too: one text with a comma between tasks, one letter a transition.
    """
    members: dict[str, Any] = {}
    for name in COLUMNS:
        column = _without_trailing_zeros(getattr(records, name))
        if column:
            members[name] = _within(column, END_OF_TIME - 1 if name in TIMES else MAX_COUNT)
    decided = records.decisions
    if decided:
        decisions = ",".join([decided.get(task, "") for task in range(max(decided) + 1)]).rstrip(",")
        if decisions:
            members["decisions"] = decisions
    for name, attribute in SPARSE.items():
        sparse = getattr(records, attribute)
        if sparse:
            members[name] = {names[task]: sparse[task] for task in sorted(sparse)}
    if records.untils:
        members["until"] = {name: within_time(until) for name, until in members["until"].items()}
    if records.by_hand:
        members["by_hand"] = {name: kind.value for name, kind in members["by_hand"].items()}
    if records.errors:
        members["errors"] = {name: _error(error) for name, error in members["errors"].items()}
    return to_json(members)


def _without_trailing_zeros(column: list[int]) -> list[int]:
    size = len(column)
    while size and not column[size - 1]:
        size -= 1
    return column[:size]


def _error(error: Any) -> dict[str, str]:
    members: dict[str, str] = error._asdict()
    if not error.condition:
        del members["condition"]
    return members


def graph_text(graph: Graph) -> bytes:
    """The `graph` member: tasks without their defaults, transitions as rows."""
    tasks = []
    for task in graph.tasks:
        defaults = task._field_defaults
        members = {
            name: value
            for name, value in zip(task._fields, task, strict=True)
            if name not in defaults or value != defaults[name]
        }
        tasks.append(members)
    transitions = [edge if edge.condition else edge[:2] for edge in graph.transitions]
    return to_json({"tasks": tasks, "transitions": transitions})
