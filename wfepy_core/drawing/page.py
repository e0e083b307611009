"""A workflow's picture as one page, the same in every format: title, graph, legend, time stamp."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import node_shape as shape
from wfepy_core.drawing import palette
from wfepy_core.drawing.legend import LINE, Legend

if TYPE_CHECKING:
    from wfepy_core.drawing.canvas import Canvas, Point
    from wfepy_core.drawing.edge_paths import EdgePath
    from wfepy_core.drawing.picture import Picture
    from wfepy_core.drawing.placement import NodeBox, Placement
    from wfepy_core.model.graph import GraphTask

_TITLE_HEIGHT = 44.0
_TITLE_SIZE = 18.0
_STAMP_SIZE = 11.0
_LEAST_WIDTH = 560.0


class Page:
    """A page with a picture on it.

    Attributes:
        picture: what it shows.
        scheme: its colours.
        width: in points.
        height: in points.
    """

    def __init__(self, picture: Picture, placement: Placement) -> None:
        """Lay the page out.

        Args:
            picture: what to show.
            placement: where, for exactly this graph.
        """
        self.picture = picture
        self.scheme = palette.scheme(dark=picture.dark)
        self._placement = placement
        title = shape.text_width(picture.title, _TITLE_SIZE) + 2 * shape.MARGIN
        self.width = max(placement.width + 2 * shape.MARGIN, _LEAST_WIDTH, title if picture.title else 0.0)
        self._graph_top = _TITLE_HEIGHT if picture.title else 0.0
        self._legend_top = self._graph_top + placement.height + 2 * shape.MARGIN
        self._legend = Legend(picture, self.scheme, self.width)
        self._stamp_top = self._legend_top + self._legend.height
        self.height = self._stamp_top + (LINE if picture.stamp() else 0.0)

    def draw_on(self, canvas: Canvas) -> None:
        """Draw everything on a canvas of this width and height."""
        canvas.rectangle((0.0, 0.0), (self.width, self.height), self.scheme.page)
        if title := self.picture.title:
            canvas.text((shape.MARGIN, 32.0), title, _TITLE_SIZE, self.scheme.text, bold=True)
        left = (self.width - self._placement.width) / 2
        canvas.begin_group(shift=(left, self._graph_top + shape.MARGIN))
        self._draw_edges(canvas)
        self._draw_nodes(canvas)
        self._draw_pills(canvas)
        canvas.end_group()
        self._legend.draw_on(canvas, self._legend_top)
        if stamp := self.picture.stamp():
            baseline = (12.0, self._stamp_top + LINE / 2 + 4.0)
            canvas.text(baseline, stamp, _STAMP_SIZE, self.scheme.muted)

    def _draw_edges(self, canvas: Canvas) -> None:
        for index, edge in enumerate(self._placement.edges):
            if edge.points:
                style = self.scheme.edges[self.picture.transition(index)]
                canvas.curve(edge.points, style)
                if edge.tip:
                    canvas.polygon(_arrow_head(edge), style.colour)

    def _draw_nodes(self, canvas: Canvas) -> None:
        """Draw those that need a person last, above all others."""
        urgent = []
        for task in self.picture.graph.tasks:
            if self.picture.status(task.name) in palette.NEEDS_A_PERSON:
                urgent.append(task)
            else:
                self._draw_node(canvas, task)
        for task in urgent:
            self._draw_node(canvas, task)

    def _draw_node(self, canvas: Canvas, task: GraphTask) -> None:
        status, word = self.picture.status(task.name), self.picture.word(task.name)
        colours = self.scheme.statuses[status]
        box = self._placement.nodes[task.name]
        canvas.begin_group(f"{task.name}: {word}" if word else task.name)
        canvas.rectangle(
            (box.x, box.y),
            (box.width, box.height),
            colours.fill,
            radius=shape.RADIUS,
            border=palette.node_border(status, colours),
        )
        text_left = box.x + shape.PADDING + shape.ICON + shape.GAP
        if word:
            icon = (box.x + shape.PADDING, box.y + (box.height - shape.ICON) / 2)
            canvas.icon(status, icon, shape.ICON, on_page=False)
            canvas.text((text_left, box.y + shape.WORD_BASELINE), word, shape.WORD_SIZE, colours.word)
        baseline = shape.NAME_BASELINE if word else box.height / 2 + shape.NAME_SIZE * 0.36
        canvas.text((text_left, box.y + baseline), task.name, shape.NAME_SIZE, colours.name)
        self._draw_marks(canvas, task, box)
        canvas.end_group()

    def _draw_marks(self, canvas: Canvas, task: GraphTask, box: NodeBox) -> None:
        """Start: a disc on the upper edge. Join: a bar along it. End: a target on the lower edge."""
        ink, page = self.scheme.text, self.scheme.page
        if task.join:
            corner, size = (box.x + shape.RADIUS, box.y - 2.5), (box.width - 2 * shape.RADIUS, 5.0)
            canvas.rectangle(corner, size, ink, radius=2.5, border=palette.LineStyle(page, 1.0))
        if task.start:
            canvas.circle((box.x + 16.0, box.y), 5.0, ink, border=palette.LineStyle(page, 1.5))
        if task.end:
            centre = (box.x + box.width - 16.0, box.y + box.height)
            canvas.circle(centre, 6.0, page, border=palette.LineStyle(ink, 1.5))
            canvas.circle(centre, 3.0, ink)

    def _draw_pills(self, canvas: Canvas) -> None:
        texts = shape.pill_texts(self.picture.graph)
        for edge, transition in zip(self._placement.edges, self.picture.graph.transitions, strict=True):
            if not edge.label:
                continue
            text = texts[transition.condition]
            width, height = shape.label_size(shape.text_width(text, shape.LABEL_SIZE))
            x, y = edge.label
            border = palette.LineStyle(self.scheme.panel_border, 1.0)
            canvas.begin_group(transition.condition)
            canvas.rectangle(
                (x - width / 2, y - height / 2),
                (width, height),
                self.scheme.panel,
                radius=height / 2,
                border=border,
            )
            canvas.text((x, y + 4.0), text, shape.LABEL_SIZE, self.scheme.text, centred=True)
            canvas.end_group()


def _arrow_head(edge: EdgePath) -> tuple[Point, Point, Point]:
    (base_x, base_y), (tip_x, tip_y) = edge.points[-1], edge.tip or edge.points[-1]
    dx, dy = tip_x - base_x, tip_y - base_y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    side_x, side_y = -dy / length * shape.ARROW_WIDTH / 2, dx / length * shape.ARROW_WIDTH / 2
    return (
        (tip_x, tip_y),
        (base_x + side_x, base_y + side_y),
        (base_x - side_x, base_y - side_y),
    )
