"""A text of any length that can be selected and copied, and is not cut, however narrow."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit

from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.views.widgets.labels import by_font, text_flags

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget


MOST_CHARACTERS = 20_000
"""That are laid out; a text of more is no text for a label."""


class WrappedText(QTextEdit):
    """Looks like a label. A `QLabel` wraps between words only: it cuts a path, or a long name of a task."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(text_flags())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.document().setDocumentMargin(0)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show a plain text, an endless one in part; what is selected in the same text stays selected."""
        text = bounded(text, MOST_CHARACTERS)
        if text != self.toPlainText():
            self.setPlainText(text)
            self._fit_height()

    def _fit_height(self) -> None:
        """Make room for all lines.

        Not by a height for a width: nested layouts and scroll areas that ask for one, of another width than
        the text gets in the end, leave texts with heights they do not have.
        """
        self.setFixedHeight(max(ceil(self.document().size().height()), self.fontMetrics().height()))

    # -- Qt -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """A width at which some words stand on a line."""
        return QSize(by_font(self, 160), self.height())

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(1, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters, another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_height()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What it stands in scrolls."""
        event.ignore()
