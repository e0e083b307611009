"""The bar on top that shows the newest notice; news never takes the keyboard away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStyle, QWidget

from wfepy_gui.notices import Level, Notice
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.widgets.labels import PlainLabel, make_narrow

if TYPE_CHECKING:
    from PySide6.QtGui import QClipboard

    from wfepy_gui.notices import Notices

_ICONS = {
    Level.INFO: QStyle.StandardPixmap.SP_MessageBoxInformation,
    Level.WARNING: QStyle.StandardPixmap.SP_MessageBoxWarning,
    Level.ERROR: QStyle.StandardPixmap.SP_MessageBoxCritical,
}


class NoticeBar(QFrame):
    """Shows one notice until it is closed or a newer one comes.

    Signals:
        list_wanted: the operator wants to see all notices with their details.
    """

    list_wanted = Signal()

    def __init__(self, notices: Notices, clipboard: QClipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._notice: Notice | None = None
        self._icon = PlainLabel(parent=self)
        self._text = PlainLabel(parent=self)
        self._more = QPushButton(self.tr("&Details…"), self)
        self._copy = QPushButton(self.tr("Cop&y"), self)
        self._close = QPushButton(self.tr("Close"), self)
        self._build()
        self._more.clicked.connect(self.list_wanted)
        self._copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.hide)
        notices.posted.connect(self.show_notice)

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Newest notice"))
        make_narrow(self._text)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        for button in (self._more, self._copy, self._close):
            row.addWidget(button)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show this notice now."""
        self._notice = notice
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(self.style().standardIcon(_ICONS[notice.level]).pixmap(size, size))
        self._icon.setAccessibleName(label_of(notice.level))
        summary = notice.summary if len(notice.summary) <= 400 else notice.summary[:400] + "…"
        self._text.setText("\n".join(part for part in (summary, notice.hint) if part))
        self._more.setVisible(bool(notice.details))
        self.setAccessibleDescription(f"{label_of(notice.level)}: {self._text.text()}")
        self.show()

    def withdraw(self, notice: Notice | None) -> None:
        """Hide a notice that is true no longer; the list of all notices keeps it."""
        if notice is not None and notice is self._notice:
            self.hide()

    def _copy_text(self) -> None:
        if self._notice is not None:
            self._clipboard.setText(self._notice.text)
