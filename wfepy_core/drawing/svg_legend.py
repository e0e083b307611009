"""The legend below an SVG picture: statuses with their counts, line styles, marks."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.node_shape import LABEL_SIZE, text_width
from wfepy_core.model.status import TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from wfepy_core.drawing.palette import Scheme
    from wfepy_core.drawing.picture import Picture

LINE = 24.0
"""Height of a line."""

_SAMPLE = 30.0
_ICON = 14.0
_GAP = 6.0
_APART = 18.0
_MARGIN = 12.0


def legend(picture: Picture, scheme: Scheme, top: float, width: float) -> tuple[list[str], float]:
    """SVG lines of the legend of a picture, and how high it is.

    Args:
        picture: what is shown; without an instance only the marks are explained.
        scheme: its colours.
        top: y of the legend.
        width: of the picture.
    """
    entries: list[tuple[TaskStatus | TransitionStatus | str, str]] = [
        *((status, f"{status.value} {count}") for status, count in picture.counts().items()),
        *((status, status.value) for status in TransitionStatus if picture.statuses is not None),
        *((mark, mark) for mark in _used_marks(picture)),
    ]
    if not entries:
        return [], 0.0
    lines = [f'<g font-size="{LABEL_SIZE:g}" fill="{scheme.text}">']
    x, y = _MARGIN, top + LINE / 2
    for entry, text in entries:
        sample, size = _sample(entry, scheme, x, y)
        wide = size + _GAP + text_width(text, LABEL_SIZE) + _APART
        if x > _MARGIN and x + wide > width:
            x, y = _MARGIN, y + LINE
            sample, size = _sample(entry, scheme, x, y)
        lines.append(f'{sample}<text x="{x + size + _GAP:.1f}" y="{y + 4:.1f}">{text}</text>')
        x += wide
    return [*lines, "</g>"], y + LINE / 2 - top


def _used_marks(picture: Picture) -> list[str]:
    tasks = picture.graph.tasks
    return [mark for mark in ("start", "join", "end") if any(getattr(task, mark) for task in tasks)]


def _sample(
    entry: TaskStatus | TransitionStatus | str, scheme: Scheme, x: float, y: float
) -> tuple[str, float]:
    if isinstance(entry, TaskStatus):
        place = f"translate({x:.1f} {y - _ICON / 2:.1f}) scale({_ICON / 16:g})"
        return f'<use href="#legend-{entry.name.lower()}" transform="{place}"/>', _ICON
    if isinstance(entry, TransitionStatus):
        style = scheme.edges[entry]
        dashes = " ".join(f"{length:g}" for length in style.dashes) or "none"
        right = x + _SAMPLE
        line = (
            f'<path d="M{x:.1f} {y:.1f} H{right - 8:.1f}" stroke="{style.colour}" '
            f'stroke-width="{style.width}" stroke-dasharray="{dashes}"/>'
        )
        head = f"M{right:.1f} {y:.1f} L{right - 8:.1f} {y - 3:.1f} V{y + 3:.1f} Z"
        return f'{line}<path d="{head}" fill="{style.colour}"/>', _SAMPLE
    return _mark(entry, scheme.text, x, y)


def _mark(mark: str, ink: str, x: float, y: float) -> tuple[str, float]:
    if mark == "join":
        return f'<rect x="{x:.1f}" y="{y - 2.5:.1f}" width="{_SAMPLE}" height="5" rx="2.5"/>', _SAMPLE
    middle = f'cx="{x + _ICON / 2:.1f}" cy="{y:.1f}"'
    if mark == "start":
        return f'<circle {middle} r="5"/>', _ICON
    ring = f'<circle {middle} r="6" fill="none" stroke="{ink}" stroke-width="1.5"/>'
    return f'<circle {middle} r="3"/>{ring}', _ICON
