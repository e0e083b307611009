"""Graphviz as a layout engine: numbers in, numbers out. Runs in the layout process only."""

from __future__ import annotations

import json
from array import array

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.drawing.edge_paths import EdgePath, EdgePaths
from wfepy_core.drawing.graphviz.engine import BOUNDED, LARGE, run_graphviz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    Point = tuple[float, float]

_POINTS_PER_INCH = 72.0


class RawPlacement(NamedTuple):
    """Where Graphviz put numbered nodes and edges, in points; of a node x, y, width and height."""

    nodes: array[float]
    edges: EdgePaths
    width: float
    height: float
    engine: str


def place(
    nodes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int, tuple[float, float] | None]],
    *,
    time_limit: float,
) -> RawPlacement:
    """Lay numbered nodes out.

    Args:
        nodes: width and height in points.
        edges: source and dest by number, and the size of the label in points or None.
        time_limit: seconds.

    Returns:
        where everything is.

    Raises:
        DrawingError: no Graphviz here, it failed or took too long.
    """
    engine, output = run_graphviz("\n".join(_dot_lines(nodes, edges)), "json0", time_limit=time_limit)
    return _read(json.loads(output), nodes, len(edges), engine)


def _dot_lines(
    nodes: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int, tuple[float, float] | None]]
) -> Iterator[str]:
    large = len(nodes) > LARGE
    yield f"digraph {{ graph [nodesep=0.35 ranksep=0.45 {BOUNDED if large else ''}]"
    yield 'node [shape=box fixedsize=true label=""] edge [arrowsize=0.9]'
    for number, (width, height) in enumerate(nodes):
        yield f"{number} [width={width / _POINTS_PER_INCH:.4f} height={height / _POINTS_PER_INCH:.4f}]"
    for number, (source, dest, label) in enumerate(edges):
        # A label makes dot add ranks; in a large graph the pill goes to the middle of the edge instead.
        text = "" if large or label is None else f" label={_label(label)}"
        yield f"{source} -> {dest} [number={number}{text}]"
    yield "}"


def _label(size: tuple[float, float]) -> str:
    cell = f'width="{size[0] + 6:.0f}" height="{size[1] + 2:.0f}"'
    return f'<<table border="0" cellborder="0" fixedsize="true" {cell}><tr><td></td></tr></table>>'


def _read(
    drawing: dict[str, Any], nodes: Sequence[tuple[float, float]], edges: int, engine: str
) -> RawPlacement:
    left, bottom, right, top = map(float, drawing["bb"].split(","))

    def point(text: str) -> tuple[float, float]:
        x, y = text.split(",")
        return round(float(x) - left, 2), round(top - float(y), 2)

    boxes = array("d", bytes(8 * 4 * len(nodes)))
    for item in drawing.get("objects", ()):
        number = int(item["name"])
        width, height = nodes[number]
        x, y = point(item["pos"])
        boxes[4 * number : 4 * number + 4] = array("d", (x - width / 2, y - height / 2, width, height))
    paths = [EdgePath((), None, None)] * edges
    for item in drawing.get("edges", ()):
        label = item.get("lp")
        points, tip = _spline(item.get("pos", ""), point)
        paths[int(item["number"])] = EdgePath(points, tip, point(label) if label else None)
    return RawPlacement(boxes, EdgePaths(paths), right - left, top - bottom, engine)


def _spline(text: str, point: Callable[[str], Point]) -> tuple[tuple[Point, ...], Point | None]:
    """Graphviz writes `e,tip p0 p1 p2 p3 ...`, several only for merged edges, which are not asked for."""
    tip = None
    points = []
    for word in text.split():
        if word.startswith("e,"):
            tip = point(word[2:])
        elif not word.startswith("s,"):
            points.append(point(word))
    return tuple(points), tip
