"""The one graphics item that paints every node and edge; an item per node costs ten times as much a frame.

Levels of detail, by zoom (pixels per scene unit): from `DETAIL_FROM` everything; below it boxes with icons;
below `DISTANT_BELOW` plain rectangles, in a large graph blitted from the overview. What needs a person is
always painted last, and with a mark of its own size when far away.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wfepy_core.model.status import TaskStatus
from wfepy_gui.views.graph.detail_painter import DetailPainter
from wfepy_gui.views.graph.distant_painter import MARK, BoxPainter, DistantPainter
from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.overlay import DETAIL_REACH, DISTANT_REACH, RINGED_FROM, Overlay, OverlayPainter
from wfepy_gui.views.graph.overview import Overview
from wfepy_gui.views.graph.painter_context import at_least

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph

DETAIL_FROM = 0.45
DISTANT_BELOW = 0.25

_OVERVIEW_FROM = 1500
"""Nodes from which blitting beats painting."""

_RING = 7.0
"""From a node to the ring of the selection; the mark of a start point is between them."""

_DISTANT_RING = 4.0
_PULSE_REACH = 14.0

_SMALL_MARKS = 2.0
"""How much smaller marks are in a map."""

_MANY = 200
"""Changes in view from which repainting all of it is cheaper than adding up where."""

_MOST = 2000
"""Changes from which painting the whole overview anew is cheaper than finding out where they are."""

_SLIVER = 40.0
"""Pixels: a graph narrower than this at some zoom, a long chain, would vanish in an overview."""


def overview_of(drawn: DrawnGraph, look: Look) -> Overview | None:
    """The picture of a large graph to blit from far away; None: painting is quicker. Any thread may ask."""
    if len(drawn.nodes) < _OVERVIEW_FROM:
        return None
    distant = DistantPainter(drawn, look)
    overview = Overview(drawn.bounds, DISTANT_BELOW, look.page, distant.paint, distant.paint_nodes)
    return overview if overview.is_whole else None


class GraphItem(QGraphicsItem):
    """Paints a `DrawnGraph` in a `Look`.

    Attributes:
        overlay: what is painted over it; whoever changes it says where.
    """

    def __init__(self, drawn: DrawnGraph, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.show_graph(drawn)

    def show_graph(self, drawn: DrawnGraph, overview: Overview | None = None) -> None:
        """Show another graph; nothing is selected in it, and nothing lies over it.

        Args:
            drawn: what to paint.
            overview: its picture to blit from far away, if there is one already.
        """
        self.prepareGeometryChange()
        self._drawn = drawn
        self._overview = overview
        self.overlay = Overlay()
        self._selected: int | None = None
        self._pulse = 0.0
        self._last_zoom = 1.0
        self._parts: list[QRectF] = []
        self._create_painters()
        self.update()

    def _create_painters(self) -> None:
        self._detail = DetailPainter(self._drawn, self._look)
        self._boxes = BoxPainter(self._drawn, self._look)
        self._distant = DistantPainter(self._drawn, self._look)
        self._overlay_painter = OverlayPainter(self._drawn, self._look, self.overlay)

    def boundingRect(self) -> QRectF:
        """The whole graph, and room for marks that keep their size in pixels when it is far away."""
        bounds = self._drawn.bounds
        room = max(bounds.width(), bounds.height()) * 0.03
        return bounds.adjusted(-room, -room, room, room)

    def set_look(self, look: Look) -> None:
        """Paint everything anew in another look."""
        self._look = look
        self._create_painters()
        self.repaint_all()

    def repaint_all(self) -> None:
        """Paint everything anew."""
        self._overview = None
        self.update()

    def select(self, index: int | None) -> None:
        """Ring a node, or none."""
        self._update_parts([self._node_part(each) for each in (self._selected, index) if each is not None])
        self._selected = index

    def set_pulse(self, strength: float) -> None:
        """Draw a halo around what runs, from 0 (none) to 1; repaints nothing else."""
        self._pulse = strength
        self._update_parts([self._node_part(index) for index in self._drawn.running])

    def repaint_nodes(self, changed: Sequence[int]) -> None:
        """Repaint some nodes, and nothing else."""
        if self._overview is not None:
            if len(changed) > _MOST:
                self._overview.outdate_all()
            else:
                self._overview.outdate_nodes(changed)
        self._update_parts(map(self._node_part, changed))

    def repaint_badges(self, changed: Iterable[int]) -> None:
        """Repaint the words of some nodes, where they can be read."""
        if self._last_zoom >= DETAIL_FROM:
            self._update_parts(map(self._node_part, changed))

    def repaint_edges(self, changed: Sequence[int]) -> None:
        """Repaint where edges changed."""
        if self._overview is not None:
            if len(changed) > _MOST:
                self._overview.outdate_all()
            else:
                self._overview.outdate_parts(map(self._drawn.line_rect, changed))
        self._update_parts(map(self._drawn.line_rect, changed))

    def repaint_overlay(self, numbers: Iterable[int]) -> None:
        """Repaint over some nodes; what is below them is as it was."""
        self._update_parts([self._node_part(index) for index in numbers])

    def repaint_transitions(self, *numbers: int | None) -> None:
        """Repaint some edges with their pills, whose selection changed."""
        reach = max(8.0, 8.0 / self._last_zoom)
        rects = [self._drawn.edge_rect(index) for index in numbers if index is not None]
        self._update_parts([rect.adjusted(-reach, -reach, reach, reach) for rect in rects])

    def _node_part(self, index: int) -> QRectF:
        reach = max(_PULSE_REACH, DETAIL_REACH, max(MARK + _RING + 2, DISTANT_REACH) / self._last_zoom)
        return self._drawn.nodes[index].rect.adjusted(-reach, -reach, reach, reach)

    def _update_parts(self, parts: Iterable[QRectF]) -> None:
        """Through the scene, which keeps a list: an item joins its updates to the rectangle around all."""
        scene = self.scene()
        shown = self._visible_rect()
        seen = list(islice(filter(shown.intersects, parts), _MANY + 1))
        if len(seen) > _MANY:
            self.update()
            return
        for part in seen:
            scene.update(part)

    def _visible_rect(self) -> QRectF:
        """Around what the views show; where they go later they paint anyway."""
        shown = QRectF()
        for view in self.scene().views() if self.scene() else ():
            shown = shown.united(view.mapToScene(view.viewport().rect()).boundingRect())
        return shown

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,  # noqa: ARG002  Qt's signature
    ) -> None:
        """Paint what is exposed, in the detail that the zoom can show."""
        exposed: QRectF = option.exposedRect
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        self._last_zoom = max(zoom, 1e-6)
        parts, self._parts = self._parts, []
        for part in parts:
            painter.save()
            try:
                painter.setClipRect(part)
                self.paint_part(painter, part, self._last_zoom, ratio)
            finally:
                painter.restore()
        if not parts:
            self.paint_part(painter, exposed, self._last_zoom, ratio)

    def expect_parts(self, parts: list[QRectF]) -> None:
        """Paint only these parts of the scene next time; Qt tells an item just the rectangle around all."""
        self._parts = parts

    def paint_part(self, painter: QPainter, exposed: QRectF, zoom: float, ratio: float = 1.0) -> None:
        """Paint a part of the scene.

        Args:
            painter: in scene units.
            exposed: the part.
            zoom: pixels per unit, which decides the detail.
            ratio: device pixels per pixel; 0 for a device that wants shapes instead of pixels.
        """
        if zoom >= DETAIL_FROM:
            self._paint_rings(painter, zoom)
            self._detail.paint(painter, exposed, zoom, ratio=ratio, selected=self._selected)
            self._overlay_painter.paint_detail(painter, exposed)
        elif zoom >= DISTANT_BELOW:
            self._boxes.paint(painter, exposed)
        elif not self._blit(painter, exposed, zoom, ratio):
            self._distant.paint(painter, [exposed], zoom)
        if zoom < DETAIL_FROM:
            self._distant.paint_marks(painter, exposed, zoom)
            self._overlay_painter.paint_distant(painter, exposed, zoom)
            self._paint_rings(painter, zoom)

    def _paint_rings(self, painter: QPainter, zoom: float) -> None:
        """Below the nodes where their marks can be seen, else above everything."""
        if self._pulse:
            self._paint_pulse(painter, zoom)
        if self._selected is not None:
            self._paint_ring(painter, zoom)

    def paint_whole(self, painter: QPainter, bounds: QRectF, zoom: float) -> None:
        """Paint everything without selection and halo, from far away."""
        if not self._blit(painter, bounds, zoom, 1.0):
            self._distant.paint(painter, [bounds], zoom)
        self._distant.paint_marks(painter, bounds, zoom * _SMALL_MARKS)
        self._overlay_painter.paint_distant(painter, bounds, zoom * _SMALL_MARKS, RINGED_FROM + 1)

    def _blit(self, painter: QPainter, exposed: QRectF, zoom: float, ratio: float) -> bool:
        """Draw from the overview, built now if it is missing; returns False where painting is better."""
        bounds, device_zoom = self._drawn.bounds, zoom * ratio
        if not ratio or min(bounds.width(), bounds.height()) * zoom < _SLIVER:
            return False
        if self._overview is None:
            self._overview = overview_of(self._drawn, self._look)
        if self._overview is None or device_zoom > self._overview.zoom * 1.1:
            return False
        self._overview.blit(painter, exposed, device_zoom)
        return True

    def _paint_pulse(self, painter: QPainter, zoom: float) -> None:
        halo = QColor(self._look.statuses[TaskStatus.RUNNING].solid)
        halo.setAlphaF(0.15 + 0.55 * self._pulse)
        away = max(5.0, 2.0 / zoom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(halo, max(4.0, 2.5 / zoom)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in self._drawn.running:
            if self._drawn.detail(index) is NodeDetail.FULL:
                rect = self._drawn.nodes[index].rect.adjusted(-away, -away, away, away)
                painter.drawRoundedRect(at_least(rect, 10.0 / zoom, 10.0 / zoom), 10.0, 10.0)

    def _paint_ring(self, painter: QPainter, zoom: float) -> None:
        index = self._selected
        if index is None:
            return
        away = _RING if zoom >= DETAIL_FROM else max(_DISTANT_RING, _DISTANT_RING / zoom)
        rect = self._drawn.nodes[index].rect.adjusted(-away, -away, away, away)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.selection, max(2.5, 2.5 / zoom) if zoom < DETAIL_FROM else 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(at_least(rect, 18.0 / zoom, 18.0 / zoom), 12.0, 12.0)
