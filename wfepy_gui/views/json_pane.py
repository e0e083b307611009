"""The context as JSON text to type in: coloured, checked while typing, and taken over as one change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.json_text import JsonError, Written, read, tokens, write
from wfepy_gui.theme.json_look import json_look
from wfepy_gui.views.value_pane import put_text, raw_text
from wfepy_gui.workers.background import Background

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QShowEvent, QTextBlock

    from wfepy_gui.masking import Masking
    from wfepy_gui.models.context_changes import ContextChanges
    from wfepy_gui.theme import Theme

PAUSE_MS = 250
LONGEST_LINE = 2000
"""Characters coloured in one line; more would hold up the window."""


class JsonPane(QWidget):
    """Shows a context when it is visible; writing and checking go on in the pool.

    Signals:
        draft_changed: whether something was typed that is no change yet.
        checked: the text was checked; the `JsonError` found, or None.
    """

    draft_changed = Signal(bool)
    checked = Signal(object)

    def __init__(
        self, changes: ContextChanges, theme: Theme, pool: QThreadPool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._changes, self._theme = changes, theme
        self._writes, self._reads = Background(pool, self), Background(pool, self)
        self._written = Written({}, "{}", {})
        self._wanted: tuple[Any, Masking] | None = None
        self._problem: JsonError | None = None
        self._text = QPlainTextEdit(self)
        self._told = QLabel(self)
        self._go = QPushButton(self.tr("Go to mistake"), self)
        self._revert = QPushButton(self.tr("Revert"), self)
        self._use = QPushButton(self.tr("Use this JSON"), self)
        self._pause, self._colouring = QTimer(self), QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._text.setAccessibleName(self.tr("Context as JSON"))
        self._text.setAccessibleDescription(self.tr("JSON; what is wrong with it is said beside it."))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setAccessibleName(self.tr("Check of the JSON"))
        self._use.setToolTip(self.tr("Make the differences pending changes (Ctrl+Return)"))
        self._revert.setToolTip(self.tr("Show the context as it is"))
        for timer, pause in ((self._pause, PAUSE_MS), (self._colouring, 0)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
        row = QHBoxLayout()
        row.addWidget(self._go)
        row.addStretch(1)
        row.addWidget(self._revert)
        row.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._text)
        column.addWidget(self._told)
        column.addLayout(row)
        self.setFocusProxy(self._text)

    def _connect(self) -> None:
        self._writes.answered.connect(self._show_text)
        self._reads.answered.connect(self._take_good)
        self._reads.failed.connect(self._take_bad)
        self._pause.timeout.connect(self._check)
        self._colouring.timeout.connect(self._colour)
        self._text.textChanged.connect(self._pause_then_check)
        self._text.modificationChanged.connect(self._show_draft)
        self._text.updateRequest.connect(self._colour_soon)
        self._theme.changed.connect(self._colour_soon)
        self._go.clicked.connect(self.go_to_mistake)
        self._revert.clicked.connect(self.revert)
        self._use.clicked.connect(self.commit)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self._text)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.commit)
        self._show_draft(False)
        self._show_problem(None)

    # -- intents ------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What the pane shows."""
        return raw_text(self._text)

    @property
    def has_draft(self) -> bool:
        """Whether something was typed that is no change yet."""
        return self._text.document().isModified()

    def show_context(self, context: Any, masking: Masking) -> None:
        """Show a context, as soon as the pane is visible; what was typed stays."""
        self._wanted = (context, masking)
        if self.isVisible():
            self._write()

    def forget(self) -> None:
        """Drop what was typed: it belongs to another instance."""
        self._text.document().setModified(False)
        self._writes.forget()
        self._reads.forget()

    def commit(self) -> bool:
        """Make what was typed pending changes; False when it is no context: then it stays and is marked."""
        if not self.has_draft:
            return True
        try:
            typed = read(self.text, self._written)
        except JsonError as problem:
            self._show_problem(problem)
            self.go_to_mistake()
            return False
        self._text.document().setModified(False)
        if not self._changes.become(typed, self._written.context):
            self._text.document().setModified(True)
            return False
        self._write()
        return True

    def revert(self) -> None:
        """Show the context as it is, without what was typed."""
        self._text.document().setModified(False)
        self._written = Written(None, "", {})
        self._write()

    def go_to_mistake(self) -> None:
        """Move the cursor to where the text stops being JSON."""
        if self._problem is not None and self._problem.line:
            self._text.setTextCursor(self._cursor_at(self._problem))
            self._text.ensureCursorVisible()
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- writing ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._write()

    def _write(self) -> None:
        if self._wanted is not None and not self.has_draft:
            self._writes.ask(partial(write, *self._wanted))

    def _show_text(self, written: Written) -> None:
        if self.has_draft:
            return
        same_text = written.text == self._written.text
        self._written = written
        if not same_text:
            bar = self._text.verticalScrollBar()
            place = bar.value()
            put_text(self._text, written.text)
            bar.setValue(place)
        self._pause.stop()
        self._show_problem(None)
        self._colour_soon()

    # -- checking -----------------------------------------------------------------------------------------

    def _pause_then_check(self) -> None:
        if self.has_draft:
            self._pause.start()

    def _check(self) -> None:
        if self.has_draft:
            self._reads.ask(partial(read, self.text, self._written))

    def _take_good(self, _context: object) -> None:
        self._show_problem(None)

    def _take_bad(self, error: Exception) -> None:
        self._show_problem(error if isinstance(error, JsonError) else JsonError(str(error)))

    def _show_problem(self, problem: JsonError | None) -> None:
        self._problem = problem
        if problem is not None:
            self._told.setText("✗ " + str(problem))
        elif self.has_draft:
            self._told.setText(self.tr("✓ This can be saved"))
        else:
            hidden = self.tr("Masked secrets stand as dots; leave them as they are to keep them.")
            self._told.setText(hidden if self._written.secrets else "")
        self._told.setVisible(bool(self._told.text()))
        self._go.setVisible(problem is not None and problem.line > 0)
        self._colour_soon()
        self.checked.emit(problem)

    def _show_draft(self, is_modified: bool) -> None:
        self._use.setEnabled(is_modified)
        self._revert.setEnabled(is_modified)
        self.draft_changed.emit(is_modified)

    # -- colours ------------------------------------------------------------------------------------------

    def _colour_soon(self) -> None:
        if not self._colouring.isActive() and self.isVisible():
            self._colouring.start()

    def _colour(self) -> None:
        """Colour the lines in view; more would take long for a large context."""
        look = json_look(self._theme.look)
        selections: list[QTextEdit.ExtraSelection] = []
        block = self._text.firstVisibleBlock()
        bottom = self._text.viewport().height()
        while block.isValid():
            top = self._text.blockBoundingGeometry(block).translated(self._text.contentOffset()).top()
            if top > bottom:
                break
            selections += [
                self._selection(block, start, length, _format(getattr(look, kind)))
                for kind, start, length in tokens(block.text()[:LONGEST_LINE])
            ]
            block = block.next()
        if self._problem is not None and self._problem.line:
            selections += self._mistake_marks(look.mistake)
        if [_key(each) for each in selections] != [_key(each) for each in self._text.extraSelections()]:
            self._text.setExtraSelections(selections)

    def _mistake_marks(self, colour: Any) -> list[QTextEdit.ExtraSelection]:
        problem = self._problem
        if problem is None:
            return []
        line, place = QTextEdit.ExtraSelection(), QTextEdit.ExtraSelection()
        faint = type(colour)(colour)
        faint.setAlpha(45)
        line.format.setBackground(faint)
        line.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
        line.cursor = self._cursor_at(problem)
        line.cursor.clearSelection()
        place.format.setBackground(colour)
        place.format.setForeground(self.palette().base())
        place.cursor = self._cursor_at(problem)
        if not place.cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor):
            place.cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        return [line, place]

    def _cursor_at(self, problem: JsonError) -> QTextCursor:
        block = self._text.document().findBlockByNumber(problem.line - 1)
        cursor = QTextCursor(block if block.isValid() else self._text.document().lastBlock())
        cursor.setPosition(cursor.block().position() + min(problem.column - 1, cursor.block().length() - 1))
        return cursor

    def _selection(
        self, block: QTextBlock, start: int, length: int, form: QTextCharFormat
    ) -> QTextEdit.ExtraSelection:
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
