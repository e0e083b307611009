"""A page as DOT text that Graphviz only has to render: a PNG or PDF then shows what the SVG does.

Shapes are drawing operations of the attribute `_background`; lines of text are nodes without a shape at fixed
positions, because Graphviz 2.43 (Debian 12) crashes at text in `_background`. Nothing is left to lay out:
render it with the layout `nop2`. Graphviz counts y upwards.
https://graphviz.org/docs/attrs/background/
"""

from __future__ import annotations

from math import sqrt

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import palette
from wfepy_core.drawing.canvas import Canvas
from wfepy_core.drawing.node_shape import FONT_FAMILIES, text_width
from wfepy_core.drawing.printable_text import printable_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wfepy_core.drawing.canvas import Point
    from wfepy_core.drawing.page import Page
    from wfepy_core.drawing.palette import LineStyle, Scheme
    from wfepy_core.model.status import TaskStatus

RENDER_ONLY = "nop2"
"""Graphviz's name of the layout that leaves everything where it is."""

_ROUND = 0.5523
"""Where the control points of a Bezier curve are that draws a quarter of a circle, of its radius."""

_BASELINE = 0.29
"""How far the baseline is below the middle of a text, of its size: DejaVu Sans as Graphviz centres it."""

_TRANSPARENT = "#00000000"
_PIXELS_A_POINT = 2.0
_MOST_PIXELS = 120_000_000
_LONGEST_SIDE = 32_000
_LONGEST_STRING = 15_000
_LONGEST_PAGE = 200
"""Inches: what PDF readers accept."""


def xdot_text(page: Page, *, in_pixels: bool) -> str:
    """The page as DOT text.

    Args:
        page: what to draw.
        in_pixels: whether it becomes an image of two pixels to the point (fewer if that is too large), not
            a page in points.
    """
    canvas = _XdotCanvas(page.height, page.scheme)
    page.draw_on(canvas)
    width, height = page.width, page.height
    resolution = f"dpi={72 * _scale(page):.2f}" if in_pixels else f'size="{_LONGEST_PAGE},{_LONGEST_PAGE}"'
    lines = [
        "digraph page {",
        f'  graph [pad=0 margin=0 bb="0,0,{width:.2f},{height:.2f}" bgcolor="{page.scheme.page}"]',
        f"  graph [{resolution}]",
        "  graph [_background=" + "\n    + ".join(_strings(canvas.operations)) + "]",
        '  node [shape=plaintext margin=0 fixedsize=true label=""]',
        '  corner1 [style=invis width=0.001 height=0.001 pos="0,0"]',
        f'  corner2 [style=invis width=0.001 height=0.001 pos="{width:.2f},{height:.2f}"]',
        *canvas.texts,
        "}",
        "",
    ]
    return "\n".join(lines)


def _strings(operations: Iterable[str]) -> Iterator[str]:
    """Operations in DOT strings, to be joined by `+`: older releases of Graphviz read 16,384 bytes in one."""
    part: list[str] = []
    length = 0
    for operation in operations:
        length += len(operation) + 1
        if length > _LONGEST_STRING:
            yield f'"{" ".join(part)} "'
            part, length = [], len(operation) + 1
        part.append(operation)
    yield f'"{" ".join(part)} "'


def _scale(page: Page) -> float:
    """Pixels to the point."""
    width, height = page.width, page.height
    return min(_PIXELS_A_POINT, _LONGEST_SIDE / max(width, height), sqrt(_MOST_PIXELS / (width * height)))


