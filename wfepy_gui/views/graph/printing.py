"""The graph on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QToolButton

from wfepy_gui.views.widgets.keyboard_focus import step
from wfepy_gui.views.widgets.one_shot import make_one_shot

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.views.graph.export import PagePainter


_SIZE = 1000, 760
"""In pixels: all buttons and a sheet that can be read."""


class PrintPreview(QPrintPreviewDialog):
    """Shows the page before it is printed; the picture is as large as one sheet allows."""

    def __init__(self, pages: PagePainter, title: str, parent: QWidget | None = None) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        super().__init__(self._printer, parent)
        self._pages = pages
        is_wide = pages.size.width() > pages.size.height()
        self._printer.setDocName(title)
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
        )
        self.setWindowTitle(self.tr("Print the graph"))
        make_one_shot(self)
        self.paintRequested.connect(self._on_paint_requested)
        self._open_to_the_keyboard()

    def _open_to_the_keyboard(self) -> None:
        """Qt's own dialog is for the mouse: no key reaches what prints."""
        self.resize(*_SIZE)
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(button.text())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the last button, which prints."""
        super().showEvent(event)
        self.findChildren(QToolButton)[-1].setFocus()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab and Shift+Tab go from left to right and back."""
        return step(self, (), is_next)

    def _on_paint_requested(self, printer: QPrinter) -> None:
        """Paint the picture in the middle of one sheet."""
        paper = printer.pageLayout().paintRectPixels(printer.resolution())
        size = self._pages.size
        points = printer.resolution() / 72.0
        scale = min(paper.width() / size.width(), paper.height() / size.height(), 1.5 * points)
        painter = QPainter(printer)
        painter.translate((paper.width() - size.width() * scale) / 2, 0.0)
        self._pages.paint(painter, scale)
        painter.end()
