"""A page as an SVG document, one point to a user unit."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import palette
from wfepy_core.drawing.canvas import Canvas
from wfepy_core.drawing.node_shape import FONT_FAMILIES
from wfepy_core.drawing.printable_text import printable_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfepy_core.drawing.canvas import Point
    from wfepy_core.drawing.page import Page
    from wfepy_core.drawing.palette import LineStyle, Scheme
    from wfepy_core.drawing.picture import Picture
    from wfepy_core.model.status import TaskStatus


def svg_text(page: Page) -> str:
    """The page as the text of an SVG document."""
    canvas = _SvgCanvas()
    page.draw_on(canvas)
    picture = page.picture
    return "\n".join(
        (
            _opening(page.width, page.height),
            f"<title>{escape(picture.title or 'Workflow')}</title>",
            f"<desc>{escape(_description(picture))}</desc>",
            *_definitions(picture, page.scheme),
            *canvas.elements,
            "</svg>",
            "",
        )
    )


class _SvgCanvas(Canvas):
    """Collects SVG elements."""

    def __init__(self) -> None:
        self.elements: list[str] = []

    def begin_group(self, tooltip: str = "", shift: Point = (0.0, 0.0)) -> None:
        place = f' transform="translate({shift[0]:.1f} {shift[1]:.1f})"' if shift != (0.0, 0.0) else ""
        self.elements.append(f"<g{place}>" + (f"<title>{escape(tooltip)}</title>" if tooltip else ""))

    def end_group(self) -> None:
        self.elements.append("</g>")

    def rectangle(
        self, corner: Point, size: Point, fill: str, *, radius: float = 0.0, border: LineStyle | None = None
    ) -> None:
        round_corners = f' rx="{radius:g}"' if radius else ""
        self.elements.append(
            f'<rect x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}"'
            f'{round_corners} fill="{fill}"{_stroke(border)}/>'
        )

    def circle(self, centre: Point, radius: float, fill: str, *, border: LineStyle | None = None) -> None:
        self.elements.append(
            f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius:g}" '
            f'fill="{fill or "none"}"{_stroke(border)}/>'
        )

    def curve(self, points: Sequence[Point], style: LineStyle) -> None:
        first, *rest = (f"{x:.1f} {y:.1f}" for x, y in points)
        self.elements.append(f'<path d="M{first} C{" ".join(rest)}" fill="none"{_stroke(style)}/>')

    def line(self, start: Point, end: Point, style: LineStyle) -> None:
        path = f"M{start[0]:.1f} {start[1]:.1f} L{end[0]:.1f} {end[1]:.1f}"
        self.elements.append(f'<path d="{path}"{_stroke(style)}/>')

    def polygon(self, corners: Sequence[Point], fill: str) -> None:
        path = " L".join(f"{x:.1f} {y:.1f}" for x, y in corners)
        self.elements.append(f'<path d="M{path} Z" fill="{fill}"/>')

    def icon(self, status: TaskStatus, corner: Point, size: float, *, on_page: bool) -> None:
        place = f"translate({corner[0]:.1f} {corner[1]:.1f}) scale({size / 16:g})"
        self.elements.append(f'<use href="#{_icon_id(status, on_page=on_page)}" transform="{place}"/>')

    def text(
        self, start: Point, text: str, size: float, colour: str, *, bold: bool = False, centred: bool = False
    ) -> None:
        anchor = ' text-anchor="middle"' if centred else ""
        weight = ' font-weight="bold"' if bold else ""
        self.elements.append(
            f'<text x="{start[0]:.1f}" y="{start[1]:.1f}"{anchor} font-size="{size:g}"{weight} '
            f'fill="{colour}">{escape(text)}</text>'
        )


def escape(text: str) -> str:
    """Text for XML."""
    text = printable_text(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _opening(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" role="img" font-family="{", ".join(FONT_FAMILIES)}">'
    )


def _description(picture: Picture) -> str:
    counts = ", ".join(f"{count} {status.value}" for status, count in picture.counts().items())
    return counts or f"{len(picture.graph.tasks)} tasks"


def _definitions(picture: Picture, scheme: Scheme) -> Iterator[str]:
    """The icons that occur, in the colours of nodes and, for the legend, in those of the page."""
    yield "<defs>"
    statuses = {picture.status(task.name) for task in picture.graph.tasks}
    for status in sorted(statuses, key=lambda status: status.priority):
        for on_page in (False, True):
            yield _icon(status, scheme, on_page=on_page)
    yield "</defs>"


def _icon_id(status: TaskStatus, *, on_page: bool) -> str:
    return f"{'legend' if on_page else 'icon'}-{status.name.lower()}"


def _icon(status: TaskStatus, scheme: Scheme, *, on_page: bool) -> str:
    icon = palette.ICONS[status]
    colour, mark = palette.icon_colours(status, scheme, on_page=on_page)
    parts = [f'<path d="{icon.body}" fill="{colour}"/>'] if icon.body else []
    for path, stroke in ((icon.mark, mark), (icon.outline, colour)):
        if path:
            parts.append(
                f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="2" stroke-linecap="round"/>'
            )
    return f'<g id="{_icon_id(status, on_page=on_page)}">{"".join(parts)}</g>'


def _stroke(style: LineStyle | None) -> str:
    if style is None:
        return ""
    dashes = " ".join(f"{length:g}" for length in style.dashes)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f' stroke="{style.colour}" stroke-width="{style.width:g}"{dashed}'
