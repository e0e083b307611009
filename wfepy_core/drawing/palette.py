"""How a status looks: its colours, its icon and its word, for pictures and for the desktop alike.

Pure data, so that `wfepy graph` (no Qt) and the desktop cannot drift apart. Hues follow the Okabe-Ito set,
which people with the common colour-vision deficiencies can tell apart; where two come close, the icons
differ in outline. Tests compute the contrasts (WCAG 2.1: text 4.5:1, shapes 3:1).
"""

from __future__ import annotations

import enum

from wfepy_core._namedtuple import NamedTuple
from wfepy_core.model.status import TaskStatus, TransitionStatus


@enum.unique
class Mark(enum.Enum):
    """What is drawn at a task beside its status. `value` is its word, and the name of the task's member."""

    START = "start"
    JOIN = "join"
    END = "end"


class Icon(NamedTuple):
    """A status icon in a box of 16 by 16 units, y down.

    Each part is SVG path data made of absolute `M`, `L`, `C` and `Z` only; it may be empty.

    Attributes:
        body: filled with the icon colour; its outline alone tells most icons apart.
        mark: stroked on the body, two units wide, with the mark colour.
        outline: stroked with the icon colour, where there is no body.
    """

    body: str = ""
    mark: str = ""
    outline: str = ""


class StatusColours(NamedTuple):
    """The colours of one status on one background, as `#rrggbb`.

    Attributes:
        fill: of the node.
        border: around the node.
        name: the task's name on the fill.
        word: the status word on the fill.
        icon: the icon's body on the fill.
        mark: the icon's mark on its body.
        solid: one colour that stands for the status, on the page: far zoom, legend, lists.
    """

    fill: str
    border: str
    name: str
    word: str
    icon: str
    mark: str
    solid: str


