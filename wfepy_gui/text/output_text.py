"""What tasks print as lines of plain text: with time and task, nothing in it acts on anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wfepy_core.plain_text import spell_out
from wfepy_core.storage.output_lines import drop_overwritten
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wfepy_core.storage.output_lines import OutputLine

_COLOURS = re.compile(r"\x1b\[[0-9;:]*[mK]")
"""Colours, and the rest of the line being erased as progress bars do it."""


def line_texts(lines: Iterable[OutputLine], stamp: Callable[[int], str]) -> Iterator[str]:
    """Each line as it is shown.

    Args:
        lines: what was printed.
        stamp: writes a moment, to the second.
    """
    error = tr("err")
    other = " " * len(error)
    unknown = "—".ljust(len(stamp(1)))
    second, time = -1, ""
    for at, task, stream, text in lines:
        if at // 1_000_000 != second:
            second = at // 1_000_000
            time = stamp(at) if at else unknown
        yield f"{time}  {error if stream == 'err' else other}  {task or '-'}: {plain_text(text)}"


def plain_text(text: str) -> str:
    """A printed line as a terminal would leave it, without colours; other controls are spelled out."""
    if "\r" in text:
        text = drop_overwritten(text)
    if text.isprintable():
        return text
    if "\x1b" in text:
        text = _COLOURS.sub("", text)
    return spell_out(text)
