"""Status icons for lists: on a selected row they stand on a patch of the page's colour, to be seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

if TYPE_CHECKING:
    from wfepy_core.status import TaskStatus
    from wfepy_gui.theme.look import Look
    from wfepy_gui.theme.theme import Theme

_SIZES = (16, 24, 32)
_MARGIN = 1 / 8


class StatusIcons:
    """Icons of one model, made once for each colour scheme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._look: Look | None = None
        self._icons: dict[TaskStatus, QIcon] = {}

    def icon(self, status: TaskStatus) -> QIcon:
        """The icon of a status in the present colours."""
        look = self._theme.look
        if look is not self._look:
            self._look, self._icons = look, {}
        if status not in self._icons:
            self._icons[status] = _with_patch(look, look.icon(status))
        return self._icons[status]


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
