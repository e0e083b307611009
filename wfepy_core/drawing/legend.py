"""The legend below a picture: statuses with their counts, line styles, marks."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.drawing.node_shape import LABEL_SIZE, text_width
from wfepy_core.drawing.palette import LineStyle, Mark
from wfepy_core.model.status import TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.drawing.canvas import Canvas
    from wfepy_core.drawing.palette import Scheme
    from wfepy_core.drawing.picture import Picture

# In points, for the legend of the desktop too.
LINE = 24.0
"""Height of a line."""
SAMPLE = 30.0
"""Width of a piece of a transition's line, or of the bar of a join point."""
ICON = 14.0
"""Width of a status icon, or of another mark."""
GAP = 6.0
"""Between a sample and its text."""
APART = 18.0
"""Between a text and the next sample."""
MARGIN = 12.0
"""Left and right of a line."""


class _Entry(NamedTuple):
    """One entry and where it stands: x of its sample, y of its middle below the top of the legend."""

    what: TaskStatus | TransitionStatus | Mark
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
        texts = _texts(picture)
        widths = [_sample_width(what) + GAP + text_width(text, LABEL_SIZE) for what, text in texts]
        self._entries = [
            _Entry(what, text, x, y + LINE / 2)
            for (what, text), (x, y) in zip(texts, places_in_lines(widths, width), strict=True)
        ]
        self.height = self._entries[-1].y + LINE / 2 if self._entries else 0.0

    def draw_on(self, canvas: Canvas, top: float) -> None:
        """Draw all entries below a y."""
        for what, text, x, y in self._entries:
            self._draw_sample(canvas, what, x, top + y)
            start = (x + _sample_width(what) + GAP, top + y + 4.0)
            canvas.text(start, text, LABEL_SIZE, self._scheme.text)

    def _draw_sample(
        self, canvas: Canvas, what: TaskStatus | TransitionStatus | Mark, x: float, y: float
    ) -> None:
        ink = self._scheme.text
        if isinstance(what, TaskStatus):
            canvas.icon(what, (x, y - ICON / 2), ICON, on_page=True)
        elif isinstance(what, TransitionStatus):
            style, right = self._scheme.edges[what], x + SAMPLE
            canvas.line((x, y), (right - 8.0, y), style)
            canvas.polygon(((right, y), (right - 8.0, y - 3.0), (right - 8.0, y + 3.0)), style.colour)
        elif what is Mark.JOIN:
            canvas.rectangle((x, y - 2.5), (SAMPLE, 5.0), ink, radius=2.5)
        elif what is Mark.START:
            canvas.circle((x + ICON / 2, y), 5.0, ink)
        else:
            canvas.circle((x + ICON / 2, y), 6.0, "", border=LineStyle(ink, 1.5))
            canvas.circle((x + ICON / 2, y), 3.0, ink)


def places_in_lines(widths: Sequence[float], width: float) -> list[tuple[float, float]]:
    """Where the entries of a legend begin: x, and the top of their line.

    Args:
        widths: of each entry, sample and text.
        width: of the legend; an entry that does not fit begins the next line.
    """
    places = []
    x, y = MARGIN, 0.0
    for length in widths:
        if x > MARGIN and x + length > width - MARGIN:
            x, y = MARGIN, y + LINE
        places.append((x, y))
        x += length + APART
    return places


def marks_in(picture: Picture) -> list[Mark]:
    """Which marks a picture has."""
    tasks = picture.graph.tasks
    return [mark for mark in Mark if any(getattr(task, mark.value) for task in tasks)]


def _texts(picture: Picture) -> list[tuple[TaskStatus | TransitionStatus | Mark, str]]:
    """What the legend explains, with its text; without an instance only the marks."""
    return [
        *((status, f"{status.value} {count}") for status, count in picture.counts().items()),
        *((status, status.value) for status in TransitionStatus if picture.statuses is not None),
        *((mark, mark.value) for mark in marks_in(picture)),
    ]


def _sample_width(what: TaskStatus | TransitionStatus | Mark) -> float:
    return SAMPLE if isinstance(what, TransitionStatus) or what is Mark.JOIN else ICON
