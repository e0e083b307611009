"""The lines that tasks printed: their end at once, what came before piece by piece, however much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wfepy_gui.text.output_text import line_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfepy_core.storage.output_lines import OutputLine
    from wfepy_gui.text.time_format import Clock

PIECE = 24 * 1024
"""Characters that are put into the text in one go: more would hold up the window."""
SHOWN = 32 * 1024
"""Characters of the end that are shown at once; the rest follows."""
PAUSE_MS = 10
"""Between two pieces."""
CALM_MS = 600
"""While much comes only the end is shown; this long after that the rest begins to follow."""
LONGEST_LINE = 2000
MOST_BLOCKS = 60_000
_BESIDE_TEXT = 40
"""About as many characters as stand in front of a line."""


class OutputView(QPlainTextEdit):
    """Shows lines, and stays at the end while somebody looks at the end."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._older: list[OutputLine] = []
        self._newer: list[OutputLine] = []
        self._latest: Sequence[OutputLine] = ()
        self._latest_blocks = 0
        self._at_end = True
        self._fill = QTimer(self)
        self._fill.setSingleShot(True)
        self._fill.timeout.connect(self._put_piece)
        self._build()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range_changed)

    def _build(self) -> None:
        self.setReadOnly(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setUndoRedoEnabled(False)
        self.setMaximumBlockCount(MOST_BLOCKS)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # A read-only editor can be selected in by keyboard only if that is asked for.
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    @property
    def follows(self) -> bool:
        """Whether the end is in sight; then it stays so."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def show_lines(self, lines: Sequence[OutputLine], latest: Sequence[OutputLine]) -> None:
        """Show other lines than before, from their end.

        Args:
            lines: what was printed.
            latest: what follows it until other lines do.
        """
        self._show_end(list(lines), latest, 0)

    def add_lines(
        self,
        lines: list[OutputLine],
        latest: Sequence[OutputLine],
        everything: Callable[[], Sequence[OutputLine]],
    ) -> None:
        """Show what came; of a flood only the end, unless somebody reads further up or has selected a part.

        Args:
            lines: what came.
            latest: what follows it until other lines do.
            everything: returns `lines` and all before them.
        """
        is_much = _start_of_piece(lines, SHOWN) > 0
        if is_much and self.follows and not self.textCursor().hasSelection():
            self._show_end(list(everything()), latest, CALM_MS)
            return
        if is_much or self._newer:
            self._newer = (self._newer + lines)[-MOST_BLOCKS:]
            lines = []
            if not self._fill.isActive():
                self._fill.start(0)
        self._append(lines, latest)

    def go_to_end(self) -> None:
        """Look at the end, and stay there."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _show_end(self, lines: list[OutputLine], latest: Sequence[OutputLine], pause: int) -> None:
        self.clear()
        self._newer, self._latest_blocks = [], 0
        start = _start_of_piece(lines, SHOWN)
        self._older = lines[:start]
        self._append(lines[start:], latest)
        self.go_to_end()
        if self._older:
            self._fill.start(pause)
        else:
            self._fill.stop()

    def _put_piece(self) -> None:
        if self._newer:
            end = _end_of_piece(self._newer, PIECE)
            piece, self._newer = self._newer[:end], self._newer[end:]
            self._append(piece, self._latest)
        else:
            start = _start_of_piece(self._older, PIECE)
            piece, self._older = self._older[start:], self._older[:start]
            self._put_in_front(piece)
        if self._newer or self._older:
            self._fill.start(PAUSE_MS)

    def _append(self, lines: Sequence[OutputLine], latest: Sequence[OutputLine]) -> None:
        bar, follows = self.verticalScrollBar(), self.follows
        place, self._latest = bar.value(), latest
        self._remove_latest()
        self._insert_at_end(lines)
        if latest and not self._newer:
            blocks = 0 if self.document().isEmpty() else self.blockCount()
            self._insert_at_end(latest)
            self._latest_blocks = self.blockCount() - blocks
        if follows:
            self.go_to_end()
        else:
            bar.setValue(place)

    def _insert_at_end(self, lines: Sequence[OutputLine]) -> None:
        if lines:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(("" if self.document().isEmpty() else "\n") + self._text_of(lines))

    def _put_in_front(self, lines: Sequence[OutputLine]) -> None:
        bar, follows = self.verticalScrollBar(), self.follows
        blocks, place = self.blockCount(), bar.value()
        QTextCursor(self.document()).insertText(self._text_of(lines) + "\n")
        if follows:
            self.go_to_end()
        else:
            bar.setValue(place + self.blockCount() - blocks)

    def _remove_latest(self) -> None:
        """Take away what will come again with its time and task."""
        if self._latest_blocks:
            first = self.document().findBlockByNumber(self.blockCount() - self._latest_blocks)
            cursor = QTextCursor(self.document())
            cursor.setPosition(max(0, first.position() - 1))
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            self._latest_blocks = 0

    def _text_of(self, lines: Sequence[OutputLine]) -> str:
        return fold_long_lines("\n".join(line_texts(lines, self._clock.stamp)))

    def _on_range_changed(self) -> None:
        """What is below changes with the height of the panel, too: who was at the end stays there."""
        if self._at_end:
            self.go_to_end()

    def _on_scrolled(self) -> None:
        self._at_end = self.follows


def _start_of_piece(lines: Sequence[OutputLine], size: int) -> int:
    """Where the last lines begin that fill a piece."""
    start = len(lines)
    while start and size > 0:
        start -= 1
        size -= len(lines[start].text) + _BESIDE_TEXT
    return start


def _end_of_piece(lines: Sequence[OutputLine], size: int) -> int:
    """Where the first lines end that fill a piece."""
    end = 0
    while end < len(lines) and size > 0:
        size -= len(lines[end].text) + _BESIDE_TEXT
        end += 1
    return end


def fold_long_lines(text: str) -> str:
    """The text with very long lines broken, which a text widget would choke on."""
    if len(text) < LONGEST_LINE:
        return text
    return "\n".join(
        line[start : start + LONGEST_LINE]
        for line in text.split("\n")
        for start in range(0, max(1, len(line)), LONGEST_LINE)
    )
