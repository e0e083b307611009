"""The layout process: `python -m wfepy_core.drawing.layout_process`, a JSON request in, a JSON answer out.

The request is `{"time_limit": s, "nodes": [[width, height], ...], "edges": [[source, dest, label size or
null], ...]}`, or `{"time_limit": s, "dot": TEXT, "format": "png" | "pdf"}` for a picture, which is answered
in base64. A problem is answered as `{"error": sentence}` with exit code 1.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from wfepy_core.errors import DrawingError


def main() -> int:
    """Answer the one request on stdin."""
    answers = _private_stdout()
    asked = json.loads(sys.stdin.buffer.read())
    try:
        answered = _drawn(asked) if "dot" in asked else _placed(asked)
    except DrawingError as error:
        answered = {"error": error.message}
    answers.write(json.dumps(answered))
    answers.flush()
    return 1 if "error" in answered else 0


def _private_stdout() -> Any:
    """Keep the real stdout for the answer: C libraries print warnings to file descriptor 1."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return answers


def _placed(asked: dict[str, Any]) -> dict[str, Any]:
    from wfepy_core.drawing import graphviz_layout

    return graphviz_layout.place(asked["nodes"], asked["edges"], time_limit=asked["time_limit"])


def _drawn(asked: dict[str, Any]) -> dict[str, Any]:
    from base64 import b64encode

    from wfepy_core.drawing.graphviz_engine import run_graphviz

    engine, picture = run_graphviz(asked["dot"], asked["format"], time_limit=asked["time_limit"])
    return {"engine": engine, "picture": b64encode(picture).decode("ascii")}


if __name__ == "__main__":
    sys.exit(main())
