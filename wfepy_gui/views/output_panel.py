"""The command that Advance runs, and what the tasks of the pass print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QFontDatabase, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wfepy_gui.workers.bounded_output import BoundedOutput

if TYPE_CHECKING:
    from wfepy_gui.session import Session

REFRESH_MS = 120
PIECE = 24 * 1024
LONGEST_LINE = 2000
SHOWN = 32 * 1024
"""Bytes shown at once while a pass floods; the whole of what is kept is shown when it ends."""


class OutputPanel(QWidget):
    """Follows the passes a session starts; shows them a few times a second, however much comes."""

    def __init__(self, session: Session, clipboard: QClipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._clipboard = session, clipboard
        self._output = BoundedOutput()
        self._command = QLineEdit(self)
        self._copy = QPushButton(self.tr("Cop&y"), self)
        self._text = QPlainTextEdit(self)
        self._refresh, self._fill = QTimer(self), QTimer(self)
        self._pieces: list[str] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        self._command.setReadOnly(True)
        self._command.setAccessibleName(self.tr("Command line of Advance"))
        self._command.setToolTip(self.tr("What Advance runs; paste it into a terminal to do the same"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._command.setFont(fixed)
        self._copy.setToolTip(self.tr("Copy the command line"))
        self._text.setReadOnly(True)
        self._text.setFont(fixed)
        self._text.setAccessibleName(self.tr("Output of the pass"))
        self._text.setAccessibleDescription(self.tr("What the tasks printed; the latest is at the end."))
        self._text.setPlaceholderText(
            self.tr("What tasks print during a pass is shown here. Advance runs one.")
        )
        self._text.setUndoRedoEnabled(False)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFocusProxy(self._text)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        row = QHBoxLayout()
        row.addWidget(self._command)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self._text)

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy_command)
        self._refresh.timeout.connect(self._show_tail)
        self._fill.timeout.connect(self._add_piece)
        self._session.instance_changed.connect(self._start_anew)
        self._session.pass_started.connect(self._start_anew)
        self._session.output_received.connect(self._add)
        self._session.pass_ended.connect(self._finish)

    def copy_command(self) -> None:
        """Put the command line on the clipboard."""
        self._clipboard.setText(self._session.command_line)

    def _start_anew(self) -> None:
        self._command.setText(self._session.command_line)
        self._command.setCursorPosition(0)
        if not self._session.is_busy and self._session.view is not None:
            return  # the same file with another graph: its output is still true
        self._output = BoundedOutput()
        self._stop_timers()
        self._text.clear()

    def _add(self, data: bytes) -> None:
        self._output.add(data)
        if not self._refresh.isActive():
            self._refresh.start()

    def _show_tail(self) -> None:
        bar = self._text.verticalScrollBar()
        if self._text.toPlainText() and bar.value() < bar.maximum():
            return  # somebody reads: what came is shown when the pass ends, or at the end of the text
        self._text.setPlainText(folded(self._output.tail_text(SHOWN)))
        self._go_to_end()

    def _finish(self, _outcome: object) -> None:
        self._stop_timers()
        if self._output.total <= SHOWN:
            self._show_all()
            return
        text = folded(self._output.text())
        self._pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)][::-1]
        self._text.clear()
        self._fill.start()

    def _show_all(self) -> None:
        bar = self._text.verticalScrollBar()
        place, at_end = bar.value(), bar.value() == bar.maximum()
        self._text.setPlainText(folded(self._output.text()))
        bar.setValue(bar.maximum() if at_end else place)

    def _add_piece(self) -> None:
        """Show the next piece of a long text: all at once would hold up the window."""
        end = QTextCursor(self._text.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(self._pieces.pop())
        if not self._pieces:
            self._fill.stop()
            self._go_to_end()

    def _go_to_end(self) -> None:
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _stop_timers(self) -> None:
        self._refresh.stop()
        self._fill.stop()
        self._pieces = []


def folded(text: str) -> str:
    """The text with very long lines broken, which a text widget would choke on."""
    if len(text) < LONGEST_LINE:
        return text
    return "\n".join(
        line[start : start + LONGEST_LINE]
        for line in text.split("\n")
        for start in range(0, max(1, len(line)), LONGEST_LINE)
    )
