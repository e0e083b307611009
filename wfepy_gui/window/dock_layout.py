"""Where the docks of a window stand: at first, and where the operator left them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from wfepy_gui.text.translation import tr
from wfepy_gui.window.lazy_dock import LazyDock
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QHeaderView, QMainWindow

    from wfepy_gui.preferences.settings import Settings
    from wfepy_gui.window.panel_registry import DockedPanel

STATE_VERSION = 1
MAP_HEIGHT = 170
_LEAST_LEFT, _MOST_LEFT, _LEFT_PART = 330, 420, 0.25
"""Width of the instances, in pixels, and as a part of the window's."""
_LEAST_RIGHT, _MOST_RIGHT, _RIGHT_PART = 380, 440, 0.285
"""Width of the panels to the right, in pixels, and as a part of the window's."""
_LEAST_BELOW, _MOST_BELOW, _BELOW_PART = 230, 380, 0.31
"""Height of the panels below, in pixels, and as a part of the window's."""
LEFT, RIGHT, BELOW = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
PLACES = {
    LEFT: (PanelId.INSTANCES,),
    RIGHT: (PanelId.TASK, PanelId.CONTEXT, PanelId.WHY, PanelId.MAP),
    BELOW: (
        PanelId.TASKS,
        PanelId.HISTORY,
        PanelId.OUTPUT,
        PanelId.PENDING,
        PanelId.PREFLIGHT,
        PanelId.ERROR,
    ),
}
"""Where the docks stand first: those of an area are tabs in this order; the map lies below its own."""


class HasHeader(Protocol):
    """A panel with columns."""

    @property
    def header(self) -> QHeaderView:
        """The header whose state is kept."""


class DockLayout:
    """The docks of one window, with what is remembered of them and of the window's own place."""

    def __init__(
        self, *, window: QMainWindow, settings: Settings, panels: Mapping[PanelId, DockedPanel]
    ) -> None:
        self._window = window
        self._settings = settings
        self._panels = panels
        self.by_id: dict[PanelId, LazyDock] = {}
        window.setDockNestingEnabled(True)
        window.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)

    def make_docks(self) -> None:
        """Make a dock for every panel, each in its first place.

        Panels get their columns as they were left; those never made keep what is remembered of them.
        """
        for name, (caption, panel, columns) in self._panels.items():
            self.by_id[name] = LazyDock(name.value, tr(caption), panel, self._window)
            if columns:
                panel.call_when_made(partial(self._restore_columns, columns))

    def _restore_columns(self, name: str, panel: HasHeader) -> None:
        panel.header.restoreState(self._settings.bytes_of(name))

    # -- the first places ---------------------------------------------------------------------------------

    def place(self, *, shows_instances: bool) -> None:
        """Put all docks where they stand first."""
        docks, window = self.by_id, self._window
        for area, names in PLACES.items():
            before: LazyDock | None = None
            for name in names:
                dock = docks[name]
                if dock.isFloating():  # to say so of one that is not costs as much as a dock
                    dock.setFloating(False)
                window.addDockWidget(area, dock)
                # At once: side by side, even for a moment, they would make the window as wide as all of them.
                if before is not None and name is not PanelId.MAP:
                    window.tabifyDockWidget(before, dock)
                before = dock
                dock.setVisible(name is not PanelId.INSTANCES or shows_instances)
        docks[PanelId.TASK].raise_()
        docks[PanelId.TASKS].raise_()
        self.size()

    def size(self) -> None:
        """Give all docks the sizes they have first; they take them only in a window that has its own."""
        window, docks = self._window, self.by_id
        left, right, below = docks[PanelId.INSTANCES], docks[PanelId.TASK], docks[PanelId.TASKS]
        instances = max(_LEAST_LEFT, min(_MOST_LEFT, round(_LEFT_PART * window.width())))
        width = max(_LEAST_RIGHT, min(_MOST_RIGHT, round(_RIGHT_PART * window.width())))
        height = max(_LEAST_BELOW, min(_MOST_BELOW, round(_BELOW_PART * window.height())))
        window.resizeDocks([left, right], [instances, width], Qt.Orientation.Horizontal)
        window.resizeDocks([below], [height], Qt.Orientation.Vertical)
        heights = [10 * MAP_HEIGHT, MAP_HEIGHT]
        window.resizeDocks([right, docks[PanelId.MAP]], heights, Qt.Orientation.Vertical)

    # -- from one start to the next -----------------------------------------------------------------------

    def restore(self) -> bool:
        """Put window and docks where they were left; False when nothing is remembered of the docks."""
        window, settings = self._window, self._settings
        if not window.restoreGeometry(settings.bytes_of("geometry")):
            room = window.screen().availableGeometry()
            window.resize(min(1720, room.width() - 40), min(1040, room.height() - 60))
        return window.restoreState(settings.bytes_of("docks"), STATE_VERSION)

    def remember(self) -> None:
        """Remember where everything stands."""
        settings = self._settings
        settings.set_bytes("geometry", self._window.saveGeometry())
        settings.set_bytes("docks", self._window.saveState(STATE_VERSION))
        for _, panel, columns in self._panels.values():
            if columns and panel.existing is not None:
                settings.set_bytes(columns, panel.existing.header.saveState())
        settings.sync()
