"""A workflow as DOT text, for Graphviz and the tools around it."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import palette
from wfepy_core.drawing.graphviz.engine import BOUNDED, LARGE
from wfepy_core.drawing.node_shape import FONT_FAMILIES, pill_text
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.model.status import TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.drawing.picture import Picture
    from wfepy_core.model.graph import GraphTask
    from wfepy_core.model.status import TaskStatus

_EDGE_STYLES = {
    TransitionStatus.TAKEN: "solid",
    TransitionStatus.UNDECIDED: "dashed",
    TransitionStatus.NOT_TAKEN: "dotted",
}


def dot_text(picture: Picture) -> str:
    """The picture as DOT text with statuses as colour, symbol and word, title, legend and time stamp."""
    return "\n".join((*_head(picture), *_nodes(picture), *_edges(picture), "}", ""))


def quoted(text: str) -> str:
    """A DOT string that means this text, as far as DOT can carry it, also as a label."""
    escaped = printable_text(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _head(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    yield "digraph workflow {"
    if len(picture.graph.tasks) > LARGE:
        yield f"  graph [{BOUNDED}]"
    label = _label(picture)
    yield (
        f'  graph [bgcolor="{scheme.page}" pad=0.4 nodesep=0.35 ranksep=0.45 '
        f'fontname="{FONT_FAMILIES[0]}" fontcolor="{scheme.text}" fontsize=11 labelloc=t{label}]'
    )
    yield f'  node [shape=box style="rounded,filled" fontname="{FONT_FAMILIES[0]}" fontsize=11]'
    yield (
        f'  edge [fontname="{FONT_FAMILIES[0]}" fontsize=10 fontcolor="{scheme.text}" '
        f'color="{scheme.edges[TransitionStatus.UNDECIDED].colour}" arrowsize=0.8]'
    )


def _label(picture: Picture) -> str:
    """Title, legend and time stamp: a graph has one label for all three."""
    scheme = palette.scheme(dark=picture.dark)
    rows = []
    if picture.title:
        rows.append(f'<font point-size="16"><b>{_html(picture.title)}</b></font>')
    if counts := picture.counts():
        rows.append(
            " &#160; ".join(
                f'<font color="{scheme.statuses[status].solid}">{palette.SYMBOLS[status]}</font> '
                f"{status.value} {count}"
                for status, count in counts.items()
            )
        )
        rows.append(
            "solid: taken &#160; dashed: undecided &#160; dotted: not taken &#160; "
            "bold: start &#160; octagon: join &#160; double frame: end"
        )
    if stamp := picture.stamp():
        rows.append(f'<font color="{scheme.muted}">{_html(stamp)}</font>')
    return f" label=<{'<br/>'.join(rows)}<br/> >" if rows else ""


def _html(text: str) -> str:
    return printable_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _nodes(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    for task in picture.graph.tasks:
        status = picture.status(task.name)
        colours = scheme.statuses[status]
        name = _html(task.name)
        if word := picture.word(task.name):
            symbol = f'<font point-size="14" color="{colours.icon}">{palette.SYMBOLS[status]}</font>'
            words = f'<font point-size="9" color="{colours.word}">{_html(word)}</font>'
            label = (
                f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="1"><tr>'
                f'<td rowspan="2">{symbol}&#160;</td><td align="left">{name}</td></tr>'
                f'<tr><td align="left">{words}</td></tr></table>>'
            )
        else:
            label = quoted(task.name)
        urgent = " penwidth=2.2" if status in palette.NEEDS_A_PERSON else ""
        yield (
            f"  {quoted(task.name)} [label={label}{_shape(task, status)} "
            f'fillcolor="{colours.fill}" color="{colours.border}" fontcolor="{colours.name}"{urgent}]'
        )


def _shape(task: GraphTask, status: TaskStatus) -> str:
    """Points as shapes: start bold, join an octagon, end in a double frame."""
    corners = ["filled"] if task.join else ["rounded", "filled"]
    if status in palette.DASHED_BORDER:
        corners.append("dashed")
    if task.start:
        corners.append("bold")
    shape = " shape=octagon" if task.join else ""
    frame = " peripheries=2" if task.end else ""
    return f'{shape}{frame} style="{",".join(corners)}"'


def _edges(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    for index, edge in enumerate(picture.graph.transitions):
        status = picture.transition(index)
        style = scheme.edges[status]
        text = f" label={quoted(pill_text(edge.condition))}" if edge.condition else ""
        yield (
            f"  {quoted(edge.source)} -> {quoted(edge.dest)} "
            f'[color="{style.colour}" style={_EDGE_STYLES[status]} penwidth={style.width}{text}]'
        )
