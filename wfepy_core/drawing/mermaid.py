"""A workflow as a Mermaid flowchart, for pages that render it."""

from __future__ import annotations

import json

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import palette
from wfepy_core.drawing.node_shape import pill_texts
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.model.status import TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.drawing.picture import Picture
    from wfepy_core.model.graph import GraphTask
    from wfepy_core.model.status import TaskStatus

_ARROWS = {
    TransitionStatus.TAKEN: "-->",
    TransitionStatus.UNDECIDED: "-.->",
    TransitionStatus.NOT_TAKEN: "-.-x",
}


def mermaid_text(picture: Picture) -> str:
    """The picture as Mermaid text: title, statuses as colour, symbol and word; the counts in a comment."""
    return "\n".join((*_head(picture), *_nodes(picture), *_edges(picture), *_classes(picture), ""))


def _head(picture: Picture) -> Iterator[str]:
    if picture.title:
        yield "---"
        yield f"title: {json.dumps(_one_line(picture.title))}"
        yield "---"
    yield "flowchart TD"
    counts = ", ".join(f"{count} {status.value}" for status, count in picture.counts().items())
    for comment in (counts, picture.stamp()):
        if comment:
            yield f"  %% {comment}"


def _nodes(picture: Picture) -> Iterator[str]:
    for number, task in enumerate(picture.graph.tasks):
        status = picture.status(task.name)
        word = picture.word(task.name)
        label = _escape(task.name)
        if word:
            label = f"{palette.SYMBOLS[status]} {label}<br/><small>{_escape(word)}</small>"
        before, after = _brackets(task)
        yield f'  n{number}{before}"{label}"{after}:::{_class(status)}'


def _brackets(task: GraphTask) -> tuple[str, str]:
    """Points as shapes: start a stadium, end a framed box, join a hexagon."""
    if task.start:
        return "([", "])"
    if task.end:
        return "[[", "]]"
    return ("{{", "}}") if task.join else ("[", "]")


def _edges(picture: Picture) -> Iterator[str]:
    number = {task.name: index for index, task in enumerate(picture.graph.tasks)}
    texts = pill_texts(picture.graph)
    for index, edge in enumerate(picture.graph.transitions):
        text = f'|"{_escape(texts[edge.condition])}"|' if edge.condition else ""
        arrow = _ARROWS[picture.transition(index)]
        yield f"  n{number[edge.source]} {arrow}{text} n{number[edge.dest]}"


def _classes(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    statuses = {picture.status(task.name) for task in picture.graph.tasks}
    for status in sorted(statuses, key=lambda status: status.priority):
        colours = scheme.statuses[status]
        dashes = ",stroke-dasharray:4 3" if status in palette.DASHED_BORDER else ""
        width = ",stroke-width:2.5px" if status in palette.NEEDS_A_PERSON else ""
        yield (
            f"  classDef {_class(status)} fill:{colours.fill},stroke:{colours.border},"
            f"color:{colours.name}{width}{dashes}"
        )


def _class(status: TaskStatus) -> str:
    return status.name.lower()


def _escape(text: str) -> str:
    """Mermaid reads entities written with `#`, and HTML, in quoted labels."""
    line = _one_line(text)
    for char, entity in (("&", "#amp;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("`", "#96;")):
        line = line.replace(char, entity)
    return line


def _one_line(text: str) -> str:
    return printable_text(text)
