"""Where the docks of a window stand: at first, and where the operator left them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt

from wfepy_gui.window.lazy_dock import LazyDock, LazyPanel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QHeaderView, QMainWindow

    from wfepy_gui.preferences.settings import Settings

STATE_VERSION = 1
LEFT_WIDTH, MAP_HEIGHT = 330, 170
_LEAST_RIGHT, _MOST_RIGHT, _RIGHT_PART = 380, 440, 0.285
"""Width of the panels to the right, in pixels, and as a part of the window's."""
_LEAST_BELOW, _MOST_BELOW, _BELOW_PART = 230, 380, 0.31
"""Height of the panels below, in pixels, and as a part of the window's."""
LEFT, RIGHT, BELOW = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
_FIRST = (
    ("instances", LEFT), ("task", RIGHT), ("context", RIGHT), ("tasks", BELOW), ("history", BELOW),
    ("output", BELOW), ("pending", BELOW), ("why", RIGHT), ("preflight", BELOW), ("error", BELOW),
    ("map", RIGHT),
)  # fmt: skip


class HasHeader(Protocol):
    """A panel with columns."""

    @property
    def header(self) -> QHeaderView:
        """The header whose state is kept."""


class DockLayout:
    """The docks of one window, by name, with what is remembered of them and of the window's own place."""

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        self._window, self._settings = window, settings
        self._columns: dict[str, LazyPanel[Any]] = {}
        self.by_name: dict[str, LazyDock] = {}
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)

    def add(self, name: str, caption: str, panel: LazyPanel[Any]) -> None:
        """Make a dock; `place` gives it its place."""
        self.by_name[name] = LazyDock(name, caption, panel, self._window)

    def remember_columns(self, columns: Mapping[str, LazyPanel[Any]]) -> None:
        """Give panels their columns as they were left; those never made keep what is remembered of them."""
        self._columns = dict(columns)
        for name, panel in columns.items():
            panel.when_made(partial(self._restore_columns, name))

    def _restore_columns(self, name: str, panel: HasHeader) -> None:
        panel.header.restoreState(self._settings.bytes_of(name))

    # -- the first places ---------------------------------------------------------------------------------

    def place(self, *, shows_instances: bool) -> None:
        """Put all docks where they stand first."""
        docks, window = self.by_name, self._window
        tabs: dict[Qt.DockWidgetArea, str] = {}
        for name, area in _FIRST:
            if docks[name].isFloating():  # to say so of one that is not costs as much as a dock
                docks[name].setFloating(False)
            window.addDockWidget(area, docks[name])
            # At once: side by side, even for a moment, they would make the window as wide as all of them.
            if area in tabs and name != "map":
                window.tabifyDockWidget(docks[tabs[area]], docks[name])
            tabs[area] = name
            docks[name].setVisible(name != "instances" or shows_instances)
        docks["task"].raise_()
        docks["tasks"].raise_()
        self.size()

    def size(self) -> None:
        """Give all docks the sizes they have first; they take them only in a window that has its own."""
        window, docks = self._window, self.by_name
        left, right, below = docks["instances"], docks["task"], docks["tasks"]
        width = max(_LEAST_RIGHT, min(_MOST_RIGHT, round(_RIGHT_PART * window.width())))
        height = max(_LEAST_BELOW, min(_MOST_BELOW, round(_BELOW_PART * window.height())))
        window.resizeDocks([left, right], [LEFT_WIDTH, width], Qt.Orientation.Horizontal)
        window.resizeDocks([below], [height], Qt.Orientation.Vertical)
        heights = [10 * MAP_HEIGHT, MAP_HEIGHT]
        window.resizeDocks([right, docks["map"]], heights, Qt.Orientation.Vertical)

    # -- from one start to the next -----------------------------------------------------------------------

    def restore(self) -> bool:
        """Put window and docks where they were left; False when nothing is remembered of the docks."""
        window, settings = self._window, self._settings
        if not window.restoreGeometry(settings.bytes_of("geometry")):
            room = window.screen().availableGeometry()
            window.resize(min(1720, room.width() - 40), min(1040, room.height() - 60))
        return window.restoreState(settings.bytes_of("docks"), STATE_VERSION)

    def keep(self) -> None:
        """Remember where everything stands."""
        settings = self._settings
        settings.keep_bytes("geometry", self._window.saveGeometry())
        settings.keep_bytes("docks", self._window.saveState(STATE_VERSION))
        for name, panel in self._columns.items():
            if panel.made is not None:
                settings.keep_bytes(name, panel.made.header.saveState())
        settings.sync()
