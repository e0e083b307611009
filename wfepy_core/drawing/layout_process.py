"""The layout process: runs Graphviz on one request, apart from everybody else. See `layout.child_command`.

stdin: `{"time_limit": s, "nodes": [[width, height], ...], "edges": [[source, dest, label size or null],
...]}` for a layout, or `{"time_limit": s, "dot": text, "format": "png" | "pdf"}` for a picture.
stdout, one JSON object a line: for a layout `{"engine", "width", "height"}` and then nodes and edges in
portions; for a picture `{"engine", "picture": base64}`; for a problem `{"error": sentence}`, exit code 1.
"""

from __future__ import annotations

import json
import os
import sys

from wfepy_core.errors import DrawingError
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


_PORTION = 500
"""Nodes or edges a line: a few milliseconds to read."""


def main() -> int:
    """Answer the one request on stdin."""
    answers = _private_stdout()
    asked = json.loads(sys.stdin.buffer.read())
    failed = False
    try:
        lines = _drawn(asked) if "dot" in asked else _placed(asked)
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


def _placed(asked: dict[str, Any]) -> list[dict[str, Any]]:
    from wfepy_core.drawing import graphviz_layout

    placed = graphviz_layout.place(asked["nodes"], asked["edges"], time_limit=asked["time_limit"])
    portions = [
        {kind: items[start : start + _PORTION]}
        for kind in ("nodes", "edges")
        for items in (placed.pop(kind),)
        for start in range(0, len(items), _PORTION)
    ]
    return [placed, *portions]


def _drawn(asked: dict[str, Any]) -> list[dict[str, Any]]:
    from base64 import b64encode

    from wfepy_core.drawing.graphviz_engine import run_graphviz

    engine, picture = run_graphviz(asked["dot"], asked["format"], time_limit=asked["time_limit"])
    return [{"engine": engine, "picture": b64encode(picture).decode("ascii")}]
