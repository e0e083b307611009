"""Reads the files that `wfepy` 0.1.1 dumped, as data: nothing is unpickled, imported or called.

Such a file is a pickle of `{"state": [(task name, TaskState), ...], "context": value}`. Values of the kinds
that `storage.codec` can save are read exactly, `collections` classes included; everything else is
refused with what was found, where, and what to do. Two places of the context that share one list get two
equal lists when the context is next saved.

A file may be hostile or torn: its size, the number of its instructions, and the number, depth and text of
its values (shared ones counted wherever they appear) are limited, so that reading takes less than about a
second and some ten times the size of the file in memory.
"""

from __future__ import annotations

import io
import os
import pickletools
import warnings
from collections import deque
from decimal import Decimal
from pathlib import PurePath

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import CodecError, LegacyImportError
from wfepy_core.model.status import TaskState
from wfepy_core.storage import codec
from wfepy_core.storage.file_access import open_regular
from wfepy_core.storage.legacy.budget import MAX_CONTENT, Budget, Named, Refused, UnfilledUuid
from wfepy_core.storage.legacy.machine import Machine

if TYPE_CHECKING:
    from typing import Any


MAX_BYTES = 16 << 20

_DAMAGED = "if it should be one, restore it from a backup"
_CONVERT = (
    "load it with wfepy in a program of your own, turn such objects into dicts of plain values,"
    " and start anew with `wfepy new --context @FILE`"
)


class LegacyState(NamedTuple):
    """What a file of `wfepy` holds.

    Attributes:
        state: the tokens, as `(task name, state)`.
        context: the user's data, of kinds that `codec.encode` takes.
    """

    state: tuple[tuple[str, TaskState], ...]
    context: Any


def read(path: str) -> LegacyState:
    """Read a file that `wfepy.Runner.dump` wrote, whatever its pickle protocol.

    Args:
        path: the file; it is not changed.

    Raises:
        LegacyImportError: it cannot be read, is no such file, or holds what cannot be taken over.
    """
    content = _content(path)
    machine = Machine()
    _run(machine, content, path)
    try:
        dumped = machine.result()
        _check_outline(dumped)
        _check_extent(dumped)
        state = _state(dumped["state"])
    except Refused as refused:
        raise _error(path, str(refused), _CONVERT) from None
    try:
        codec.encode(dumped["context"])
    except CodecError as error:
        raise _error(path, error.message, _CONVERT) from error
    return LegacyState(state, dumped["context"])


def _error(path: str, what: str, hint: str, position: int | None = None) -> LegacyImportError:
    where = path if position is None else f"{path}, byte {position}"
    return LegacyImportError(f"{where}: {what}", path=path, hint=hint)


def _content(path: str) -> bytes:
    try:
        descriptor, found = open_regular(os.path.realpath(path), os.O_RDONLY)
        with open(descriptor, "rb") as file:
            size = found.st_size
            content = file.read(MAX_BYTES + 1) if size <= MAX_BYTES else b""
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _error(path, f"cannot be read: {reason}", "check its name and permissions") from error
    if max(size, len(content)) > MAX_BYTES:
        raise _error(path, f"is larger than {MAX_BYTES >> 20} MB", _CONVERT)
    if not content:
        raise _error(path, "is empty", _DAMAGED)
    return content


def _run(machine: Machine, content: bytes, path: str) -> None:
    stream = io.BytesIO(content)
    position = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in text
            for count, (opcode, argument, at) in enumerate(pickletools.genops(stream)):
                position = at or 0
                machine.step(opcode.name, argument, count)
    except Refused as refused:
        raise _error(path, str(refused), _CONVERT, position) from None
    except ValueError as error:
        what = f"is no complete pickle, so no file of wfepy: {str(error)[:200]}"
        raise _error(path, what, _DAMAGED, position) from None
    if stream.tell() != len(content):
        raise _error(path, "goes on after the end of the pickle", _DAMAGED, stream.tell())


def _check_outline(dumped: Any) -> None:
    if type(dumped) is not dict:
        raise Refused(f"it holds a {type(dumped).__name__} and not the dict that wfepy dumps")
    missing = {"state", "context"} - dumped.keys()
    if missing:
        raise Refused(f"it holds a dict without {' and '.join(map(repr, sorted(missing)))}, so not by wfepy")
    extra = [key for key in dumped if key not in ("state", "context")]
    if extra:
        names = ", ".join(repr(key)[:40] for key in extra[:5])
        raise Refused(
            f"beside state and context it holds {names}, which a Runner of your own must have dumped"
        )


def _state(entries: Any) -> tuple[tuple[str, TaskState], ...]:
    if type(entries) is not list:
        raise Refused(f"its state is a {type(entries).__name__} and not a list")
    for entry in entries:
        if type(entry) is not tuple or [type(part) for part in entry] != [str, TaskState]:
            raise Refused("its state has an entry that is not a task name with a TaskState")
    return tuple(entries)


def _check_extent(root: Any) -> None:
    """Refuse values that hold themselves, are nested deeply, or grow large where shared ones repeat.

    Each container is visited once, however often it is shared, without recursion.
    """
    # By id: values, characters and levels of what has been visited; None while it is being visited.
    extents: dict[int, tuple[int, int, int] | None] = {}
    todo = [root]
    while todo:
        item = todo[-1]
        children = _children(item)
        if id(item) not in extents:
            extents[id(item)] = None
            for child in children:
                if _is_container(child):
                    if id(child) not in extents:
                        todo.append(child)
                    elif extents[id(child)] is None:
                        raise Refused("it holds a value that holds itself")
        else:
            todo.pop()
            if extents[id(item)] is None:
                extents[id(item)] = _extent(children, extents)


def _extent(children: list[Any], extents: dict[int, tuple[int, int, int] | None]) -> tuple[int, int, int]:
    items, content, levels = 1, 0, 0
    for child in children:
        if _is_container(child):
            extent = extents[id(child)]
            if extent is None:
                raise Refused("it holds a value that holds itself")
            items += extent[0]
            content += extent[1]
            levels = max(levels, extent[2])
        else:
            items += 1
            content += _length(child)
        if content > MAX_CONTENT:
            break  # lengths of many long numbers would take their time
    Budget().spend(items=items, content=content)
    if levels > codec.MAX_DEPTH:
        raise Refused(f"it holds a value nested deeper than {codec.MAX_DEPTH} levels")
    return items, content, levels + 1


def _is_container(value: Any) -> bool:
    return isinstance(value, dict | list | tuple | set | frozenset | deque)


def _children(container: Any) -> list[Any]:
    if isinstance(container, dict):
        return [*container, *container.values()]
    return list(container)


def _length(value: Any) -> int:
    kind = type(value)
    if isinstance(value, str | bytes | bytearray):
        return len(value)
    if isinstance(value, int):
        return value.bit_length() // 3
    if kind is Named:
        raise Refused(f"it holds {value.name!r} itself, not an object of it")
    if kind is UnfilledUuid:
        raise Refused("it holds a UUID without its number")
    return len(str(value)) if kind is Decimal or isinstance(value, PurePath) else 0
