"""A text pane for a context as JSON: tells at once what is wrong with it, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from wfepy_core.status import TaskStatus
from wfepy_gui.models.json_problem import problem_of

if TYPE_CHECKING:
    from wfepy_gui.theme import Look


class JsonField(QWidget):
    """A context to be typed.

    Signals:
        changed: the text, and with it perhaps `is_valid`.
    """

    changed = Signal()

    def __init__(self, name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = QPlainTextEdit("{\n    \n}", self)
        self._text.setAccessibleName(name)
        self._text.setAccessibleDescription(self.tr("JSON; what is wrong with it is said below."))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setTabChangesFocus(True)
        self._told = QLabel(self)
        self._told.setAccessibleName(self.tr("What is wrong with the context"))
        self._told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        column.addWidget(self._told)
        self.setFocusProxy(self._text)
        self._text.textChanged.connect(self._look_at_it)
        self._is_valid = True
        self._look_at_it()

    @property
    def is_valid(self) -> bool:
        """Whether the text can be the context of an instance."""
        return self._is_valid

    @property
    def text(self) -> str:
        """The JSON; an empty object for no text."""
        return self._text.toPlainText().strip() or "{}"

    @text.setter
    def text(self, text: str) -> None:
        self._text.setPlainText(text)

    def _look_at_it(self) -> None:
        text = self._text.toPlainText()
        problem = problem_of(text)
        self._is_valid = problem is None
        told = self.tr("This is a valid context.") if problem is None else problem.message
        self._told.setText(told)
        self._text.setExtraSelections(self._marks(problem.position) if problem else [])
        self.changed.emit()

    def _marks(self, position: int) -> list[QTextEdit.ExtraSelection]:
        if position < 0:
            return []
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._text.document())
        last = max(0, self._text.document().characterCount() - 1)
        cursor.setPosition(min(position, last))
        if not cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor):
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        failed = self._look.statuses[TaskStatus.FAILED]
        form.setUnderlineColor(failed.border.color())
        form.setBackground(failed.fill)
        form.setForeground(failed.name)
        mark.cursor, mark.format = cursor, form
        return [mark]
