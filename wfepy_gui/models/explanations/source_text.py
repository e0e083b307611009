"""The source of one task, read as text from its module's file. Nothing is imported or compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_gui.preferences.trust import module_path
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

    from wfepy_core.model.snapshot import Snapshot

LARGEST_FILE = 4 * 1024 * 1024
MOST_LINES = 400


class SourceText(NamedTuple):
    """A piece of a module.

    Attributes:
        place: `file:line`, or why there is nothing to show.
        text: the lines; empty when there is nothing to show.
    """

    place: str
    text: str = ""


def source_of(snapshot: Snapshot, task: str, folder: Path) -> SourceText:
    """The source of a task of an instance whose state file lies in `folder`."""
    found = snapshot.graph.tasks[snapshot.topology.index[task]]
    modules = snapshot.workflow.modules
    spelled = modules[found.module] if found.module < len(modules) else ""
    path = module_path(spelled, folder) if spelled else None
    if path is None:
        no_file = (
            tr("The module {} is not a file seen from here.") if spelled else tr("Its module is no file.")
        )
        return SourceText(no_file.format(spelled))
    try:
        if path.stat().st_size > LARGEST_FILE:
            return SourceText(tr("{} is too large to show.").format(path))
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        return SourceText(tr("{} cannot be read: {}.").format(path, error.strerror))
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
