"""A workflow as SVG, written from a placement and the palette: it looks like the desktop, without Qt."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import node_shape as shape
from wfepy_core.drawing import palette
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.drawing.svg_legend import LINE, legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.drawing.edge_paths import EdgePath
    from wfepy_core.drawing.palette import Scheme
    from wfepy_core.drawing.picture import Picture
    from wfepy_core.drawing.placement import NodeBox, Placement
    from wfepy_core.model.graph import GraphTask
    from wfepy_core.model.status import TaskStatus

_TITLE_ROOM = 40.0
_LEAST_WIDTH = 560.0


def svg_text(picture: Picture, placement: Placement) -> str:
    """The picture as an SVG document, one point to a user unit.

    Args:
        picture: what to show.
        placement: where, for exactly this graph.
    """
    scheme = palette.scheme(dark=picture.dark)
    width = max(placement.width + 2 * shape.MARGIN, _LEAST_WIDTH)
    top = _TITLE_ROOM if picture.title else 0.0
    foot = top + placement.height + 2 * shape.MARGIN
    legend_lines, legend_height = legend(picture, scheme, foot, width)
    stamp = picture.stamp()
    height = foot + legend_height + (LINE if stamp else 0.0)
    left = (width - placement.width) / 2
    lines = [
        _opening(width, height),
        f"<title>{escaped(picture.title or 'Workflow')}</title>",
        f"<desc>{escaped(_description(picture))}</desc>",
        *_definitions(picture, scheme),
        f'<rect width="{width:.1f}" height="{height:.1f}" fill="{scheme.page}"/>',
        *_title(picture, scheme),
        f'<g transform="translate({left:.1f} {top + shape.MARGIN:.1f})">',
        *_edges(picture, placement, scheme),
        *_nodes(picture, placement, scheme),
        *_pills(picture, placement, scheme),
        "</g>",
        *legend_lines,
    ]
    if stamp:
        y = foot + legend_height + LINE / 2
        lines.append(f'<text x="12" y="{y:.1f}" font-size="10" fill="{scheme.muted}">{escaped(stamp)}</text>')
    return "\n".join((*lines, "</svg>", ""))


def _opening(width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}" role="img" font-family="{", ".join(shape.FONT_FAMILIES)}">'
    )


def escaped(text: str) -> str:
    """Text for XML."""
    text = printable_text(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _description(picture: Picture) -> str:
    counts = ", ".join(f"{count} {status.value}" for status, count in picture.counts().items())
    return counts or f"{len(picture.graph.tasks)} tasks"


def _definitions(picture: Picture, scheme: Scheme) -> Iterator[str]:
    """The icons that occur, in node colours and, for the legend, in page colours."""
    yield "<defs>"
    statuses = {picture.status(task.name) for task in picture.graph.tasks}
    for status in sorted(statuses, key=lambda status: status.priority):
        colours = scheme.statuses[status]
        yield _icon(f"icon-{status.name.lower()}", status, colours.icon, colours.mark)
        yield _icon(f"legend-{status.name.lower()}", status, colours.solid, scheme.page)
    yield "</defs>"


def _icon(name: str, status: TaskStatus, colour: str, mark: str) -> str:
    icon = palette.ICONS[status]
    parts = []
    if icon.body:
        parts.append(f'<path d="{icon.body}" fill="{colour}"/>')
    for path, stroke in ((icon.mark, mark), (icon.outline, colour)):
        if path:
            parts.append(
                f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="2" stroke-linecap="round"/>'
            )
    return f'<g id="{name}">{"".join(parts)}</g>'


def _title(picture: Picture, scheme: Scheme) -> Iterator[str]:
    if picture.title:
        yield (
            f'<text x="{shape.MARGIN}" y="32" font-size="18" font-weight="bold" fill="{scheme.text}">'
            f"{escaped(picture.title)}</text>"
        )


def _edges(picture: Picture, placement: Placement, scheme: Scheme) -> Iterator[str]:
    for index, edge in enumerate(placement.edges):
        if not edge.points:
            continue
        style = scheme.edges[picture.transition(index)]
        dashes = " ".join(f"{length:g}" for length in style.dashes)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        first, *rest = (f"{x:.1f} {y:.1f}" for x, y in edge.points)
        yield (
            f'<path d="M{first} C{" ".join(rest)}" fill="none" stroke="{style.colour}" '
            f'stroke-width="{style.width}"{dashed}/>'
        )
        if edge.tip:
            yield f'<path d="{_arrow(edge)}" fill="{style.colour}"/>'


def _arrow(edge: EdgePath) -> str:
    (bx, by), (tx, ty) = edge.points[-1], edge.tip or edge.points[-1]
    dx, dy = tx - bx, ty - by
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    nx, ny = -dy / length * shape.ARROW_WIDTH / 2, dx / length * shape.ARROW_WIDTH / 2
    return f"M{tx:.1f} {ty:.1f} L{bx + nx:.1f} {by + ny:.1f} L{bx - nx:.1f} {by - ny:.1f} Z"


def _nodes(picture: Picture, placement: Placement, scheme: Scheme) -> Iterator[str]:
    for task in picture.graph.tasks:
        status = picture.status(task.name)
        colours = scheme.statuses[status]
        box = placement.nodes[task.name]
        word = picture.word(task.name)
        width = 2.4 if status in palette.NEEDS_A_PERSON else 1.5
        dashed = ' stroke-dasharray="6 3.7"' if status in palette.DASHED_BORDER else ""
        scale = shape.ICON / 16
        icon_x, icon_y = box.x + shape.PADDING, box.y + (box.height - shape.ICON) / 2
        text_x = box.x + shape.PADDING + shape.ICON + shape.GAP
        name_y = box.y + (shape.NAME_BASELINE if word else box.height / 2 + shape.NAME_SIZE * 0.36)
        yield (
            f"<g><title>{escaped(f'{task.name}: {word}' if word else task.name)}</title>"
            f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
            f'rx="{shape.RADIUS:g}" fill="{colours.fill}" stroke="{colours.border}" '
            f'stroke-width="{width}"{dashed}/>'
        )
        if word:
            yield (
                f'<use href="#icon-{status.name.lower()}" '
                f'transform="translate({icon_x:.1f} {icon_y:.1f}) scale({scale:g})"/>'
                f'<text x="{text_x:.1f}" y="{box.y + shape.WORD_BASELINE:.1f}" '
                f'font-size="{shape.WORD_SIZE:g}" fill="{colours.word}">{escaped(word)}</text>'
            )
        yield (
            f'<text x="{text_x:.1f}" y="{name_y:.1f}" font-size="{shape.NAME_SIZE:g}" '
            f'fill="{colours.name}">{escaped(task.name)}</text>{_marks(task, box, scheme)}</g>'
        )


def _marks(task: GraphTask, box: NodeBox, scheme: Scheme) -> str:
    """Start: a disc on the upper edge. Join: a bar along it. End: a target on the lower edge."""
    ink, page = scheme.text, scheme.page
    marks = ""
    if task.join:
        x, width = box.x + shape.RADIUS, box.width - 2 * shape.RADIUS
        marks += (
            f'<rect x="{x:.1f}" y="{box.y - 2.5:.1f}" width="{width:.1f}" height="5" rx="2.5" '
            f'fill="{ink}" stroke="{page}"/>'
        )
    if task.start:
        marks += (
            f'<circle cx="{box.x + 16:.1f}" cy="{box.y:.1f}" r="5" fill="{ink}" stroke="{page}" '
            'stroke-width="1.5"/>'
        )
    if task.end:
        x, y = box.x + box.width - 16, box.y + box.height
        marks += (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{page}" stroke="{ink}" stroke-width="1.5"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>'
        )
    return marks


def _pills(picture: Picture, placement: Placement, scheme: Scheme) -> Iterator[str]:
    for edge, transition in zip(placement.edges, picture.graph.transitions, strict=True):
        if not edge.label:
            continue
        text = shape.pill_text(transition.condition)
        width, height = shape.label_size(shape.text_width(text, shape.LABEL_SIZE))
        x, y = edge.label
        yield (
            f"<g><title>{escaped(transition.condition)}</title>"
            f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:g}" '
            f'rx="{height / 2:g}" fill="{scheme.panel}" stroke="{scheme.panel_border}"/>'
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="{shape.LABEL_SIZE:g}" '
            f'fill="{scheme.text}">{escaped(text)}</text></g>'
        )