class LineStyle(NamedTuple):
    """How a line is drawn: colour, width in points, dash pattern in points (empty: solid)."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()


class Scheme(NamedTuple):
    """All colours of one colour scheme.

    Attributes:
        dark: whether text is light on a dark page.
        page: behind everything.
        panel: of strips and pills on the page.
        panel_border: around them.
        text: on page and panel.
        muted: less important text on page and panel.
        selection: the ring around the selected node.
        statuses: the colours of each status.
        edges: the style of each transition status.
    """

    dark: bool
    page: str
    panel: str
    panel_border: str
    text: str
    muted: str
    selection: str
    statuses: dict[TaskStatus, StatusColours]
    edges: dict[TransitionStatus, LineStyle]


DASHED_BORDER = frozenset({TaskStatus.NOT_REACHED})
"""Statuses whose node has a dashed border: nothing is there yet."""

NEEDS_A_PERSON = (TaskStatus.FAILED, TaskStatus.INTERRUPTED)
"""Statuses drawn last, with a thicker border, and larger when far away."""

ACTIVE = (
    TaskStatus.FAILED,
    TaskStatus.INTERRUPTED,
    TaskStatus.RUNNING,
    TaskStatus.WAITING,
    TaskStatus.BLOCKED,
    TaskStatus.READY,
)
"""Where an instance stands, most urgent first: what a picture opens on."""

_DISC = "M15 8 C15 11.87 11.87 15 8 15 C4.13 15 1 11.87 1 8 C1 4.13 4.13 1 8 1 C11.87 1 15 4.13 15 8 Z"
_DASHED_RING = (
    "M14.1 10.5 C13.3 12.4 11.9 13.7 10.5 14.1 M5.5 14.1 C3.6 13.3 2.3 11.9 1.9 10.5 "
    "M1.9 5.5 C2.7 3.6 4.1 2.3 5.5 1.9 M10.5 1.9 C12.4 2.7 13.7 4.1 14.1 5.5"
)

ICONS: dict[TaskStatus, Icon] = {
    TaskStatus.FAILED: Icon("M8 0 L16 8 L8 16 L0 8 Z", "M5.6 5.6 L10.4 10.4 M10.4 5.6 L5.6 10.4"),
    TaskStatus.INTERRUPTED: Icon("M10.4 0 L2.6 9 L7 9 L5.4 16 L13.4 6.4 L8.8 6.4 Z"),
    TaskStatus.RUNNING: Icon("M1 2 L8 8 L1 14 Z M8 2 L15 8 L8 14 Z"),
    TaskStatus.WAITING: Icon(_DISC, "M8 4 L8 8.4 L11 10"),
    TaskStatus.BLOCKED: Icon(
        "M5.1 1 L10.9 1 L15 5.1 L15 10.9 L10.9 15 L5.1 15 L1 10.9 L1 5.1 Z", "M4.6 8 L11.4 8"
    ),
    TaskStatus.READY: Icon("M3 1 L15 8 L3 15 Z"),
    TaskStatus.COMPLETE: Icon(_DISC, "M4.6 8.3 L7 10.7 L11.5 5.6"),
    TaskStatus.NOT_REACHED: Icon(outline=_DASHED_RING),
    TaskStatus.SKIPPED: Icon("M1 3 L3 1 L13 1 L15 3 L15 13 L13 15 L3 15 L1 13 Z", "M4.8 4.8 L11.2 11.2"),
}


def _tinted(solid: str, fill: str, name: str, word: str, page: str) -> StatusColours:
    return StatusColours(fill, solid, name, word, solid, page, solid)


SYMBOLS: dict[TaskStatus, str] = {
    TaskStatus.FAILED: "\u2716",
    TaskStatus.INTERRUPTED: "\u26a1",
    TaskStatus.RUNNING: "\u00bb",
    TaskStatus.WAITING: "\u25f7",
    TaskStatus.BLOCKED: "\u2296",
    TaskStatus.READY: "\u25b6",
    TaskStatus.COMPLETE: "\u2714",
    TaskStatus.NOT_REACHED: "\u25cc",
    TaskStatus.SKIPPED: "\u2298",
}
"""The icons as characters, all in DejaVu Sans, for what can only show text: DOT, Mermaid."""

MARK_SYMBOLS = {Mark.START: "\u25cf", Mark.JOIN: "\u25ac\u25ac\u25ac", Mark.END: "\u25c9"}
"""The marks of start, join and end points as characters: a disc, a bar, a target."""

_INK = "#1b1f24"
_PAPER = "#f7f8fa"

LIGHT = Scheme(
    dark=False,
    page=_PAPER,
    panel="#ffffff",
    panel_border="#868e99",
    text=_INK,
    muted="#59626d",
    selection="#0b62b0",
    statuses={
        TaskStatus.FAILED: _tinted("#c2330a", "#fbdcd0", _INK, "#98270a", "#ffffff"),
        TaskStatus.INTERRUPTED: _tinted("#b3125b", "#fbdbe8", _INK, "#930f4b", "#ffffff"),
        TaskStatus.RUNNING: StatusColours(
            "#1857b8", "#0d3f8f", "#ffffff", "#ffffff", "#ffffff", "#1857b8", "#1857b8"
        ),
        TaskStatus.WAITING: _tinted("#9c7000", "#ffeec0", _INK, "#6f4f00", "#ffffff"),
        TaskStatus.BLOCKED: _tinted("#8d3f86", "#f3e0f1", _INK, "#7a3274", "#ffffff"),
        TaskStatus.READY: _tinted("#0072b2", "#d9ecf8", _INK, "#005a8e", "#ffffff"),
        TaskStatus.COMPLETE: _tinted("#007a54", "#d7f0e4", _INK, "#00603f", "#ffffff"),
        TaskStatus.NOT_REACHED: _tinted("#868e99", "#ffffff", "#59626d", "#59626d", "#ffffff"),
        TaskStatus.SKIPPED: _tinted("#63686f", "#e6e8eb", "#50555c", "#50555c", "#ffffff"),
    },
    edges={
        TransitionStatus.TAKEN: LineStyle("#3f4955", 1.8, ()),
        TransitionStatus.UNDECIDED: LineStyle("#7f8894", 1.3, (6.0, 4.0)),
        TransitionStatus.NOT_TAKEN: LineStyle("#868e99", 1.6, (1.6, 3.6)),
    },
)

_CHALK = "#e8ebef"
_BOARD = "#16191d"

DARK = Scheme(
    dark=True,
    page=_BOARD,
    panel="#1e2227",
    panel_border="#78818c",
    text=_CHALK,
    muted="#a3abb5",
    selection="#7cc0ff",
    statuses={
        TaskStatus.FAILED: _tinted("#ff8a5c", "#571f0e", _CHALK, "#ffb193", "#2b0d04"),
        TaskStatus.INTERRUPTED: _tinted("#ff7fb0", "#511735", _CHALK, "#ffa9ca", "#2b0617"),
        TaskStatus.RUNNING: StatusColours(
            "#8cc4ff", "#d4e9ff", "#08182b", "#08182b", "#08182b", "#8cc4ff", "#8cc4ff"
        ),
        TaskStatus.WAITING: _tinted("#f2c14a", "#433510", _CHALK, "#f2cf78", "#231a00"),
        TaskStatus.BLOCKED: _tinted("#e29bdc", "#412344", _CHALK, "#eab9e6", "#25092a"),
        TaskStatus.READY: _tinted("#4fa8e8", "#12304a", _CHALK, "#8ccaf5", "#04182a"),
        TaskStatus.COMPLETE: _tinted("#2ec698", "#113a2e", _CHALK, "#6adcb8", "#032018"),
        TaskStatus.NOT_REACHED: _tinted("#78818c", "#1b1f24", "#a3abb5", "#a3abb5", "#16191d"),
        TaskStatus.SKIPPED: _tinted("#a2a8b0", "#30343a", "#bcc1c8", "#bcc1c8", "#16191d"),
    },
    edges={
        TransitionStatus.TAKEN: LineStyle("#c3c9d1", 1.8, ()),
        TransitionStatus.UNDECIDED: LineStyle("#808a96", 1.3, (6.0, 4.0)),
        TransitionStatus.NOT_TAKEN: LineStyle("#727b86", 1.6, (1.6, 3.6)),
    },
)


def node_border(status: TaskStatus, colours: StatusColours) -> LineStyle:
    """The border of a node with a status, in that status's colours."""
    width = 2.4 if status in NEEDS_A_PERSON else 1.5
    return LineStyle(colours.border, width, (6.0, 3.75) if status in DASHED_BORDER else ())


def icon_colours(status: TaskStatus, on: Scheme, *, on_page: bool) -> tuple[str, str]:
    """The colours of an icon's body and of the mark on it: on the page, or on a node with that status."""
    colours = on.statuses[status]
    return (colours.solid, on.page) if on_page else (colours.icon, colours.mark)


def scheme(*, dark: bool) -> Scheme:
    """The colours on a dark page, or on a light one."""
    return DARK if dark else LIGHT
