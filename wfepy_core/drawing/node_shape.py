"""What a node looks like apart from its colours: measures in points, and how wide text is without a font.

The desktop measures text with its own fonts; a picture written without Qt has only the estimate here.
"""

from __future__ import annotations

import re

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.printable_text import printable_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.model.graph import Graph

FONT_FAMILIES = ("DejaVu Sans", "Verdana", "sans-serif")
"""DejaVu Sans and Verdana share their widths, which the estimate below is made for."""

NAME_SIZE = 13.0
WORD_SIZE = 11.0
LABEL_SIZE = 11.0

HEIGHT = 44.0
RADIUS = 7.0
PADDING = 11.0
ICON = 18.0
GAP = 9.0
NAME_BASELINE = 19.0
WORD_BASELINE = 34.5
LABEL_HEIGHT = 18.0
LABEL_PADDING = 7.0
ARROW_LENGTH = 9.0
ARROW_WIDTH = 7.0

MARGIN = 28.0
"""Around the whole graph."""

_MIN_WIDTH = 150.0
"""Room for the longest status word and a short badge beside it, so that a status never changes the layout."""

_LONGEST_PILL = 40
_SPACES = re.compile(r"[ \t\r\n\f]+")

_NARROW = frozenset("iljtfrI.,:;|!'()[]{}/\\ ")
_BROAD = frozenset("mwMW@%&")


def text_width(text: str, size: float) -> float:
    """About how wide a text is in points, rather too wide than too narrow.

    Args:
        text: one line.
        size: of the font in points.
    """
    return size * sum(map(_em, text))


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.4
    if char in _BROAD:
        return 1.0
    if char >= "\u1100":
        from unicodedata import east_asian_width

        return 1.05 if east_asian_width(char) in "WF" else 0.75
    return 0.72 if char.isupper() else 0.65


def node_size(name_width: float) -> tuple[float, float]:
    """Width and height in points of a node whose name is that wide; the name is never shortened."""
    return max(_MIN_WIDTH, PADDING * 2 + ICON + GAP + name_width), HEIGHT


def label_size(text_width_: float) -> tuple[float, float]:
    """Width and height in points of the pill around a condition's name that wide."""
    return text_width_ + 2 * LABEL_PADDING, LABEL_HEIGHT


def pill_texts(graph: Graph) -> dict[str, str]:
    """Each condition as its pill shows it: one line; where long ones are cut, no two look alike."""
    lines = {edge.condition: _one_line(edge.condition) for edge in graph.transitions if edge.condition}
    alike: dict[str, set[str]] = {}
    for line in lines.values():
        alike.setdefault(_cut(line), set()).add(line)
    shown = {line: text for short, group in alike.items() for line, text in _told_apart(short, group).items()}
    return {condition: shown[line] for condition, line in lines.items()}


def _one_line(condition: str) -> str:
    return printable_text(" ".join(filter(None, _SPACES.split(condition))))


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_PILL else f"{line[: _LONGEST_PILL - 1]}\u2026"


def _told_apart(short: str, lines: set[str]) -> dict[str, str]:
    """For each of some lines that begin alike its beginning, and the part in which it is another one."""
    if len(lines) == 1:
        return dict.fromkeys(lines, short)
    ordered = sorted(lines)
    common = min(_common_length(ordered[0], line) for line in ordered[1:])
    head, room = short[: _LONGEST_PILL // 3], _LONGEST_PILL - _LONGEST_PILL // 3 - 2
    start = max(common - room // 3, len(head))
    texts = [
        f"{head}\u2026{line[start : start + room]}{chr(0x2026) * (len(line) > start + room)}"
        for line in ordered
    ]
    if len(set(texts)) < len(texts):
        texts = [f"{short[:-6]}\u2026 #{number}" for number in range(1, len(texts) + 1)]
    return dict(zip(ordered, texts, strict=True))


def _common_length(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def estimated_sizes(graph: Graph) -> dict[str, tuple[float, float]]:
    """The size of every task's node, from estimated text widths."""
    return {task.name: node_size(text_width(printable_text(task.name), NAME_SIZE)) for task in graph.tasks}


def estimated_label_sizes(graph: Graph) -> Mapping[str, tuple[float, float]]:
    """The size of the pill of every condition, from estimated text widths."""
    return {
        condition: label_size(text_width(text, LABEL_SIZE))
        for condition, text in sorted(pill_texts(graph).items())
    }
