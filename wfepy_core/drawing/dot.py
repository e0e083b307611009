"""A workflow as DOT text, for Graphviz and the tools around it."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing import palette
from wfepy_core.drawing.graphviz.engine import BOUNDED, LARGE
from wfepy_core.drawing.legend import marks_in
from wfepy_core.drawing.node_shape import FONT_FAMILIES, pill_texts
from wfepy_core.drawing.palette import Mark
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.model.status import TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.drawing.picture import Picture
    from wfepy_core.model.graph import GraphTask

_EDGE_SYMBOLS = {
    TransitionStatus.TAKEN: "\u2500\u2500\u25b6",
    TransitionStatus.UNDECIDED: "\u254c\u254c\u25b6",
    TransitionStatus.NOT_TAKEN: "\u2508\u2508\u25b6",
}
_EDGE_STYLES = {
    TransitionStatus.TAKEN: "solid",
    TransitionStatus.UNDECIDED: "dashed",
    TransitionStatus.NOT_TAKEN: "dotted",
}


def dot_text(picture: Picture) -> str:
    """The picture as DOT text: statuses, marks, title, legend and time stamp as in the other formats."""
    lines = (*_head(picture), *_title(picture), *_nodes(picture), *_edges(picture))
    return "\n".join((*lines, "}", ""))


def quote(text: str) -> str:
    """A DOT string that means this text, as far as DOT can carry it, also as a label."""
    escaped = printable_text(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _head(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    yield "digraph workflow {"
    if len(picture.graph.tasks) > LARGE:
        yield f"  graph [{BOUNDED}]"
    legend = "".join(f'{line}<br align="left"/>' for line in _legend(picture))
    label = f" label=<{legend}>" if legend else ""
    yield (
        f'  graph [bgcolor="{scheme.page}" pad=0.4 nodesep=0.35 ranksep=0.45 '
        f'fontname="{FONT_FAMILIES[0]}" fontcolor="{scheme.text}" fontsize=11 labelloc=b labeljust=l{label}]'
    )
    yield f'  node [shape=box style="rounded,filled" fontname="{FONT_FAMILIES[0]}" fontsize=11]'
    yield (
        f'  edge [fontname="{FONT_FAMILIES[0]}" fontsize=10 fontcolor="{scheme.text}" '
        f'color="{scheme.edges[TransitionStatus.UNDECIDED].colour}" arrowsize=0.8]'
    )


def _title(picture: Picture) -> Iterator[str]:
    """The title above the graph: the graph's own label is the legend, so it is the label of a cluster."""
    if picture.title:
        names = " ".join(quote(task.name) for task in picture.graph.tasks)
        text = f'<font point-size="16"><b>{_html(picture.title)}</b></font>'
        yield f"  subgraph cluster_page {{ graph [label=<{text}> labelloc=t peripheries=0] {names} }}"


def _legend(picture: Picture) -> Iterator[str]:
    """The lines of the legend and the time stamp."""
    scheme = palette.scheme(dark=picture.dark)
    statuses = [
        f"{_in_colour(palette.SYMBOLS[status], scheme.statuses[status].solid)} {status.value} {count}"
        for status, count in picture.counts().items()
    ]
    edges = [
        f"{_in_colour(_EDGE_SYMBOLS[status], scheme.edges[status].colour)} {status.value}"
        for status in TransitionStatus
        if picture.statuses is not None
    ]
    marks = [f"{palette.MARK_SYMBOLS[mark]} {mark.value}" for mark in marks_in(picture)]
    for line in (statuses, edges + marks):
        if line:
            yield " &#160; ".join(line)
    if stamp := picture.stamp():
        yield _in_colour(_html(stamp), scheme.muted)


def _in_colour(html: str, colour: str) -> str:
    return f'<font color="{colour}">{html}</font>'


def _html(text: str) -> str:
    return printable_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _nodes(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    for task in picture.graph.tasks:
        status = picture.status(task.name)
        colours = scheme.statuses[status]
        style = ' style="rounded,filled,dashed"' if status in palette.DASHED_BORDER else ""
        yield (
            f"  {quote(task.name)} [label=<{_node_label(picture, task)}>{style} "
            f"penwidth={palette.node_border(status, colours).width} "
            f'fillcolor="{colours.fill}" color="{colours.border}" fontcolor="{colours.name}"]'
        )


def _node_label(picture: Picture, task: GraphTask) -> str:
    """A table: marks of start and join above, icon, name and status word, the mark of an end below."""
    scheme = palette.scheme(dark=picture.dark)
    status = picture.status(task.name)
    colours = scheme.statuses[status]
    rows = [f'<td align="left">{_html(task.name)}</td>']
    if word := picture.word(task.name):
        icon = f'<font point-size="14" color="{colours.icon}">{palette.SYMBOLS[status]}</font>'
        rows[0] = f'<td rowspan="2">{icon}&#160;</td>{rows[0]}'
        rows.append(f'<td align="left"><font point-size="9" color="{colours.word}">{_html(word)}</font></td>')
    above = " ".join(
        palette.MARK_SYMBOLS[mark] for mark in (Mark.START, Mark.JOIN) if getattr(task, mark.value)
    )
    if above:
        rows.insert(0, _mark_cell(above, "left", scheme.text))
    if task.end:
        rows.append(_mark_cell(palette.MARK_SYMBOLS[Mark.END], "right", scheme.text))
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="1">{cells}</table>'


def _mark_cell(symbols: str, side: str, ink: str) -> str:
    return f'<td colspan="2" align="{side}"><font point-size="9" color="{ink}">{symbols}</font></td>'


def _edges(picture: Picture) -> Iterator[str]:
    scheme = palette.scheme(dark=picture.dark)
    texts = pill_texts(picture.graph)
    for index, edge in enumerate(picture.graph.transitions):
        status = picture.transition(index)
        style = scheme.edges[status]
        text = f" label={quote(texts[edge.condition])}" if edge.condition else ""
        yield (
            f"  {quote(edge.source)} -> {quote(edge.dest)} "
            f'[color="{style.colour}" style={_EDGE_STYLES[status]} penwidth={style.width}{text}]'
        )
