"""The palette as Qt colours, pens, icons and fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPen

from wfepy_core.drawing import palette
from wfepy_core.drawing.node_shape import LABEL_SIZE, NAME_SIZE, WORD_SIZE
from wfepy_gui.theme.icons import IconPainter

if TYPE_CHECKING:
    from wfepy_core.model.status import TaskStatus


class StatusLook(NamedTuple):
    """One status in Qt's terms; see `palette.StatusColours`."""

    fill: QColor
    border: QPen
    name: QColor
    word: QColor
    solid: QColor
    icon: IconPainter


class Look:
    """Everything needed to paint in one colour scheme. Fonts use the application's family."""

    def __init__(self, scheme: palette.Scheme) -> None:
        self.dark = scheme.dark
        self.page = QColor(scheme.page)
        self.panel = QColor(scheme.panel)
        self.panel_border = QColor(scheme.panel_border)
        self.text = QColor(scheme.text)
        self.muted = QColor(scheme.muted)
        self.selection = QColor(scheme.selection)
        self.statuses = {status: _status_look(status, colours) for status, colours in scheme.statuses.items()}
        self.edges = {status: _line_pen(style) for status, style in scheme.edges.items()}
        self.name_font = _font(NAME_SIZE)
        self.word_font = _font(WORD_SIZE)
        self.label_font = _font(LABEL_SIZE)
        self._page_icons = {
            status: IconPainter(palette.ICONS[status], look.solid, self.panel)
            for status, look in self.statuses.items()
        }
        self._icons: dict[TaskStatus, QIcon] = {}

    @classmethod
    def of(cls, *, dark: bool) -> Look:
        """The look on a dark page, or on a light one."""
        return cls(palette.scheme(dark=dark))

    def icon(self, status: TaskStatus) -> QIcon:
        """The status icon for lists, menus and buttons, on the page's or a panel's background."""
        if status not in self._icons:
            self._icons[status] = self._page_icons[status].icon()
        return self._icons[status]

    def page_icon(self, status: TaskStatus) -> IconPainter:
        """Paints the status icon on the page's or a panel's background."""
        return self._page_icons[status]

    def application_palette(self) -> QPalette:
        """Colours for ordinary widgets that fit the page."""
        colours = QPalette(self.panel)
        group = QPalette.ColorRole
        for role, colour in (
            (group.Window, self.page),
            (group.Base, self.panel),
            (group.AlternateBase, self.page),
            (group.ToolTipBase, self.panel),
            (group.WindowText, self.text),
            (group.Text, self.text),
            (group.ButtonText, self.text),
            (group.ToolTipText, self.text),
            (group.PlaceholderText, self.muted),
            (group.Link, self.selection),
            (group.LinkVisited, self.muted),
            (group.Highlight, self.selection),
            (group.HighlightedText, self.page),
        ):
            colours.setColor(role, colour)
        for role in (group.WindowText, group.Text, group.ButtonText):
            colours.setColor(QPalette.ColorGroup.Disabled, role, self.muted)
        return colours


def _status_look(status: TaskStatus, colours: palette.StatusColours) -> StatusLook:
    return StatusLook(
        fill=QColor(colours.fill),
        border=_line_pen(palette.node_border(status, colours)),
        name=QColor(colours.name),
        word=QColor(colours.word),
        solid=QColor(colours.solid),
        icon=IconPainter(palette.ICONS[status], QColor(colours.icon), QColor(colours.mark)),
    )


def _line_pen(style: palette.LineStyle) -> QPen:
    pen = QPen(QColor(style.colour), style.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style.dashes:
        pen.setDashPattern([length / style.width for length in style.dashes])
    return pen


def _font(points: float) -> QFont:
    """Pixels at 100 %; unhinted, so that text keeps its width at every zoom."""
    font = QFont()
    font.setPixelSize(round(points))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
