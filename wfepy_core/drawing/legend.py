"""The legend below a picture: statuses with their counts, line styles, marks."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.drawing.node_shape import LABEL_SIZE, text_width
from wfepy_core.drawing.palette import LineStyle
from wfepy_core.model.status import TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from wfepy_core.drawing.canvas import Canvas
    from wfepy_core.drawing.palette import Scheme
    from wfepy_core.drawing.picture import Picture

LINE = 24.0
"""Height of a line."""

_SAMPLE = 30.0
_ICON = 14.0
_GAP = 6.0
_APART = 18.0
_MARGIN = 12.0


class _Entry(NamedTuple):
    """One entry and where it stands: x of its sample, y of its middle below the top of the legend."""

    what: TaskStatus | TransitionStatus | str
    text: str
    x: float
    y: float


class Legend:
    """The legend of a picture, in as many lines as its width needs.

    Attributes:
        height: of all its lines, in points; 0 when there is nothing to explain.
    """

    def __init__(self, picture: Picture, scheme: Scheme, width: float) -> None:
        self._scheme = scheme
        self._entries: list[_Entry] = []
        x, y = _MARGIN, LINE / 2
        for what, text in _texts(picture):
            length = _sample_width(what) + _GAP + text_width(text, LABEL_SIZE) + _APART
            if x > _MARGIN and x + length - _APART > width - _MARGIN:
                x, y = _MARGIN, y + LINE
            self._entries.append(_Entry(what, text, x, y))
            x += length
        self.height = y + LINE / 2 if self._entries else 0.0

    def draw_on(self, canvas: Canvas, top: float) -> None:
        """Draw all entries below a y."""
        for what, text, x, y in self._entries:
            self._draw_sample(canvas, what, x, top + y)
            start = (x + _sample_width(what) + _GAP, top + y + 4.0)
            canvas.text(start, text, LABEL_SIZE, self._scheme.text)

    def _draw_sample(
        self, canvas: Canvas, what: TaskStatus | TransitionStatus | str, x: float, y: float
    ) -> None:
        ink = self._scheme.text
        if isinstance(what, TaskStatus):
            canvas.icon(what, (x, y - _ICON / 2), _ICON, on_page=True)
        elif isinstance(what, TransitionStatus):
            style, right = self._scheme.edges[what], x + _SAMPLE
            canvas.line((x, y), (right - 8.0, y), style)
            canvas.polygon(((right, y), (right - 8.0, y - 3.0), (right - 8.0, y + 3.0)), style.colour)
        elif what == "join":
            canvas.rectangle((x, y - 2.5), (_SAMPLE, 5.0), ink, radius=2.5)
        elif what == "start":
            canvas.circle((x + _ICON / 2, y), 5.0, ink)
        else:
            canvas.circle((x + _ICON / 2, y), 6.0, "", border=LineStyle(ink, 1.5))
            canvas.circle((x + _ICON / 2, y), 3.0, ink)


def marks_in(picture: Picture) -> list[str]:
    """Which of the marks `start`, `join` and `end` a picture has."""
    tasks = picture.graph.tasks
    return [mark for mark in ("start", "join", "end") if any(getattr(task, mark) for task in tasks)]


def _texts(picture: Picture) -> list[tuple[TaskStatus | TransitionStatus | str, str]]:
    """What the legend explains, with its text; without an instance only the marks."""
    return [
        *((status, f"{status.value} {count}") for status, count in picture.counts().items()),
        *((status, status.value) for status in TransitionStatus if picture.statuses is not None),
        *((mark, mark) for mark in marks_in(picture)),
    ]


def _sample_width(what: TaskStatus | TransitionStatus | str) -> float:
    return _SAMPLE if isinstance(what, TransitionStatus) or what == "join" else _ICON
