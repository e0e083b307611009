"""The layout process: runs Graphviz on one request and ends. See `protocol.child_command`.

stdin: for a layout `{"time_limit": s, "nodes": widths and heights, "ends": sources and dests by number,
"labels": widths and heights, not a number without one}`, each an array as `protocol.pack` writes it; or
`{"time_limit": s, "dot": text, "format": "png" | "pdf", "layout": "dot" | "nop2"}` for a picture.
stdout, one JSON object a line: for a layout `{"engine", "width", "height"}`, then nodes (x, y, width, height)
and the arrays of `edge_paths`, packed, in portions; for a picture `{"engine", "picture": base64}`; for a
problem `{"error": sentence, "hint": what to do}`, exit code 1.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from math import isnan

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.edge_paths import EdgePath, EdgePaths
from wfepy_core.drawing.graphviz.engine import BOUNDED, LARGE, run_graphviz
from wfepy_core.drawing.graphviz.protocol import pack, unpack
from wfepy_core.errors import DrawingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    Point = tuple[float, float]

_PORTION = 500
"""Nodes or edges a line: a few milliseconds to read."""

_POINTS_PER_INCH = 72.0


def main() -> int:
    """Answer the one request on stdin."""
    answers = _private_stdout()
    request = json.loads(sys.stdin.buffer.read())
    failed = False
    try:
        lines = _picture_answer(request) if "dot" in request else list(_layout_answer(request))
    except DrawingError as error:
        lines = [{"error": error.message, "hint": error.hint}]
        failed = True
    for line in lines:
        answers.write(json.dumps(line) + "\n")
    answers.flush()
    return int(failed)


def _private_stdout() -> Any:
    """Keep the real stdout for the answer: C libraries print warnings to file descriptor 1."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


def _picture_answer(request: dict[str, Any]) -> list[dict[str, Any]]:
    engine, picture = run_graphviz(
        request["dot"], request["format"], layout=request["layout"], time_limit=request["time_limit"]
    )
    return [{"engine": engine, "picture": pack(picture)}]


def _layout_answer(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sizes, labels = array("d", unpack(request["nodes"])), array("d", unpack(request["labels"]))
    ends = array("l", unpack(request["ends"]))
    edges = [
        (source, dest, None if isnan(width) else (width, height))
        for source, dest, width, height in zip(ends[::2], ends[1::2], labels[::2], labels[1::2], strict=True)
    ]
    nodes = list(zip(sizes[::2], sizes[1::2], strict=True))
    dot = "\n".join(_dot_lines(nodes, edges))
    engine, output = run_graphviz(dot, "json0", time_limit=request["time_limit"])
    drawing = json.loads(output)
    left, bottom, right, top = map(float, drawing["bb"].split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")
        return round(float(x) - left, 2), round(top - float(y), 2)

    yield {"engine": engine, "width": right - left, "height": top - bottom}
    boxes = _boxes(drawing, nodes, point)
    for start in range(0, len(boxes), 4 * _PORTION):
        yield {"nodes": pack(boxes[start : start + 4 * _PORTION])}
    paths = _paths(drawing, len(edges), point)
    for start in range(0, len(edges), _PORTION):
        arrays = paths.arrays(start, min(start + _PORTION, len(edges)))
        yield {field: pack(part) for field, part in arrays.items()}


def _dot_lines(nodes: Sequence[Point], edges: Sequence[tuple[int, int, Point | None]]) -> Iterator[str]:
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


def _label(size: Point) -> str:
    cell = f'width="{size[0] + 6:.0f}" height="{size[1] + 2:.0f}"'
    return f'<<table border="0" cellborder="0" fixedsize="true" {cell}><tr><td></td></tr></table>>'


def _boxes(drawing: dict[str, Any], nodes: Sequence[Point], point: Callable[[str], Point]) -> array[float]:
    """Of each node its left, top, width and height."""
    boxes = array("d", bytes(8 * 4 * len(nodes)))
    for item in drawing.get("objects", ()):
        number = int(item["name"])
        width, height = nodes[number]
        x, y = point(item["pos"])
        boxes[4 * number : 4 * number + 4] = array("d", (x - width / 2, y - height / 2, width, height))
    return boxes


def _paths(drawing: dict[str, Any], edges: int, point: Callable[[str], Point]) -> EdgePaths:
    paths = [EdgePath((), None, None)] * edges
    for item in drawing.get("edges", ()):
        label = item.get("lp")
        points, tip = _spline(item.get("pos", ""), point)
        paths[int(item["number"])] = EdgePath(points, tip, point(label) if label else None)
    return EdgePaths(paths)


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
