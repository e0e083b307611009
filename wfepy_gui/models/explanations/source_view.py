"""Source read from its file as text: of a task, and around a line of a traceback. Nothing is imported."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.engine.code_bytes import read_code
from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading.code_files import file_of
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

    from wfepy_core.model.snapshot import Snapshot, WorkflowRef

LARGEST_MODULE = 4 * 1024 * 1024
"""Bytes of a module of which a task is shown."""
MOST_LINES = 400
LARGEST_TRACED = 1024 * 1024
"""Bytes of any file that a traceback names."""
AROUND = 12
"""Lines shown before and after the one that was running."""

# In a group of exceptions, lines begin with a bar for each group they are in.
_FRAME = re.compile(
    r'^[\s|]*File "(?P<file>[^"\n]+)", line (?P<line>\d+)(?:, in (?P<function>.+))?$', re.MULTILINE
)


class SourceText(NamedTuple):
    """A piece of a module.

    Attributes:
        place: `file:line`, or why there is nothing to show.
        text: the lines; empty when there is nothing to show.
    """

    place: str
    text: str = ""


def source_of(snapshot: Snapshot, task: str, folder: Path) -> SourceText:
    """The source of a task of an instance whose state file lies in `folder`; reads its module."""
    found = snapshot.graph.tasks[snapshot.topology.index[task]]
    modules = snapshot.workflow.modules
    spelled = modules[found.module] if found.module < len(modules) else ""
    path = file_of(spelled, str(folder))
    if not path:
        no_file = (
            tr("The module {} is not a file seen from here.") if spelled else tr("Its module is no file.")
        )
        return SourceText(no_file.format(spelled))
    try:
        lines = read_code(path, LARGEST_MODULE)[0].decode("utf-8", "replace").splitlines()
    except ModuleLoadError as error:
        return SourceText(f"{error.message}.")
    except (OSError, ValueError) as error:
        return SourceText(tr("{} cannot be read: {}.").format(path, _reason_of(error)))
    if not 0 < found.line <= len(lines):
        return SourceText(tr("{} has no line {} any more.").format(path, found.line))
    first, last = _block(lines, found.line - 1)
    return SourceText(f"{path}:{first + 1}", "\n".join(lines[first:last]))


def _block(lines: list[str], start: int) -> tuple[int, int]:
    """Where the function around line `start` begins (its decorators included) and ends."""
    first = start
    while first > 0 and lines[first - 1].strip() and not _closes_other(lines[first - 1]):
        first -= 1
    body = start
    while body < len(lines) and not lines[body].lstrip().startswith(("def ", "async def ")):
        body += 1
    indent = _indent(lines[body]) if body < len(lines) else 0
    last = min(body + 1, len(lines))
    while last < len(lines) and last - first < MOST_LINES:
        line = lines[last]
        if line.strip() and _indent(line) <= indent and not line.lstrip().startswith((")", "]", "}")):
            break
        last += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return first, last


def _closes_other(line: str) -> bool:
    """Whether a line above cannot belong to the decorators of this function."""
    return not line.lstrip().startswith(("@", "#", ")", '"', "'")) and _indent(line) == 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _reason_of(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


class Frame(NamedTuple):
    """One place a traceback names; line numbers count from 1."""

    file: str
    line: int
    function: str


class Excerpt(NamedTuple):
    """Numbered source lines around a frame, the one that was running marked with `>`.

    Attributes:
        text: the lines, or why there are none.
        marked: index of the marked line in `text`, from 0; -1: none is.
        note: a doubt about it; empty for none.
    """

    text: str
    marked: int = -1
    note: str = ""


def frames_of(traceback: str) -> tuple[Frame, ...]:
    """The places a traceback names, outermost first."""
    return tuple(
        Frame(found["file"], int(found["line"]), found["function"] or "")
        for found in _FRAME.finditer(traceback)
    )


def own_frame(frames: tuple[Frame, ...], workflow: WorkflowRef, folder: Path) -> int:
    """Index of the innermost frame in the workflow's own modules; of the innermost if there is none.

    Looks up where links lead.
    """
    own = {file_of(spelled, str(folder)) for spelled in workflow.modules}
    inner = [number for number, frame in enumerate(frames) if frame.file in own]
    return inner[-1] if inner else len(frames) - 1


class FirstPlace(NamedTuple):
    """The place of a traceback that is shown first.

    Attributes:
        number: of its frame, from 0.
        excerpt: the source around it.
    """

    number: int
    excerpt: Excerpt


def first_place(frames: tuple[Frame, ...], workflow: WorkflowRef, folder: Path, raised_at: int) -> FirstPlace:
    """The innermost place in the workflow's own modules, see `own_frame` and `excerpt_of`."""
    number = own_frame(frames, workflow, folder)
    return FirstPlace(number, excerpt_of(frames[number], raised_at))


def excerpt_of(frame: Frame, raised_at: int) -> Excerpt:
    """The source around a frame of an error raised at a moment (microseconds since 1970 UTC)."""
    path = frame.file
    if os.path.splitext(path)[1] != ".py":
        return Excerpt(tr("{} is no Python file.").format(path))
    try:
        data, status = read_code(path, LARGEST_TRACED)
        lines = data.decode("utf-8", "replace").splitlines()
    except ModuleLoadError as error:
        return Excerpt(f"{error.message}.")
    except (OSError, ValueError) as error:
        return Excerpt(tr("{} cannot be read: {}.").format(path, _reason_of(error)))
    if not 0 < frame.line <= len(lines):
        return Excerpt(tr("{} has no line {} any more.").format(path, frame.line))
    first, last = max(0, frame.line - 1 - AROUND), min(len(lines), frame.line + AROUND)
    shown = [
        f"{'>' if number == frame.line else ' '} {number:>4}  {lines[number - 1]}"
        for number in range(first + 1, last + 1)
    ]
    changed = raised_at and status.st_mtime_ns // 1000 > raised_at
    note = tr("The file was changed after this error: lines may have moved.") if changed else ""
    return Excerpt("\n".join(shown), frame.line - 1 - first, note)
