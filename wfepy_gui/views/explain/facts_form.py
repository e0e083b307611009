"""Facts as rows of captions and texts, and the room that they get over something longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QSplitter

from wfepy_gui.views.widgets.labels import PlainLabel
from wfepy_gui.views.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.models.explanations.task_facts import Fact


class FactsForm(QFormLayout):
    """Shows facts in labels that are used again when the facts change."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[tuple[QLabel, WrappedText]] = []
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalSpacing(14)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts, in this order."""
        while len(self._labels) > len(facts):
            self.removeRow(len(self._labels) - 1)
            self._labels.pop()
        while len(self._labels) < len(facts):
            self._add_row()
        for (caption, text), fact in zip(self._labels, facts, strict=True):
            caption.setText(fact.caption)
            text.setText(fact.text)
            text.setAccessibleName(fact.caption)

    def _add_row(self) -> None:
        caption, text = PlainLabel(), WrappedText()
        caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.addRow(caption, text)
        self._labels.append((caption, text))


class FactsArea(QScrollArea):
    """Scrolls facts; a control among them that has the keyboard stays in sight when texts above it grow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_followed = True
        self._is_fitting = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(_NO_BAR)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _on_scrolled(self) -> None:
        """Who scrolls away from it with the mouse is left there."""
        inside = self._focused
        self._is_followed = inside is None or not inside.visibleRegion().isEmpty()

    @property
    def _focused(self) -> QWidget | None:
        page, focused = self.widget(), self.window().focusWidget()
        has_it = page is not None and focused is not None and page.isAncestorOf(focused)
        return focused if has_it else None

    # -- Qt -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What happens to the page; Qt has laid it out anew before it tells of these two.

        Where texts fit without a bar and not beside one, Qt takes the bar away and puts it back within itself
        until its stack is full: it asks for heights before the texts have their new width.
        """
        if self._is_fitting:
            return False  # Qt asks again when the page is laid out
        self._is_fitting = True
        is_eaten = super().eventFilter(watched, event)
        self._is_fitting = False
        if event.type() in _LAID_OUT and watched is self.widget() and self._is_followed:
            inside = self._focused
            if inside is not None:
                self.ensureWidgetVisible(inside)
        return is_eaten


MOST = 0.6
"""The part of the height that the upper widget takes at most."""
_NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
_LAID_OUT = QEvent.Type.Resize, QEvent.Type.LayoutRequest
_BAR_IF_NEEDED = Qt.ScrollBarPolicy.ScrollBarAsNeeded


class FittingSplitter(QSplitter):
    """A scroll area with facts over something longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._is_placed = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit_now)
        self.splitterMoved.connect(self._on_splitter_moved)

    def fit(self) -> None:
        """Give the facts their room, as soon as their texts are laid out."""
        if not self._is_placed and self.isVisible():
            self._later.start()

    def _fit_now(self) -> None:
        area = self.widget(0)
        page = area.widget() if isinstance(area, QScrollArea) else None
        if self._is_placed or not isinstance(area, QScrollArea) or page is None:
            return
        room = sum(self.sizes())
        wanted = page.sizeHint().height()
        most = round(MOST * room)
        upper = min(wanted, most)
        self.setSizes([upper, room - upper])
        # A bar that is there takes width from the texts, and with it they would not fit: Qt would keep it.
        fits = wanted <= self.sizes()[0]
        area.setVerticalScrollBarPolicy(_NO_BAR if fits else _BAR_IF_NEEDED)

    def _on_splitter_moved(self) -> None:
        self._is_placed = True
        area = self.widget(0)
        if isinstance(area, QScrollArea):
            area.setVerticalScrollBarPolicy(_BAR_IF_NEEDED)

    # -- Qt -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, another share."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """It was not known before it is seen how wide the texts are."""
        if event.type() == QEvent.Type.Show:
            self._later.start()
        return super().event(event)
