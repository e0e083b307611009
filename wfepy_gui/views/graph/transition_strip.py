"""The strip below the graph that tells all about the selected transition; the mouse has tool tips besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from wfepy_core.drawing.legend import SAMPLE
from wfepy_core.model.status import TransitionStatus
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.translation import description, label_of
from wfepy_gui.views.graph.legend import paint_edge_sample
from wfepy_gui.views.graph.painter_context import painter_on
from wfepy_gui.views.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.theme import Theme
    from wfepy_gui.views.graph.navigation import Navigation
    from wfepy_gui.views.graph.scene import GraphScene

_MARGINS = 20
_LINES = 4
"""Of a condition shown at once; a longer one is scrolled."""


class _Sample(QWidget):
    """A piece of the transition's line, as in the legend."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status = TransitionStatus.UNDECIDED
        self.setFixedSize(QSize(round(SAMPLE), 16))

    def set_status(self, status: TransitionStatus) -> None:
        self._status = status
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_edge_sample(painter, self._theme.look, self._status, QPointF(0.0, 8.0))


class TransitionStrip(QFrame):
    """Visible while a transition is selected: from where to where, taken or not, and its whole condition.

    Signals:
        closed: the keyboard should go back to the graph.
    """

    closed = Signal()

    def __init__(
        self, scene: GraphScene, navigation: Navigation, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._navigation = navigation
        self._sample = _Sample(theme, self)
        self._ends = PlainLabel(parent=self)
        self._place = PlainLabel(parent=self)
        self._condition = PlainLabel(parent=self)
        self._scroll = QScrollArea(self)
        self._previous = QToolButton(self)
        self._next = QToolButton(self)
        self._follow = QToolButton(self)
        self._close = QToolButton(self)
        self._build()
        navigation.transition_changed.connect(self.refresh)
        self.hide()

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Selected transition"))
        selectable = (
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        named = (
            (self._ends, self.tr("Selected transition")),
            (self._place, self.tr("Place among the transitions of the task")),
            (self._condition, self.tr("Condition")),
        )
        for label, name in named:
            label.setAccessibleName(name)
        self._ends.setTextInteractionFlags(selectable)
        self._condition.setTextInteractionFlags(selectable)
        for label in (self._ends, self._condition):
            label.setWordWrap(True)
        # A long name breaks into lines; it must not make the window wider.
        self._ends.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._condition.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(self._condition)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("Condition"))
        self._scroll.setAccessibleDescription(self.tr("What decides whether the transition is taken."))
        self._build_buttons()
        grid = QGridLayout(self)
        grid.setContentsMargins(_MARGINS - 8, 4, 8, 4)
        grid.setVerticalSpacing(2)
        for column, widget in enumerate((self._sample, self._ends, self._place)):
            grid.addWidget(widget, 0, column)
        grid.setColumnStretch(1, 1)
        for column, button in enumerate((self._previous, self._next, self._follow, self._close), 3):
            grid.addWidget(button, 0, column)
        grid.addWidget(self._scroll, 1, 0, 1, 7)

    def _build_buttons(self) -> None:
        buttons: tuple[tuple[QToolButton, str, str, Callable[[], None]], ...] = (
            (
                self._previous,
                "◂",
                self.tr("Previous transition of the task (Shift+T)"),
                self._on_previous_clicked,
            ),
            (self._next, "▸", self.tr("Next transition of the task (T)"), self._on_next_clicked),
            (self._follow, self.tr("Go there"), "", self._on_follow_clicked),
            (self._close, "✕", self.tr("Select no transition (Escape)"), self._on_close_clicked),
        )
        for button, text, meaning, handler in buttons:
            button.setText(text)
            button.setToolTip(meaning)
            button.setAccessibleName(meaning)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(handler)

    def refresh(self) -> None:
        """Show anew what is known of the selected transition; hide when there is none."""
        index, drawn = self._scene.transition, self._scene.drawn
        if index is None:
            self.hide()
            return
        edge, status = drawn.graph.transitions[index], drawn.transitions[index]
        known = self._navigation.transitions
        self._sample.set_status(status)
        self._ends.setText(f"{edge.source} → {edge.dest}: {label_of(status)}")
        place = known.index(index) + 1 if index in known else 0
        self._place.setText(self.tr("{0} of {1} at this task").format(place, len(known)) if place else "")
        if edge.condition:
            condition = self.tr("if {}").format(edge.condition) + f" — {description(status)}"
        else:
            condition = self.tr("without a condition: taken whenever {} is done").format(edge.source)
        self._condition.setText(condition)
        other = self.tr("Go to {} (Enter)").format(self._navigation.transition_leads_to)
        self._follow.setToolTip(plain_tip(other))
        self._follow.setAccessibleName(other)
        self._fit_height()
        self.show()

    def _fit_height(self) -> None:
        """As high as the condition needs, up to a few lines."""
        parent = self.parentWidget()
        whole = self.width() if self.isVisible() or parent is None else parent.width()
        width = max(200, whole - _MARGINS)
        line = self.fontMetrics().lineSpacing()
        needed = self._condition.heightForWidth(width)
        self._scroll.setFixedHeight(min(max(line, needed), line * _LINES) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the condition's lines anew."""
        super().resizeEvent(event)
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets the transition go, as in the graph."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_close_clicked()
        else:
            super().keyPressEvent(event)

    def _on_next_clicked(self) -> None:
        self._navigation.step_transition(1)

    def _on_previous_clicked(self) -> None:
        self._navigation.step_transition(-1)

    def _on_follow_clicked(self) -> None:
        self._navigation.follow_transition()
        self.closed.emit()

    def _on_close_clicked(self) -> None:
        self._navigation.select_transition(None)
        self.closed.emit()
