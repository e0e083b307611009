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
SHOWN = 64 * 1024
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
        self._refresh = QTimer(self)
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
        self._text.setPlaceholderText(self.tr("What the tasks print during a pass is shown here."))
        self._text.setUndoRedoEnabled(False)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
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
        self._text.clear()

    def _add(self, data: bytes) -> None:
        self._output.add(data)
        if not self._refresh.isActive():
            self._refresh.start()

    def _show_tail(self) -> None:
        self._show(self._output.tail_text(SHOWN))

    def _finish(self, _outcome: object) -> None:
        self._refresh.stop()
        self._show(self._output.text())

    def _show(self, text: str) -> None:
        bar = self._text.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        place = bar.value()
        self._text.setPlainText(text)
        if at_end:
            self._text.moveCursor(QTextCursor.MoveOperation.End)
            bar.setValue(bar.maximum())
        else:
            bar.setValue(place)
