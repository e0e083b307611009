"""What an empty list says: why there is nothing, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette

from wfepy_gui.views.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractItemView

_MARGIN = 16


class EmptyState(PlainLabel):
    """Lies over a view that has no rows, and lets every click through.

    Args:
        view: a view that has its model already.
        text: asked for the sentence whenever the view is empty.
    """

    def __init__(self, view: QAbstractItemView, text: Callable[[], str]) -> None:
        super().__init__(parent=view.viewport())
        self._view = view
        self._text = text
        self._meaning = view.accessibleDescription()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setMargin(_MARGIN)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        model = view.model()
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self.refresh)
        view.viewport().installEventFilter(self)
        self.refresh()

    def refresh(self) -> None:
        """Look again whether there are rows, and why not."""
        is_empty = self._view.model().rowCount() == 0
        self.setText(self._text() if is_empty else "")
        self.setVisible(is_empty)
        self._view.setAccessibleDescription(self.text() or self._meaning)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the view."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.viewport().rect())
        return super().eventFilter(watched, event)
