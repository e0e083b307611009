"""Whether what a state file's JSON says can be, checked member by member; and the values made of it.

All of a file is checked before any of it is used, by hand, because a cron trigger has no time for a schema
library. `resources/wfstate.schema.json` says the same for other programs; whatever it rejects is rejected
here, and more: names that no task has, and the like.
"""

from __future__ import annotations

import json

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model import json_values
from wfepy_core.model.graph import LONGEST_NAME, Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records, TaskError, brief
from wfepy_core.model.snapshot import WorkflowRef
from wfepy_core.model.status import InterventionKind, TaskState
from wfepy_core.storage.iso_time import END_OF_TIME
from wfepy_core.storage.state_serialization import COLUMNS, FORMAT, MAX_COUNT, SPARSE, TIMES, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

# A token that was canceled is not there: the engine never saves one.
_STATES = {state.name: state for state in TaskState if state is not TaskState.CANCELED}
_BY_HAND = {kind.value: kind for kind in (InterventionKind.COMPLETE, InterventionKind.SKIP)}
_LONGEST_TEXT = 10_000
"""Characters of a condition, a path, a user or a host."""
_LONGEST_ERROR = {"type": 1000, "message": 5000, "traceback": 50_000}
"""Characters that are read of it; what the engine writes is shorter."""


