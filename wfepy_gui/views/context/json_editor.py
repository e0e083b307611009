"""JSON to look at and to type: coloured, checked while one types, with the place of a mistake marked.

Large texts are put in by slices, checked in the pool and coloured where they are seen.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wfepy_gui.models.context.json_text import JsonError
from wfepy_gui.views.context.chunked_text import ChunkedText, raw_text
from wfepy_gui.views.context.json_highlighter import JsonHighlighter
from wfepy_gui.views.widgets.labels import PlainLabel
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QThreadPool

    from wfepy_gui.theme import Theme

PAUSE_MS = 250
SHORT = 20_000
"""Characters that are checked at once when somebody asks; more take too long."""


class JsonEditor(QWidget):
    """A text pane, with a line below that says what is wrong with the text.

    Args:
        read: what a text means; raises JsonError. It runs in the pool.
        name: for screen readers.

    Signals:
        changed: the text, by typing or `show_text`.
        draft_changed: whether something was typed since `show_text`.
        checked: the text was checked; the `JsonError` found, or None.
    """

    changed = Signal()
    draft_changed = Signal(bool)
    checked = Signal(object)

    def __init__(
        self,
        read: Callable[[str], Any],
        name: str,
        theme: Theme,
        pool: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._name = name
        self._reads = BackgroundQuery(pool, self)
        self._meant: Any = None
        self._is_checked = False
        self._problem: JsonError | None = None
        self.edit = QPlainTextEdit(self)
        self._verdict = PlainLabel(parent=self)
        self._go_button = QPushButton(self.tr("Go to mistake"), self)
        self._hint = ""
        self._pause = QTimer(self)
        self._chunks = ChunkedText(self.edit, self)
        self._highlighter = JsonHighlighter(self.edit, theme, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.edit.setAccessibleName(self._name)
        self.edit.setAccessibleDescription(self.tr("JSON; what is wrong with it is said below."))
        self.edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.edit.setTabChangesFocus(True)
        self._verdict.setWordWrap(True)
        self._verdict.setAccessibleName(self.tr("Check of the JSON"))
        self._verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        column.addWidget(self._verdict)
        column.addWidget(self._go_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.edit)

    def _connect(self) -> None:
        self._reads.answered.connect(self._set_meaning)
        self._reads.failed.connect(self._set_problem)
        self._pause.timeout.connect(self._check)
        self._chunks.ended.connect(self._on_text_shown)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.modificationChanged.connect(self.draft_changed)
        self._go_button.clicked.connect(self.go_to_mistake)
        self._show_problem(None)

    # -- the text -----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What it holds."""
        return raw_text(self.edit)

    @text.setter
    def text(self, text: str) -> None:
        self.show_text(text)

    @property
    def has_draft(self) -> bool:
        """Whether something was typed since `show_text`."""
        return self.edit.document().isModified()

    def show_text(self, text: str, hint: str = "") -> None:
        """Show a text that nobody typed, with a hint below; what stays of the former one keeps its place."""
        self._hint = hint
        self.forget_draft()
        self._chunks.show(text)

    def lock(self, is_locked: bool) -> None:
        """Let nobody type."""
        self._chunks.lock(is_locked)

    def forget_draft(self) -> None:
        """What is there counts as not typed; what is known of it is forgotten."""
        self._pause.stop()
        self._reads.forget()
        self._is_checked = False
        self._meant = None
        self.edit.document().setModified(False)

    def keep_draft(self) -> None:
        """What is there counts as typed after all."""
        self.edit.document().setModified(True)

    # -- checking -----------------------------------------------------------------------------------------

    @property
    def is_known(self) -> bool:
        """Whether the text was checked as it is now; a short one is, when this is asked."""
        if not self._is_checked and self.edit.document().characterCount() <= SHORT:
            self.check_now()
        return self._is_checked

    @property
    def is_valid(self) -> bool:
        """Whether the text was found to mean something."""
        return self.is_known and self._problem is None

    def meaning(self) -> Any:
        """What the text means.

        Raises:
            JsonError: nothing; says where and why.
        """
        if not self._is_checked:
            self.check_now()
        if self._problem is not None:
            raise self._problem
        return self._meant

    def check_now(self) -> None:
        """Check the text without waiting."""
        self._pause.stop()
        self._reads.forget()
        try:
            meant = self._read(self.text)
        except JsonError as error:
            self._set_problem(error)
        else:
            self._set_meaning(meant)

    def check_soon(self) -> None:
        """Check the text in the pool; `checked` follows."""
        self._pause.stop()
        self._check()

    def go_to_mistake(self) -> None:
        """Move the cursor to where the text stops being right."""
        if self._problem is not None and self._problem.line:
            self.edit.setTextCursor(self._highlighter.cursor_at(self._problem))
            self.edit.ensureCursorVisible()
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text_shown(self) -> None:
        self._show_problem(None)
        self.changed.emit()

    def _on_text_changed(self) -> None:
        self._is_checked = False
        self._meant = None
        self._reads.forget()
        self._pause.start()
        self.changed.emit()

    def _check(self) -> None:
        self._reads.ask(partial(self._read, self.text))

    def _set_meaning(self, meant: object) -> None:
        self._is_checked = True
        self._meant = meant
        self._show_problem(None)

    def _set_problem(self, error: Exception) -> None:
        self._is_checked = True
        self._meant = None
        self._show_problem(error if isinstance(error, JsonError) else JsonError(str(error)))

    def _show_problem(self, problem: JsonError | None) -> None:
        self._problem = problem
        if problem is not None:
            self._verdict.setText("✗ " + str(problem))
        else:
            self._verdict.setText(self.tr("✓ This can be saved") if self._is_checked else self._hint)
        self._verdict.setVisible(bool(self._verdict.text()))
        self._go_button.setVisible(problem is not None and problem.line > 0)
        self._highlighter.mark(problem)
        if self._is_checked:
            self.checked.emit(problem)
