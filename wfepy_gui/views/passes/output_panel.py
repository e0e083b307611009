"""The command that Advance runs, and what the tasks of the pass print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard, QFontDatabase, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wfepy_gui.views.widgets.labels import by_font
from wfepy_gui.views.widgets.search_bar import TextSearchBar
from wfepy_gui.workers.bounded_output import BoundedOutput

if TYPE_CHECKING:
    from wfepy_gui.instance.session import Session

REFRESH_MS = 120
PIECE = 24 * 1024
LONGEST_LINE = 2000
SHOWN = 32 * 1024
"""Characters shown at once while a pass floods, and first when it ends; the rest follows."""


class OutputPanel(QWidget):
    """Follows the passes a session starts; shows them a few times a second, however much comes."""

    def __init__(self, session: Session, clipboard: QClipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clipboard = clipboard
        self._output = BoundedOutput()
        self._new = bytearray()
        self._at_end = True
        self._command = QLineEdit(self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._text = QPlainTextEdit(self)
        self._search = TextSearchBar(self._text, name=self.tr("Search in output"), parent=self)
        self._follow = QPushButton(self.tr("Follow"), self)
        self._copy_all = QPushButton(self.tr("Copy &all"), self)
        self._refresh = QTimer(self)
        self._fill = QTimer(self)
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
        self._copy_all.setToolTip(self.tr("Copy all of the output that is kept"))
        self._follow.setToolTip(self.tr("Go to the end and stay there while output comes"))
        self._text.setReadOnly(True)
        self._text.setFont(fixed)
        self._text.setAccessibleName(self.tr("Output of the pass"))
        self._text.setAccessibleDescription(self.tr("What the tasks printed; the latest is at the end."))
        self._text.setPlaceholderText(
            self.tr("What tasks print during a pass is shown here. Advance runs one.")
        )
        self._text.setUndoRedoEnabled(False)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # A read-only editor can be selected in by keyboard only if that is asked for.
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusProxy(self._text)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._search.field.setMaximumWidth(by_font(self, 260))
        row = QHBoxLayout()
        row.addWidget(self._command, 1)
        row.addWidget(self._copy)
        row.addWidget(self._search)
        row.addWidget(self._follow)
        row.addWidget(self._copy_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self._text)

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy_command)
        self._copy_all.clicked.connect(self.copy_all)
        self._follow.clicked.connect(self.follow)
        self._refresh.timeout.connect(self._show_new)
        self._fill.timeout.connect(self._add_piece)
        bar = self._text.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self._update_follow_button)
        bar.rangeChanged.connect(self._update_follow_button)
        self._session.instance_changed.connect(self._clear_output)
        self._session.pass_started.connect(self._clear_output)
        self._session.output_received.connect(self._on_output_received)
        self._session.pass_ended.connect(self._on_pass_ended)
        self._clear_output()
        self._update_follow_button()

    # -- intents ------------------------------------------------------------------------------------------

    def copy_command(self) -> None:
        """Put the command line on the clipboard."""
        self._clipboard.setText(self._session.command_line)

    def copy_all(self) -> None:
        """Put all output that is kept on the clipboard."""
        self._clipboard.setText(self._output.text())

    def follow(self) -> None:
        """Go to the end, and stay there while output comes."""
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.maximum())
        if self._refresh.isActive() or self._new:
            self._show_new()

    def start_search(self) -> None:
        """Move the keyboard to the search field."""
        self._search.start()

    @property
    def follows(self) -> bool:
        """Whether the end is in sight; then it stays so."""
        bar = self._text.verticalScrollBar()
        return bar.value() >= bar.maximum()

    # -- facts --------------------------------------------------------------------------------------------

    def _clear_output(self) -> None:
        self._command.setText(self._session.command_line)
        self._command.setCursorPosition(0)
        if not self._session.is_busy and self._session.view is not None:
            return  # the same file with another graph: its output is still true
        self._output = BoundedOutput()
        self._new.clear()
        self._stop_timers()
        self._text.clear()

    def _on_output_received(self, data: bytes) -> None:
        self._output.add(data)
        if len(self._new) <= SHOWN:
            self._new += data[: SHOWN + 1]
        if not self._refresh.isActive():
            self._refresh.start()

    def _show_new(self) -> None:
        """Add what came. Of a flood only the end is shown, and nothing while somebody reads further up."""
        follows = self.follows
        if len(self._new) > SHOWN or self._text.document().characterCount() > 4 * SHOWN:
            if not follows:
                return  # the end of the pass shows everything
            self._text.setPlainText(fold_long_lines(self._output.tail_text(SHOWN)))
        else:
            self._append(fold_long_lines(self._new.decode("utf-8", "replace")))
        self._new.clear()
        if follows:
            self._go_to_end()

    def _append(self, text: str) -> None:
        end = QTextCursor(self._text.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(text)

    def _on_pass_ended(self, _outcome: object) -> None:
        """The end first: there stands why; what came before is put in front of it piece by piece."""
        self._stop_timers()
        self._new.clear()
        text = self._output.text()
        bar = self._text.verticalScrollBar()
        place, follows = bar.value(), self.follows
        start = max(0, len(text) - SHOWN)
        self._text.setPlainText(fold_long_lines(text[start:]))
        if follows or start:
            self._go_to_end()
        else:
            bar.setValue(place)
        self._pieces = [text[at : min(at + PIECE, start)] for at in range(0, start, PIECE)]
        if self._pieces:
            self._fill.start()

    def _add_piece(self) -> None:
        """Put the next piece in front: all at once would hold up the window."""
        bar, follows = self._text.verticalScrollBar(), self.follows
        lines, place = self._text.blockCount(), bar.value()
        begin = QTextCursor(self._text.document())
        begin.insertText(fold_long_lines(self._pieces.pop()))
        if follows:
            self._go_to_end()
        else:
            bar.setValue(place + self._text.blockCount() - lines)
        if not self._pieces:
            self._fill.stop()

    def _go_to_end(self) -> None:
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _on_range_changed(self) -> None:
        """What is below changes with the height of the panel, too: who was at the end stays there."""
        if self._at_end:
            self._go_to_end()

    def _on_scrolled(self) -> None:
        self._at_end = self.follows

    def _update_follow_button(self) -> None:
        self._follow.setEnabled(not self.follows)

    def _stop_timers(self) -> None:
        self._refresh.stop()
        self._fill.stop()
        self._pieces = []


def fold_long_lines(text: str) -> str:
    """The text with very long lines broken, which a text widget would choke on."""
    if len(text) < LONGEST_LINE:
        return text
    return "\n".join(
        line[start : start + LONGEST_LINE]
        for line in text.split("\n")
        for start in range(0, max(1, len(line)), LONGEST_LINE)
    )
