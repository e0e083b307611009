"""One state file as read: the members its text holds, checked when they are used.

In the layout this package writes, each member is a line that can be taken on its own, so that a pass neither
parses nor writes anew what it does not change. Any other JSON with the same content is parsed whole.
"""

from __future__ import annotations

import os
from functools import cached_property

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import UnreadableStateError
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_core.storage.head_validation import Head, check_head
from wfepy_core.storage.state_serialization import (
    HEAD,
    LATER_HEAD,
    MEMBERS,
    Parts,
    context_text,
    to_json,
)
from wfepy_core.storage.state_validation import (
    BadStateError,
    check_graph,
    check_records,
    check_running,
    check_tokens,
    check_version,
    check_workflow,
    index_of,
    members,
    parse_state_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    from wfepy_core.model.graph import Graph
    from wfepy_core.model.records import Records
    from wfepy_core.model.snapshot import WorkflowRef
    from wfepy_core.model.status import TaskState

    _T = TypeVar("_T")

_FIRST = b'{"format": '
_HEAD_MEMBERS = {*HEAD, *LATER_HEAD}

OTHER_GRAPH = "graph and workflow.graph_sha256 do not belong together: one of them was changed by hand"


def unreadable(path: str, error: BadStateError) -> UnreadableStateError:
    """The error for a file that makes no sense, with the way out as its hint."""
    name = os.path.basename(path)
    if name.endswith(".py"):
        sentence = f"{name} is a Python file, not a state file"
        return UnreadableStateError(
            sentence, path=path, hint=f"`wfepy new NAME.wfstate --module {path}` starts an instance of it"
        )
    hint = error.hint
    if not hint and os.path.exists(path + BACKUP_SUFFIX):
        hint = f"`wfepy restore {path}` goes back to the version before"
    return UnreadableStateError(
        f"{name}: {error.message}", path=path, hint=hint or "bring the file back from a backup"
    )


class Contents(NamedTuple):
    """What a pass needs of a state file; as in `Snapshot`."""

    tokens: tuple[tuple[str, TaskState], ...]
    running: tuple[str, ...]
    context: Any
    records: Records


class Document:
    """The text of a state file, by members.

    Every property and method raises `UnreadableStateError` where the text makes no sense; the message names
    file and place.

    Attributes:
        path: the file.
        data: its whole text.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self._values: dict[str, Any] = {}
        self._texts = _lines_of(data)
        self._head = self._checking(self._read_head)

    @property
    def head(self) -> Head:
        """Generation, status, saved and the workflow's name."""
        return self._head

    @cached_property
    def workflow(self) -> WorkflowRef:
        """The `workflow` member."""
        return self._checking(lambda: check_workflow(self._value("workflow")))

    @property
    def graph(self) -> Graph:
        """The `graph` member."""
        return self._checking(lambda: check_graph(self._value("graph")))

    def contents(self, names: Iterable[str]) -> Contents:
        """Tokens, running, context and records, given the names of the tasks in the graph's order."""
        return self._checking(lambda: self._contents(names))

    def snapshot(self) -> Snapshot:
        """All of it, without what the journal adds; `interrupted` if tasks were running."""
        graph = self.graph
        contents = self.contents(task.name for task in graph.tasks)
        return Snapshot(
            generation=self.head.generation,
            workflow=self.workflow,
            graph=graph,
            tokens=contents.tokens,
            records=contents.records,
            context=contents.context,
            saved=self.head.saved,
            running=contents.running,
            interrupted=bool(contents.running),
            id=self.head.id,
        )

    def refuse_other_tasks(self, names: Sequence[str]) -> None:
        """Raise unless the graph has tasks of these names, in this order.

        Looks for them in its text, which costs a pass less than reading it.

        Args:
            names: of the tasks of the graph with the fingerprint that the file names.
        """
        # Names that are no plain words are spelled in JSON, and may have a line break.
        is_plain = all(map(str.isidentifier, names)) and "".join(names).isascii()
        spelled = "\n".join([f'"{name}"' for name in names]).encode() if is_plain else b""
        texts = spelled.split(b"\n") if is_plain else map(to_json, names)
        rows = self.text("graph").split(b'{"name": ')[1:]
        if len(rows) == len(names) and all(map(bytes.startswith, rows, texts)):
            return
        # Somebody may have written it in another form.
        if [task.name for task in self.graph.tasks] != list(names):
            raise unreadable(self.path, BadStateError(OTHER_GRAPH))

    def text(self, name: str) -> bytes:
        """The JSON text of a member, to be written back as it is."""
        if self._texts is not None and not _is_of_older_layout(name, self._texts[name]):
            return self._texts[name]
        write = context_text if name == "context" else to_json
        return self._checking(lambda: write(self._value(name)))

    def parts(self) -> Parts:
        """The JSON texts of all members."""
        return Parts(*map(self.text, MEMBERS))

    def _checking(self, make: Callable[[], _T]) -> _T:
        try:
            return make()
        except BadStateError as error:
            raise unreadable(self.path, error) from None
        except (RecursionError, MemoryError):
            name = os.path.basename(self.path)
            raise UnreadableStateError(f"{name}: too large or nested too deeply", path=self.path) from None

    def _contents(self, names: Iterable[str]) -> Contents:
        index = index_of(names)
        return Contents(
            check_tokens(self._value("tokens"), index),
            check_running(self._value("running"), index),
            self._value("context"),
            check_records(self._value("records"), index),
        )

    def _read_head(self) -> Head:
        if self._texts is not None:
            head = _parse_head_line(self.data[: self.data.index(b"\n")])
            if head is not None:
                return check_head(head, self.workflow.name)
            self._texts = None
        self._parse_whole()
        head = {name: value for name, value in self._values.items() if name in (*HEAD, *LATER_HEAD)}
        return check_head(head, self.workflow.name)

    def _value(self, name: str) -> Any:
        if name not in self._values and self._texts is not None:
            try:
                self._values[name] = parse_state_json(self._texts[name])
            except BadStateError:
                # Not our layout after all, or broken: parsed whole, it reads, or the place gets its name.
                self._texts = None
        if name not in self._values:
            self._parse_whole()
        return self._values[name]

    def _parse_whole(self) -> None:
        value = parse_state_json(self.data)
        check_version(value)
        self._values = members(value, "the file", (*HEAD, *MEMBERS), LATER_HEAD)


def _parse_head_line(line: bytes) -> dict[str, Any] | None:
    """The members on the first line of our layout; None if it is another layout."""
    if not line.startswith(_FIRST) or not line.endswith(b"},"):
        return None
    try:
        head = parse_state_json(line[:-1] + b"}")
    except BadStateError:
        return None
    return head if head.keys() <= _HEAD_MEMBERS else None


def _is_of_older_layout(name: str, text: bytes) -> bool:
    """Whether a context stands on one line, as it did before each key got its own."""
    return name == "context" and text.startswith(b'{"')


def _lines_of(data: bytes) -> dict[str, bytes] | None:
    """The text of each member in our layout; None if it is another one, or the end is missing."""
    if not data.startswith(_FIRST) or not data.endswith(b"]}}\n"):
        return None
    starts = []
    end = 0
    for name in MEMBERS:
        begin = data.find(b',\n"%s": ' % name.encode("ascii"), end)
        if begin < 0:
            return None
        end = begin + len(name) + 6
        starts.append((begin, end))
    ends = [begin for begin, _ in starts[1:]] + [len(data) - 2]
    texts = {name: data[start:end] for name, (_, start), end in zip(MEMBERS, starts, ends, strict=True)}
    # A member is one line, a key of the context a line that begins with a space.
    lines = data.count(b"\n") - len(MEMBERS) - 1
    return texts if lines == texts["context"].count(b"\n ") else None
