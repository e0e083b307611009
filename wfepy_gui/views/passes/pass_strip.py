"""The strip below the graph: what is the matter with the file, passes that follow one another, the timer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from wfepy_gui.automation.pass_sequence import Mode
from wfepy_gui.automation.timers import Phase
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QAction

    from wfepy_gui.automation.open_timer import OpenTimer
    from wfepy_gui.automation.pass_sequence import PassSequence
    from wfepy_gui.instance.file_health import FileHealth


class StripActions(NamedTuple):
    """The buttons of the strip: ways out of each problem, and those of passes and timer.

    Those that `need_backup` are shown only while there is one.
    """

    ways_out: dict[FileProblem, Sequence[QAction]]
    need_backup: Collection[QAction]
    passes: Collection[QAction]
    timer: Collection[QAction]


class PassStrip(QFrame):
    """Three rows, each shown while it has something to say."""

    def __init__(
        self,
        *,
        health: FileHealth,
        sequence: PassSequence,
        timer: OpenTimer,
        actions: StripActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._health = health
        self._sequence = sequence
        self._timer = timer
        self._actions = actions
        # From the end, so that what several troubles share (to close) comes after their own.
        ways = dict.fromkeys(
            action for each in reversed(actions.ways_out.values()) for action in reversed(each)
        )
        self._file = _Row(self.tr("State of the file"), tuple(reversed(ways)), self)
        self._passes = _Row(self.tr("Passes"), actions.passes, self)
        self._countdown = _Row(self.tr("Timer"), actions.timer, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 3, 8, 3)
        column.setSpacing(2)
        for row in (self._file, self._passes, self._countdown):
            column.addWidget(row)
        health.changed.connect(self._show_file)
        sequence.changed.connect(self._show_passes)
        timer.changed.connect(self._show_timer)
        self._show_passes()
        self._show_timer()

    def _show_file(self) -> None:
        problem, sentence, way_out = self._health.state
        ways = self._actions.ways_out.get(problem, ())
        if problem is FileProblem.LOCKED and self._sequence.mode is Mode.WHEN_FREE:
            ways = ()
        if not self._health.has_backup:
            ways = tuple(way for way in ways if way not in self._actions.need_backup)
        caption = label_of(problem) if problem.value else ""
        self._file.show_text(caption, " ".join(filter(None, (sentence, way_out))), ways)
        self._show_or_hide()

    def _show_passes(self) -> None:
        self._passes.show_text("", self._sequence.sentence, self._actions.passes)
        self._show_file()

    def _show_timer(self) -> None:
        shown = self._timer.phase is not Phase.OFF
        self._countdown.show_text("", self._timer.sentence if shown else "", self._actions.timer)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(any(not row.isHidden() for row in (self._file, self._passes, self._countdown)))


class _Row(QWidget):
    """A caption, a text and buttons."""

    def __init__(self, name: str, actions: Collection[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._caption = PlainLabel(parent=self)
        self._text = PlainLabel(parent=self)
        font = self._caption.font()
        font.setBold(True)
        self._caption.setFont(font)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._caption)
        row.addWidget(self._text, 1)
        self._buttons: dict[QAction, QToolButton] = {}
        for action in actions:
            self._buttons[action] = button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)

    def show_text(self, caption: str, text: str, actions: Collection[QAction]) -> None:
        """Show a line with these buttons; without a text the row is hidden."""
        if self._text.text() != text:
            self._text.setText(text)
            self.setAccessibleDescription(f"{caption} {text}".strip())
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        for action, button in self._buttons.items():
            button.setVisible(action in actions)
        self.setVisible(bool(text))
