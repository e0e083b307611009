"""Colours the JSON that is in view, and marks the place of a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from wfepy_gui.models.context.json_text import tokens
from wfepy_gui.theme.json_look import json_look

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock

    from wfepy_gui.models.context.json_text import JsonError
    from wfepy_gui.theme import Theme

LONGEST_LINE = 2000
"""Characters coloured in one line; more would hold up the window."""
_FAINT = 45


class JsonHighlighter(QObject):
    """For one text pane; follows its scrolling, its text and the colour scheme."""

    def __init__(self, edit: QPlainTextEdit, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._theme = theme
        self._problem: JsonError | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._colour)
        edit.updateRequest.connect(self._colour_soon)
        theme.changed.connect(self._colour_soon)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Colour what becomes visible."""
        if event.type() == QEvent.Type.Show:
            self._colour_soon()
        return super().eventFilter(watched, event)

    def mark(self, problem: JsonError | None) -> None:
        """Mark the place of a mistake, or none, and colour what is in view."""
        self._problem = problem
        self._colour_soon()

    def cursor_at(self, problem: JsonError) -> QTextCursor:
        """A cursor at the place of a mistake."""
        document = self._edit.document()
        block = document.findBlockByNumber(problem.line - 1)
        cursor = QTextCursor(block if block.isValid() else document.lastBlock())
        cursor.setPosition(cursor.block().position() + min(problem.column - 1, cursor.block().length() - 1))
        return cursor

    def _colour_soon(self) -> None:
        if not self._soon.isActive() and self._edit.isVisible():
            self._soon.start()

    def _colour(self) -> None:
        look = json_look(self._theme.look)
        edit = self._edit
        selections: list[QTextEdit.ExtraSelection] = []
        block = edit.firstVisibleBlock()
        bottom = edit.viewport().height()
        while block.isValid():
            if edit.blockBoundingGeometry(block).translated(edit.contentOffset()).top() > bottom:
                break
            selections += [
                _selection(block, start, length, _format(getattr(look, kind)))
                for kind, start, length in tokens(block.text()[:LONGEST_LINE])
            ]
            block = block.next()
        if self._problem is not None and self._problem.line:
            selections += self._mistake_marks(self._problem, look.mistake)
        if [_key(each) for each in selections] != [_key(each) for each in edit.extraSelections()]:
            edit.setExtraSelections(selections)

    def _mistake_marks(self, problem: JsonError, colour: Any) -> list[QTextEdit.ExtraSelection]:
        line, place = QTextEdit.ExtraSelection(), QTextEdit.ExtraSelection()
        faint = type(colour)(colour)
        faint.setAlpha(_FAINT)
        line.format.setBackground(faint)
        line.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
        line.cursor = self.cursor_at(problem)
        line.cursor.clearSelection()
        place.format.setBackground(colour)
        place.format.setForeground(self._edit.palette().base())
        place.cursor = self.cursor_at(problem)
        if not place.cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor):
            place.cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        return [line, place]


def _selection(block: QTextBlock, start: int, length: int, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.format = form
    selection.cursor = QTextCursor(block)
    selection.cursor.setPosition(block.position() + start)
    selection.cursor.setPosition(block.position() + start + length, QTextCursor.MoveMode.KeepAnchor)
    return selection


def _format(colour: Any) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(colour)
    return form


def _key(selection: QTextEdit.ExtraSelection) -> tuple[int, int, int]:
    colour = selection.format.foreground().color().rgba()
    return selection.cursor.anchor(), selection.cursor.position(), colour
