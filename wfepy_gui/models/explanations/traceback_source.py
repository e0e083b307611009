"""The source around each line of a traceback, read from its file as text. Nothing is imported."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wfepy_gui.preferences.trust import module_path
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from wfepy_core.model.snapshot import WorkflowRef

LARGEST_FILE = 1024 * 1024
AROUND = 12
"""Lines shown before and after the one that was running."""

# In a group of exceptions, lines begin with a bar for each group they are in.
_FRAME = re.compile(
    r'^[\s|]*File "(?P<file>[^"\n]+)", line (?P<line>\d+)(?:, in (?P<function>.+))?$', re.MULTILINE
)


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
    """Index of the innermost frame in the workflow's own modules; of the innermost if there is none."""
    own = {str(path) for spelled in workflow.modules if (path := module_path(spelled, folder)) is not None}
    inner = [number for number, frame in enumerate(frames) if str(Path(frame.file)) in own]
    return inner[-1] if inner else len(frames) - 1


def excerpt_of(frame: Frame, raised_at: int) -> Excerpt:
    """The source around a frame of an error raised at a moment (microseconds since 1970 UTC)."""
    path = Path(frame.file)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or path.suffix != ".py" or status.st_size > LARGEST_FILE:
            return Excerpt(tr("{} is no Python file that can be shown.").format(path))
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, ValueError) as error:
        return Excerpt(tr("{} cannot be read: {}.").format(path, getattr(error, "strerror", None) or error))
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
