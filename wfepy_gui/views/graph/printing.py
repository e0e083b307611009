"""The graph on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.views.graph.export import PagePainter


class PrintPreview(QPrintPreviewDialog):
    """Shows the page before it is printed; the picture is made as large as one sheet allows."""

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
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.paintRequested.connect(self.paint_on)

    def paint_on(self, printer: QPrinter) -> None:
        """Paint the picture in the middle of one sheet."""
        paper = printer.pageLayout().paintRectPixels(printer.resolution())
        size = self._pages.size
        points = printer.resolution() / 72.0
        scale = min(paper.width() / size.width(), paper.height() / size.height(), 1.5 * points)
        painter = QPainter(printer)
        painter.translate((paper.width() - size.width() * scale) / 2, 0.0)
        self._pages.paint(painter, scale)
        painter.end()
