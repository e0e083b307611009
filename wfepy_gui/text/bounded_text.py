"""Texts of others as much as anybody reads of them: Qt would lay out all that it gets."""

from __future__ import annotations

MOST_SHOWN = 2000
"""Characters of a text that labels, cells and tool tips show."""

LONGEST_LINE = 5000
"""Characters of a line in a pane of many lines."""
_CHARACTERS_OF_A_LINE = 50
"""So many lines go with a number of characters."""


def bounded(text: str, most: int = MOST_SHOWN) -> str:
    """The beginning of a text that is too long to be shown, or has too many lines."""
    if len(text) > most:
        text = f"{text[: most - 1]}…"
    lines = most // _CHARACTERS_OF_A_LINE
    return "\n".join((*text.split("\n", lines)[:lines], "…")) if text.count("\n") > lines else text


def bounded_lines(text: str, most: int) -> str:
    """The beginning of a text for a pane of many lines; long lines are cut, too: Qt lays out whole ones."""
    return "\n".join(bounded(line, LONGEST_LINE) for line in bounded(text, most).split("\n"))