class BadStateError(ValueError):
    """What is wrong with a state file, and where; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


# -- JSON ---------------------------------------------------------------------------------------------------


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def parse_state_json(text: bytes) -> Any:
    """The value of a JSON text in UTF-8, with or without a byte order mark.

    Raises:
        BadStateError: it is not strict JSON: torn, a member twice, NaN, nested too deeply, ...
    """
    if not text:
        raise BadStateError("the file is empty")
    try:
        return json_values.parse_json(text.removeprefix(_BYTE_ORDER_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadStateError(f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadStateError(f"not JSON at {where}: {error.msg}") from None
    except json_values.DoubledKeyError as error:
        raise BadStateError(f"the member {shorten(error.key)} stands there twice") from None
    except json_values.StrictJsonError as error:
        raise BadStateError(str(error)) from None
    except ValueError as error:
        raise BadStateError(f"not JSON: {error}") from None


# -- plain kinds --------------------------------------------------------------------------------------------


def shorten(value: Any) -> str:
    """A value as a message shows it: JSON as far as it is short, never a thing that cannot be printed."""
    try:
        text = json.dumps(value, default=repr)
    except (ValueError, RecursionError):
        return "…"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return names.get(type(value), "an object")


def expect(kind: type, value: Any, place: str, wanted: str) -> Any:
    """A value of this very type."""
    if type(value) is not kind:
        found = "null" if value is None else f"{_kind(value)} {shorten(value)}"
        raise BadStateError(f"{place}: {wanted} is expected, not {found}")
    return value


def text(value: Any, place: str) -> str:
    """A text."""
    return value if type(value) is str else str(expect(str, value, place, "a text"))


def short_text(value: Any, place: str, longest: int = _LONGEST_TEXT) -> str:
    """A text that lists and windows can carry around.

    Raises:
        BadStateError: it is longer than anything that wfepy writes there.
    """
    if type(value) is str and len(value) <= longest:
        return value
    text(value, place)
    raise BadStateError(f"{place}: it is longer than {longest:,} characters")


def whole_number(value: Any, place: str, limit: int = MAX_COUNT) -> int:
    """An integer from 0 to `limit`."""
    number: int = expect(int, value, place, "an integer")
    if not 0 <= number <= limit:
        raise BadStateError(f"{place}: {shorten(number)} is not between 0 and {limit}")
    return number


def members(value: Any, place: str, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Any]:
    """An object with these members and no others."""
    found: dict[str, Any] = expect(dict, value, place, "an object")
    required = tuple(required)
    for name in required:
        if name not in found:
            raise BadStateError(f"{place}: the member {shorten(name)} is missing")
    if len(found) > len(required):
        known = {*required, *optional}
        for name in found:
            if name not in known:
                raise BadStateError(f"{place}: the member {shorten(name)} is unknown")
    return found


def _task_number(name: Any, index: Mapping[str, int], place: str) -> int:
    """The number of the task of that name."""
    number = index.get(text(name, place))
    if number is None:
        raise BadStateError(f"{place}: the graph has no task {shorten(name)}")
    return number


def row_of(value: Any, place: str, sizes: tuple[int, ...], what: str) -> list[Any]:
    """A list of one of these sizes."""
    row: list[Any] = expect(list, value, place, what)
    if len(row) not in sizes:
        raise BadStateError(f"{place}: {what} is expected, not {len(row)} values")
    return row


# -- members ------------------------------------------------------------------------------------------------


def check_version(value: Any) -> None:
    """Whether this is a state file of a version that can be read.

    Raises:
        BadStateError: it is not; the message names the version.
    """
    found = expect(dict, value, "the file", "an object")
    if found.get("format") != FORMAT:
        raise BadStateError(f'not a state file: there is no "format": "{FORMAT}"')
    version = whole_number(found.get("version"), "version")
    if version > VERSION:
        raise BadStateError(
            f"was written by a newer wfepy as file version {version}; this one reads up to {VERSION}",
            "advance and edit it with that wfepy, or update this one",
        )
    if version < 1:
        raise BadStateError(f"version: there is no version {version}")


def check_workflow(value: Any) -> WorkflowRef:
    """The `workflow` member."""
    found = members(value, "workflow", ("name", "module", "source_sha256", "graph_sha256"))
    modules = found["module"]
    if type(modules) is not list:
        modules = [modules]
    return WorkflowRef(
        short_text(found["name"], "workflow.name"),
        tuple(short_text(module, "workflow.module") for module in modules),
        short_text(found["source_sha256"], "workflow.source_sha256"),
        short_text(found["graph_sha256"], "workflow.graph_sha256"),
    )


def check_tokens(value: Any, index: Mapping[str, int]) -> tuple[tuple[str, TaskState], ...]:
    """The `tokens` member. A task may have a second one only beside a COMPLETE one: it was reached again."""
    held: dict[str, TaskState] = {}
    found = []
    for position, row in enumerate(expect(list, value, "tokens", "a list")):
        place = f"tokens[{position}]"
        name, word = row_of(row, place, (2,), "a task name and a state")
        _task_number(name, index, place)
        state = _STATES.get(text(word, place))
        if state is None:
            raise BadStateError(f"{place}: state {shorten(word)} is not one of {', '.join(_STATES)}")
        if name in held and (held[name] is not TaskState.COMPLETE or state is TaskState.COMPLETE):
            raise BadStateError(f"{place}: {shorten(name)} has a token already")
        if name in held:
            held[name] = state
        else:
            held[name] = state
        found.append((name, state))
    return tuple(found)


def check_running(value: Any, index: Mapping[str, int]) -> tuple[str, ...]:
    """The `running` member."""
    if value is None:
        return ()
    names: list[str] = expect(list, value, "running", "null or a list of task names")
    for position, name in enumerate(names):
        _task_number(name, index, f"running[{position}]")
    if len(set(names)) != len(names):
        raise BadStateError("running: a task stands there twice")
    return tuple(names)


def check_records(value: Any, index: Mapping[str, int]) -> Records:
    """The `records` member."""
    found = members(value, "records", (), (*COLUMNS, "decisions", *SPARSE))
    size = len(index)
    records = Records(0)
    for name in COLUMNS:
        limit = END_OF_TIME - 1 if name in TIMES else MAX_COUNT
        column = _column(found.get(name, []), f"records.{name}", size, limit)
        setattr(records, name, column)
    records.decisions = _decisions(found.get("decisions", ""), size)
    for name, attribute in SPARSE.items():
        if name in found:
            setattr(records, attribute, _sparse(found[name], name, index))
    return records


def _column(value: Any, place: str, size: int, limit: int) -> list[int]:
    column: list[int] = expect(list, value, place, "a list of integers")
    if len(column) > size:
        raise BadStateError(f"{place}: {len(column)} numbers for {size} tasks")
    if column and (set(map(type, column)) != {int} or min(column) < 0 or max(column) > limit):
        for position, number in enumerate(column):
            whole_number(number, f"{place}[{position}]", limit)
    return column + [0] * (size - len(column))


def _decisions(value: Any, size: int) -> dict[int, str]:
    letters = text(value, "records.decisions")
    if not letters:
        return {}
    if not set(letters) <= set("TN.,"):
        raise BadStateError("records.decisions: only the letters T, N and . stand there, and commas")
    words = letters.split(",")
    if len(words) > size:
        raise BadStateError(f"records.decisions: {len(words)} decisions for {size} tasks")
    return {task: word for task, word in enumerate(words) if word}


def _sparse(value: Any, name: str, index: Mapping[str, int]) -> dict[int, Any]:
    place = f"records.{name}"
    checks = {"reasons": _reason, "until": _until, "errors": _error, "by_hand": _by_hand}
    check = checks[name]
    return {
        _task_number(task, index, place): check(single, f"{place}.{task}")
        for task, single in expect(dict, value, place, "an object").items()
    }


def _reason(value: Any, place: str) -> str:
    return brief(text(value, place))


def _until(value: Any, place: str) -> int:
    return whole_number(value, place, END_OF_TIME - 1)


def _error(value: Any, place: str) -> TaskError:
    found = members(value, place, ("type", "message", "traceback"), ("condition",))
    parts = {name: text(part, f"{place}.{name}") for name, part in found.items()}
    return TaskError(**{name: part[: _LONGEST_ERROR.get(name, LONGEST_NAME)] for name, part in parts.items()})


def _by_hand(value: Any, place: str) -> InterventionKind:
    kind = _BY_HAND.get(text(value, place))
    if kind is None:
        raise BadStateError(f"{place}: {shorten(value)} is neither complete nor skip")
    return kind


# -- the graph ----------------------------------------------------------------------------------------------


def check_graph(value: Any) -> Graph:
    """The `graph` member."""
    found = members(value, "graph", ("tasks", "transitions"))
    tasks = tuple(
        _task(row, f"graph.tasks[{position}]")
        for position, row in enumerate(expect(list, found["tasks"], "graph.tasks", "a list"))
    )
    index = index_of(task.name for task in tasks)
    transitions = tuple(
        _transition(row, f"graph.transitions[{position}]", index)
        for position, row in enumerate(expect(list, found["transitions"], "graph.transitions", "a list"))
    )
    return Graph(tasks, transitions)


def index_of(names: Iterable[str]) -> dict[str, int]:
    """Task numbers by name."""
    index: dict[str, int] = {}
    for number, name in enumerate(names):
        if index.setdefault(name, number) != number:
            raise BadStateError(f"graph.tasks[{number}]: there is a task {shorten(name)} already")
    return index


def _task(value: Any, place: str) -> GraphTask:
    found = dict(members(value, place, ("name",), GraphTask._fields))  # read more than once: keep it
    for name, part in found.items():
        where = f"{place}.{name}"
        if name == "name":
            short_text(part, where, LONGEST_NAME)
        elif name == "doc":
            text(part, where)
        elif name in ("module", "line"):
            whole_number(part, where)
        elif name == "labels":
            found[name] = _labels(part, where)
        else:
            expect(bool, part, where, "true or false")
    return GraphTask(**found)


def _labels(value: Any, place: str) -> tuple[str, ...]:
    labels: Sequence[Any] = expect(list, value, place, "a list of texts")
    return tuple(short_text(label, place, LONGEST_NAME) for label in labels)


def _transition(value: Any, place: str, index: Mapping[str, int]) -> GraphTransition:
    row = row_of(value, place, (2, 3), "source, destination and condition")
    _task_number(row[0], index, place)
    _task_number(row[1], index, place)
    return GraphTransition(row[0], row[1], short_text(row[2], place) if len(row) == 3 else "")
