"""Opens at a start what was open at the last close, and shows it as it was left. Opening never runs code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from wfepy_gui.preferences.settings import Left
from wfepy_gui.views.graph.hit_test import task_at
from wfepy_gui.window.command_ids import Command

if TYPE_CHECKING:
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services


class SessionRestore(QObject):
    """Remembers at the end and restores at the start.

    A module that was shown alone is not shown again: that would run its code.
    """

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._left: Left | None = None
        window.actions_table[Command.REOPEN].setChecked(services.settings.reopens)
        services.session.instance_changed.connect(self._on_instance_changed)
        window.panels.graph.get().picture_ready.connect(self._on_picture_ready)

    def remember(self) -> None:
        """Remember what is open: the window closes."""
        session, view = self._services.session, self._window.panels.graph.get().graph_view
        scene, camera = view.graph_scene, view.camera
        anchor, zoom, away = "", 0.0, QPointF()
        if session.path and session.view is not None and view.moved_by_user:
            shown = camera.visible_rect
            anchor = task_at(scene.drawn, shown.center(), max(shown.width(), shown.height()))
            zoom, away = camera.zoom, shown.center() - scene.rect_of(anchor).center()
        left = Left(
            path=session.path,
            roots=self._services.scanner.roots,
            task=scene.selected,
            anchor=anchor,
            zoom=zoom,
            across=away.x(),
            down=away.y(),
        )
        self._services.settings.left = left

    def reopen(self) -> None:
        """Open what was left, if that is wanted; what is gone is told of."""
        settings = self._services.settings
        left = settings.left
        if not settings.reopens:
            return
        gone = [path for path in (left.path, *left.roots) if path and not os.path.exists(path)]
        roots = tuple(root for root in left.roots if root not in gone)
        if roots:
            self._services.scanner.set_roots(roots)
        if left.path and left.path not in gone:
            self._left = left
            self._services.session.open(left.path)
        if gone:
            self._services.notices.info(
                self.tr("{} was open when the window was closed last; it is not there any more").format(
                    gone[0]
                ),
                hint=self.tr("If it was moved, open it where it is now: File, Open."),
            )

    def set_reopens(self, wanted: bool) -> None:
        """Say whether the next start shows again what is open at the end."""
        self._services.settings.reopens = wanted

    def _on_instance_changed(self) -> None:
        """The task that was selected; nothing is shown of it before the file was read."""
        session, left = self._services.session, self._left
        if left is None:
            return
        if session.path != left.path:
            self._left = None
        elif session.view is not None and left.task in session.view.statuses:
            self._window.select_task(left.task)

    def _on_picture_ready(self) -> None:
        """The part of the graph that was in view, found by the task in its middle."""
        left, self._left = self._left, None
        view = self._window.panels.graph.get().graph_view
        if left is None or not left.zoom or self._services.session.path != left.path:
            return
        rect = view.graph_scene.rect_of(left.anchor)
        if not rect.isEmpty():
            view.mark_moved_by_user()
            view.camera.look_at(rect.center() + QPointF(left.across, left.down), left.zoom)
