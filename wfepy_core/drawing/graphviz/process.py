"""The layout process: runs Graphviz on one request and ends. See `protocol.child_command`.

stdin: for a layout `{"time_limit": s, "nodes": widths and heights, "ends": sources and dests by number,
"labels": widths and heights, not a number without one}`, each an array as `protocol.pack` writes it; or
`{"time_limit": s, "dot": text, "format": "png" | "pdf", "layout": "dot" | "nop2"}` for a picture.
stdout, one JSON object a line: for a layout `{"engine", "width", "height"}`, then nodes (x, y, width, height)
and the arrays of `edge_paths`, packed, in portions; for a picture `{"engine", "picture": base64}`; for a
problem `{"error": sentence}`, exit code 1.
"""

from __future__ import annotations

import json
import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import DrawingError

if TYPE_CHECKING:
    from typing import Any


_PORTION = 500
"""Nodes or edges a line: a few milliseconds to read."""


def main() -> int:
    """Answer the one request on stdin."""
    answers = _private_stdout()
    request = json.loads(sys.stdin.buffer.read())
    failed = False
    try:
        lines = _picture_answer(request) if "dot" in request else _layout_answer(request)
    except DrawingError as error:
        lines = [{"error": error.message}]
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


def _layout_answer(request: dict[str, Any]) -> list[dict[str, Any]]:
    from array import array
    from math import isnan

    from wfepy_core.drawing.graphviz import layout as graphviz_layout
    from wfepy_core.drawing.graphviz.protocol import pack, unpack

    nodes, labels = array("d", unpack(request["nodes"])), array("d", unpack(request["labels"]))
    ends = array("l", unpack(request["ends"]))
    edges = [
        (source, dest, None if isnan(width) else (width, height))
        for source, dest, width, height in zip(ends[::2], ends[1::2], labels[::2], labels[1::2], strict=True)
    ]
    sizes = list(zip(nodes[::2], nodes[1::2], strict=True))
    placed = graphviz_layout.place(sizes, edges, time_limit=request["time_limit"])
    head = {"engine": placed.engine, "width": placed.width, "height": placed.height}
    portions: list[dict[str, Any]] = [
        {"nodes": pack(placed.nodes[start : start + 4 * _PORTION])}
        for start in range(0, len(placed.nodes), 4 * _PORTION)
    ]
    for start in range(0, len(edges), _PORTION):
        arrays = placed.edges.arrays(start, min(start + _PORTION, len(edges)))
        portions.append({field: pack(part) for field, part in arrays.items()})
    return [head, *portions]


def _picture_answer(request: dict[str, Any]) -> list[dict[str, Any]]:
    from base64 import b64encode

    from wfepy_core.drawing.graphviz.engine import run_graphviz

    engine, picture = run_graphviz(
        request["dot"], request["format"], layout=request["layout"], time_limit=request["time_limit"]
    )
    return [{"engine": engine, "picture": b64encode(picture).decode("ascii")}]
