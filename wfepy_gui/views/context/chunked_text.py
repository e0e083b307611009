"""Reading and filling a text pane exactly; a long text without holding up the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit


def put_text(widget: QPlainTextEdit, text: str) -> None:
    """Show a text in a widget as not modified, without telling of the steps in between."""
    was_blocked = widget.blockSignals(True)
    widget.setPlainText(text)
    widget.document().setModified(False)
    widget.blockSignals(was_blocked)


def raw_text(widget: QPlainTextEdit) -> str:
    """What a text widget holds; its own way of asking turns protected spaces into ordinary ones."""
    return widget.document().toRawText().replace("\u2029", "\n")


SLICE = 40_000
"""Characters put in or taken out at a time."""


class ChunkedText(QObject):
    """For one text pane, which must not be typed into while a text is on its way.

    Signals:
        ended: the text is there in full.
    """

    ended = Signal()

    def __init__(self, edit: QPlainTextEdit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._is_locked = False
        self._left = ""
        self._place = self._obsolete = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timeout)

    def lock(self, is_locked: bool) -> None:
        """Let nobody type into the pane, whether or not a text is on its way."""
        self._is_locked = is_locked
        self._edit.setReadOnly(is_locked or self._timer.isActive())

    def show(self, text: str) -> None:
        """Show a text: what it has in common with the one there, in front and behind, stays as it is."""
        shown = raw_text(self._edit)
        first = _common(shown, text)
        last = _common_end(shown[first:], text[first:])
        obsolete, self._left = shown[first : len(shown) - last], text[first : len(text) - last]
        self._place = _units(text[:first])
        self._obsolete = _units(obsolete)
        self._timer.stop()
        if len(obsolete) + len(self._left) > SLICE:
            self._edit.setReadOnly(True)
            self._timer.start()
        else:
            while self._obsolete or self._left:
                self._put_slice()
            self._end()

    def _on_timeout(self) -> None:
        self._put_slice()
        if not self._obsolete and not self._left:
            self._timer.stop()
            self._end()

    def _end(self) -> None:
        self._edit.setReadOnly(self._is_locked)
        self.ended.emit()

    def _put_slice(self) -> None:
        """Take a slice out of what is obsolete, or else put a slice of the text in its place."""
        document, was_blocked = self._edit.document(), self._edit.blockSignals(True)
        document.setUndoRedoEnabled(False)  # what nobody typed is not taken back by Ctrl+Z
        cursor = QTextCursor(document)
        cursor.setPosition(self._place)
        if self._obsolete:
            size = min(self._obsolete, SLICE)
            cursor.setPosition(self._place + size, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            self._obsolete -= size
        else:
            piece, self._left = self._left[:SLICE], self._left[SLICE:]
            cursor.insertText(piece)
            self._place += _units(piece)
        document.setUndoRedoEnabled(True)
        document.setModified(False)
        self._edit.blockSignals(was_blocked)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: str, other: str) -> int:
    """How many characters both end with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _units(text: str) -> int:
    """Its length as Qt counts: characters beyond the first 65,536 are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