class _XdotCanvas(Canvas):
    """Collects drawing operations of Graphviz's xdot format, and nodes for lines of text."""

    def __init__(self, height: float, scheme: Scheme) -> None:
        self.operations: list[str] = []
        self.texts: list[str] = []
        self._height = height
        self._scheme = scheme
        self._shifts: list[Point] = [(0.0, 0.0)]

    def begin_group(self, tooltip: str = "", shift: Point = (0.0, 0.0)) -> None:  # noqa: ARG002  a picture has none
        x, y = self._shifts[-1]
        self._shifts.append((x + shift[0], y + shift[1]))

    def end_group(self) -> None:
        self._shifts.pop()

    def rectangle(
        self, corner: Point, size: Point, fill: str, *, radius: float = 0.0, border: LineStyle | None = None
    ) -> None:
        self._fill(_round_rectangle(corner, size, min(radius, size[0] / 2, size[1] / 2)), fill)
        if border:
            self.curve(_round_rectangle(corner, size, min(radius, size[0] / 2, size[1] / 2)), border)

    def circle(self, centre: Point, radius: float, fill: str, *, border: LineStyle | None = None) -> None:
        corner = centre[0] - radius, centre[1] - radius
        outline = _round_rectangle(corner, (2 * radius, 2 * radius), radius)
        if fill:
            self._fill(outline, fill)
        if border:
            self.curve(outline, border)

    def curve(self, points: Sequence[Point], style: LineStyle) -> None:
        self._pen(style)
        self.operations.append(f"B {self._points(points)}")

    def line(self, start: Point, end: Point, style: LineStyle) -> None:
        self._pen(style)
        self.operations.append(f"L {self._points((start, end))}")

    def polygon(self, corners: Sequence[Point], fill: str) -> None:
        self._colours(_TRANSPARENT, fill)
        self.operations.append(f"P {self._points(corners)}")

    def icon(self, status: TaskStatus, corner: Point, size: float, *, on_page: bool) -> None:
        icon = palette.ICONS[status]
        colour, mark = palette.icon_colours(status, self._scheme, on_page=on_page)
        scale = size / 16
        for path in _bezier_paths(icon.body, corner, scale):
            self._fill(path, colour)
        for data, stroke in ((icon.mark, mark), (icon.outline, colour)):
            for path in _bezier_paths(data, corner, scale):
                self.curve(path, palette.LineStyle(stroke, 2.0 * scale))
                for end in (path[0], path[-1]):
                    self.circle(end, scale, stroke)

    def text(
        self, start: Point, text: str, size: float, colour: str, *, bold: bool = False, centred: bool = False
    ) -> None:
        width = text_width(text, size)
        x, y = self._place(start)
        middle, alignment = (x, "") if centred else (x + width / 2, "\\l")
        family = f"{FONT_FAMILIES[0]} Bold" if bold else FONT_FAMILIES[0]
        self.texts.append(
            f'  text{len(self.texts)} [pos="{middle:.2f},{y + _BASELINE * size:.2f}" '
            f"width={width / 72:.4f} height={size / 48:.4f} "
            f'fontname="{family}" fontsize={size:g} fontcolor="{colour}" '
            f'label="{_escape(text)}{alignment}"]'
        )

    def _fill(self, outline: Sequence[Point], colour: str) -> None:
        self._colours(_TRANSPARENT, colour)
        self.operations.append(f"b {self._points(outline)}")

    def _pen(self, style: LineStyle) -> None:
        dashes = "dotted" if style.dashes and style.dashes[0] < style.width * 2 else "dashed"
        for word in ("solid", *((dashes,) if style.dashes else ()), f"setlinewidth({style.width:g})"):
            self.operations.append(f"S {len(word)} -{word}")
        self._colours(style.colour, _TRANSPARENT)

    def _colours(self, pen: str, fill: str) -> None:
        self.operations.append(f"c {len(pen)} -{pen} C {len(fill)} -{fill}")

    def _points(self, points: Sequence[Point]) -> str:
        numbers = (f"{x:.1f} {y:.1f}" for x, y in map(self._place, points))
        return f"{len(points)} {' '.join(numbers)}"

    def _place(self, point: Point) -> Point:
        x, y = self._shifts[-1]
        return point[0] + x, self._height - point[1] - y


def _round_rectangle(corner: Point, size: Point, radius: float) -> list[Point]:
    """The outline of a rectangle with round corners as Bezier segments, clockwise from the upper left."""
    left, top = corner
    right, bottom = left + size[0], top + size[1]
    near, away = radius * (1 - _ROUND), radius
    return [
        (left, top + away),
        *((left, top + near), (left + near, top), (left + away, top)),
        *_straight((left + away, top), (right - away, top)),
        *((right - near, top), (right, top + near), (right, top + away)),
        *_straight((right, top + away), (right, bottom - away)),
        *((right, bottom - near), (right - near, bottom), (right - away, bottom)),
        *_straight((right - away, bottom), (left + away, bottom)),
        *((left + near, bottom), (left, bottom - near), (left, bottom - away)),
        *_straight((left, bottom - away), (left, top + away)),
    ]


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """A straight Bezier segment, without its start point."""
    return start, end, end


def _bezier_paths(data: str, corner: Point, scale: float) -> Iterator[list[Point]]:
    """The lines of SVG path data, see `palette.Icon`, as Bezier segments in points."""
    words = data.split()
    points: list[Point] = []
    at = 0
    while at < len(words):
        command = words[at][0]
        if command == "Z":
            points += _straight(points[-1], points[0])
            at += 1
            continue
        count = 3 if command == "C" else 1
        numbers = [float(word.lstrip("MLC")) for word in words[at : at + 2 * count]]
        some = [
            (corner[0] + scale * x, corner[1] + scale * y)
            for x, y in zip(numbers[::2], numbers[1::2], strict=True)
        ]
        if command == "M":
            if points:
                yield points
            points = some
        else:
            points += some if command == "C" else _straight(points[-1], some[0])
        at += 2 * count
    if points:
        yield points


def _escape(text: str) -> str:
    """Text as a DOT label in one line: nothing in it is an escape or an entity."""
    return printable_text(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
