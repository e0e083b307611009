"""What differs between two instances, or two moments of one, in words; and an instance as lines. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.derived_status import instance_status, task_statuses
from wfepy_core.model.json_values import equal
from wfepy_core.model.records import Record
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.codec_refusal import step_to
from wfepy_core.storage.codec_tags import is_keyed, is_object, tag_of
from wfepy_core.storage.iso_time import to_iso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.snapshot import Snapshot

_LONGEST_VALUE = 200
_DEEPEST = 50
_NO_RECORD = Record()
_UNORDERED = ("$set", "$frozenset")


def differences(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What differs, a line each: workflow, status, tokens, tasks, then the context by path."""
    yield from _changed("status", instance_status(before).value, instance_status(after).value)
    yield from _changed("workflow", before.workflow.name, after.workflow.name)
    yield from _changed("modules", ", ".join(before.workflow.modules), ", ".join(after.workflow.modules))
    if before.workflow.source_sha256 != after.workflow.source_sha256:
        yield "source of its modules: changed"
    if after.graph != before.graph:
        yield from _graph_differences(before, after)
    yield from _changed("stands at", _tokens_text(before), _tokens_text(after))
    yield from _task_differences(before, after)
    yield from _value_differences(before.context, after.context, "")


def lines_of(snapshot: Snapshot) -> Iterator[str]:
    """An instance as lines that depend on nothing but its state file: a value of the context each."""
    yield f"status: {instance_status(snapshot).value}"
    yield f"generation: {snapshot.generation}"
    yield f"workflow: {snapshot.workflow.name}, {', '.join(snapshot.workflow.modules)}"
    yield f"stands at: {_tokens_text(snapshot) or 'no task'}"
    for name, status in task_statuses(snapshot).items():
        yield f"task {name}: {'; '.join([status.value, *_record_texts(snapshot.record(name))])}"
    yield from _value_lines(snapshot.context, "")


# -- the graph and its tasks ------------------------------------------------------------------------------


def _changed(what: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"{what}: {before or 'nothing'} → {after or 'nothing'}"


def _tokens_text(snapshot: Snapshot) -> str:
    return ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens)


def _graph_differences(before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, new = ({task.name: task for task in each.graph.tasks} for each in (before, after))
    yield from (f"task {name}: new" for name in new if name not in old)
    yield from (f"task {name}: gone" for name in old if name not in new)
    ways = [dict.fromkeys(map(_way_text, each.graph.transitions)) for each in (before, after)]
    yield from (f"transition {way}: new" for way in ways[1] if way not in ways[0])
    yield from (f"transition {way}: gone" for way in ways[0] if way not in ways[1])


def _way_text(edge: GraphTransition) -> str:
    return f"{edge.source} → {edge.dest}{f' if {edge.condition}' if edge.condition else ''}"


def _task_differences(before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, new = task_statuses(before), task_statuses(after)
    for name, status in new.items():
        if name not in old:
            continue
        was, now = _record_texts(before.record(name)), _record_texts(after.record(name))
        if status is not old[name]:
            now_text = "; ".join([status.value, *(text for text in now if text not in was)])
            yield f"task {name}: {old[name].value} → {now_text}"
        elif was != now:
            gone = "; ".join(text for text in was if text not in now)
            come = "; ".join(text for text in now if text not in was)
            yield f"task {name}, {status.value}: {gone or 'nothing'} → {come or 'nothing'}"


def _record_texts(record: Record) -> list[str]:
    """What is remembered of a task, without what every poll changes."""
    if record == _NO_RECORD:
        return []
    by_hand = f"by hand ({record.by_hand.value})" if record.by_hand else ""
    error = f"{record.error.type}: {record.error.message}" if record.error else ""
    waits = f"since {to_iso(record.waiting_since)}" if record.waiting_since else ""
    until = f"until {to_iso(record.until)}" if record.until else ""
    done = f"done {to_iso(record.end)}" if record.end else ""
    times = f"{record.iterations} times" if record.iterations > 1 else ""
    texts = (by_hand, error, record.reason, waits, until, done, times)
    return [" ".join(text.split()) for text in texts if text]


# -- the context ------------------------------------------------------------------------------------------


def _members(value: Any) -> dict[str, Any] | None:
    """The members of a value into which a path leads, by the next step of the path; None: into none."""
    if tag_of(value) == "$object" and is_object(value["$object"]):
        value = value["$object"][1]
    if is_keyed(value):
        return {step_to(key): member for key, member in value.items()}
    if isinstance(value, list):
        return {f"[{position}]": member for position, member in enumerate(value)}
    return None


def _value_lines(value: Any, path: str) -> Iterator[str]:
    members = _members(value) if path.count(".") + path.count("[") < _DEEPEST else None
    if not members:
        yield f"{path.removeprefix('.') or 'context'} = {preview(value, _LONGEST_VALUE)}"
        return
    for step, member in members.items():
        yield from _value_lines(member, path + step)


def _value_differences(before: Any, after: Any, path: str) -> Iterator[str]:
    if equal(before, after):
        return
    name = path.removeprefix(".") or "context"
    old, new = _members(before), _members(after)
    if old is None or new is None or type(before) is not type(after) or _kind(before) != _kind(after):
        yield f"{name}: {_difference_text(before, after)}"
        return
    found = False
    for step in {**old, **new}:
        where = (path + step).removeprefix(".")
        if step not in new:
            yield f"{where}: {preview(old[step], _LONGEST_VALUE)} → not there"
        elif step not in old:
            yield f"{where}: not there → {preview(new[step], _LONGEST_VALUE)}"
        else:
            yield from _value_differences(old[step], new[step], path + step)
            found = found or not equal(old[step], new[step])
    if not found and old.keys() == new.keys():
        yield f"{name}: its members in another order"


def _kind(value: Any) -> tuple[str, str]:
    tag = tag_of(value)
    return tag, value[tag][0] if tag == "$object" and is_object(value[tag]) else ""


def _difference_text(before: Any, after: Any) -> str:
    tag = tag_of(before)
    if tag in _UNORDERED and tag == tag_of(after):
        old, new = before[tag], after[tag]
        if isinstance(old, list) and isinstance(new, list):
            gone = [f"without {preview(item)}" for item in old if item not in new]
            come = [f"with {preview(item)}" for item in new if item not in old]
            if gone or come:
                return ", ".join(gone + come)
    return f"{preview(before, _LONGEST_VALUE)} → {preview(after, _LONGEST_VALUE)}"
