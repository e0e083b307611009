"""A picture of a workflow as a file: SVG, PNG, PDF, DOT or Mermaid."""

from __future__ import annotations

import os
from contextlib import suppress

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import DrawingError

if TYPE_CHECKING:
    from wfepy_core.drawing.picture import Picture

FORMATS = ("svg", "png", "pdf", "dot", "mmd")
"""What can be written. SVG, PNG and PDF are one picture, which Graphviz turns into pixels and pages; DOT and
Mermaid are text that other programs lay out."""

_TIME_LIMIT = 60.0


def format_of(output: str) -> str:
    """The format that a file name asks for by its ending.

    Raises:
        DrawingError: it is none of `FORMATS`.
    """
    ending = os.path.splitext(output)[1].lstrip(".").lower()
    if ending not in FORMATS:
        raise DrawingError(f"{output}: cannot tell the picture's format from its name", hint=_known())
    return ending


def render(picture: Picture, output: str, output_format: str = "") -> None:
    """Draw a picture into a file.

    Args:
        picture: what to show.
        output: the file to write; an existing one is replaced.
        output_format: one of `FORMATS`; empty takes it from the file name.

    Raises:
        DrawingError: unknown format, PNG or PDF without any Graphviz, or the file cannot be written.
    """
    content = image(picture, output_format or format_of(output))
    try:
        _write(output, content)
    except OSError as error:
        raise DrawingError(
            f"{output}: cannot write the picture: {error.strerror or error}", hint="choose another place"
        ) from error


def _write(output: str, content: bytes) -> None:
    """Write the file whole or not at all: the picture it had stays until then."""
    if os.path.exists(output) and not os.path.isfile(output):  # a pipe, say, or /dev/stdout
        with open(output, "wb") as file:
            file.write(content)
        return
    target = os.path.realpath(output)
    temporary = f"{target}.{os.getpid()}.tmp"
    try:
        with open(temporary, "xb") as file:
            file.write(content)
        if os.path.exists(target):
            os.chmod(temporary, os.stat(target).st_mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def image(picture: Picture, output_format: str) -> bytes:
    """Draw a picture; text formats are UTF-8.

    Raises:
        DrawingError: unknown format, or PNG or PDF without any Graphviz.
    """
    if output_format in ("svg", "png", "pdf"):
        return _page_image(picture, output_format)
    if output_format == "mmd":
        from wfepy_core.drawing.mermaid import mermaid_text

        return mermaid_text(picture).encode()
    if output_format not in FORMATS:
        raise DrawingError(f"there is no picture format {output_format!r}", hint=_known())
    from wfepy_core.drawing.dot import dot_text

    return dot_text(picture).encode()


def _known() -> str:
    return f"use one of {', '.join('.' + known for known in FORMATS)}"


def _page_image(picture: Picture, output_format: str) -> bytes:
    from wfepy_core.drawing import layout, node_shape
    from wfepy_core.drawing.page import Page

    graph = picture.graph
    sizes = node_shape.estimated_sizes(graph)
    page = Page(picture, layout.place(graph, sizes, node_shape.estimated_label_sizes(graph)))
    if output_format == "svg":
        from wfepy_core.drawing.svg import svg_text

        return svg_text(page).encode()
    from wfepy_core.drawing.xdot import RENDER_ONLY, xdot_text

    return graphviz_image(
        xdot_text(page, in_pixels=output_format == "png"), output_format, layout=RENDER_ONLY
    )


def graphviz_image(source: str, output_format: str, *, layout: str = "dot") -> bytes:
    """Draw DOT text with Graphviz, in a child process: pygraphviz can crash or hang.

    Args:
        source: DOT text.
        output_format: any format that this Graphviz can write.
        layout: which of Graphviz's layouts.

    Raises:
        DrawingError: there is no Graphviz, it failed, or it took longer than a minute.
    """
    import json

    from wfepy_core.drawing.graphviz.engine import CURE
    from wfepy_core.drawing.graphviz.protocol import ask, unpack

    instead = "write an .svg instead"
    request = {"dot": source, "format": output_format, "layout": layout, "time_limit": _TIME_LIMIT}
    stdout = ask(json.dumps(request).encode(), time_limit=_TIME_LIMIT, what="the picture", hint=instead)
    try:
        answer = json.loads(stdout)
    except ValueError:
        raise DrawingError("Graphviz ended without a picture", hint=instead) from None
    if "error" in answer:
        raise DrawingError(
            f"cannot draw {output_format.upper()}: {answer['error']}",
            hint=f"{answer['hint'] or CURE}, or {instead}",
        )
    return unpack(answer["picture"])
