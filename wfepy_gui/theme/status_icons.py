"""Status icons for lists: on a selected row they stand on a patch of the page's colour, to be seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from wfepy_core.drawing.palette import Icon
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_gui.theme.icons import IconPainter

if TYPE_CHECKING:
    from wfepy_gui.theme.look import Look
    from wfepy_gui.theme.theme import Theme

_SIZES = (16, 24, 32)
_MARGIN = 1 / 8

_DIAL = "M8 4 C10.8 4 13 6.2 13 9 C13 11.8 10.8 14 8 14 C5.2 14 3 11.8 3 9 C3 6.2 5.2 4 8 4 Z "
_STOPWATCH = Icon("", _DIAL + "M6 1.3 L10 1.3 M8 6.8 L8 9 L9.8 10")
_PAUSE = Icon("", "M5 3 L5 13 M11 3 L11 13")
"""Without a body, so that no status has their shape."""

_PICTURED = {
    InstanceStatus.FAILED: TaskStatus.FAILED,
    InstanceStatus.INTERRUPTED: TaskStatus.INTERRUPTED,
    InstanceStatus.DEAD_END: TaskStatus.BLOCKED,
    InstanceStatus.RUNNING: TaskStatus.RUNNING,
    InstanceStatus.WAITING: TaskStatus.WAITING,
    InstanceStatus.NEW: TaskStatus.READY,
    InstanceStatus.FINISHED: TaskStatus.COMPLETE,
}
"""The icon of an instance is that of the task status that comes closest."""


def icon_status_of(status: InstanceStatus | None) -> TaskStatus:
    """The task status whose icon an instance has; None: its file cannot be read."""
    return _PICTURED[status] if status else TaskStatus.FAILED


class StatusIcons:
    """Icons of one model, made once for each colour scheme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._look: Look | None = None
        self._icons: dict[TaskStatus | bool, QIcon] = {}

    def icon(self, status: TaskStatus) -> QIcon:
        """The icon of a status in the present colours."""
        look = self._present_look()
        if status not in self._icons:
            self._icons[status] = _with_patch(look, look.icon(status))
        return self._icons[status]

    def timer(self, *, counts: bool) -> QIcon:
        """The sign of an instance with a timer that counts, or that stands still."""
        look = self._present_look()
        if counts not in self._icons:
            drawn = _STOPWATCH if counts else _PAUSE
            self._icons[counts] = _with_patch(look, IconPainter(drawn, look.text, look.text).icon())
        return self._icons[counts]

    def _present_look(self) -> Look:
        look = self._theme.look
        if look is not self._look:
            self._look = look
            self._icons = {}
        return look


def _with_patch(look: Look, plain: QIcon) -> QIcon:
    icon = QIcon(plain)
    for size in _SIZES:
        patch = QPixmap(size, size)
        patch.fill(Qt.GlobalColor.transparent)
        painter = QPainter(patch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.panel)
        painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
        margin = round(size * _MARGIN)
        inner = size - 2 * margin
        painter.drawPixmap(margin, margin, plain.pixmap(inner, inner))
        painter.end()
        icon.addPixmap(patch, QIcon.Mode.Selected)
    return icon
