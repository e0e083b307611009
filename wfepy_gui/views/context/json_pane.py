"""The context as JSON text to type in, taken over as one change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wfepy_gui.models.context.json_text import JsonError, Written, read, write
from wfepy_gui.views.context.json_editor import JsonEditor
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QShowEvent

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.models.context.staging import ContextStaging
    from wfepy_gui.text.secrets import Masking
    from wfepy_gui.theme import Theme


class JsonPane(QWidget):
    """Shows a context when it is visible; writing and checking go on in the pool.

    Signals:
        draft_changed: whether something was typed that is no change yet.
    """

    draft_changed = Signal(bool)

    def __init__(
        self, changes: ContextStaging, theme: Theme, pool: QThreadPool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._changes = changes
        self._writes = BackgroundQuery(pool, self)
        self._written = Written({}, "{}", {})
        self._wanted: tuple[Any, Masking] | None = None
        self._is_used_when_checked = False
        self.editor = JsonEditor(self._meaning, self.tr("Context as JSON"), theme, pool, self)
        self._revert = QPushButton(self.tr("Revert"), self)
        self._use = QPushButton(self.tr("Use this JSON"), self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._use.setToolTip(self.tr("Make the differences pending changes (Ctrl+Return)"))
        self._revert.setToolTip(self.tr("Show the context as it is"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._revert)
        row.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.editor, 1)
        column.addLayout(row)
        self.setFocusProxy(self.editor)

    def _connect(self) -> None:
        self._writes.answered.connect(self._on_written)
        self.editor.draft_changed.connect(self._show_draft)
        self.editor.changed.connect(self._on_text_changed)
        self.editor.checked.connect(self._on_checked)
        self._revert.clicked.connect(self.revert)
        self._use.clicked.connect(self.use)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self.editor.edit)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.use)
        self._show_draft(False)

    # -- intents ------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What the pane shows."""
        return self.editor.text

    @property
    def has_draft(self) -> bool:
        """Whether something was typed that is no change yet."""
        return self.editor.has_draft

    def show_context(self, context: JsonValue, masking: Masking) -> None:
        """Show a context, as soon as the pane is visible; what was typed stays."""
        self._wanted = (context, masking)
        if self.isVisible():
            self._write()

    def lock(self, is_locked: bool) -> None:
        """Let nobody type; what was typed stays."""
        self.editor.lock(is_locked)

    def forget(self) -> None:
        """Drop what is there and what was typed: it belongs to another instance."""
        self._writes.forget()
        self._wanted = None
        self._is_used_when_checked = False
        self._written = Written({}, "", {})
        self.editor.show_text("")

    def use(self) -> None:
        """Make what was typed pending changes, as soon as it is checked."""
        if not self.has_draft:
            return
        if self.editor.is_known:
            self.commit()
        else:
            self._is_used_when_checked = True
            self.editor.check_soon()

    def commit(self) -> bool:
        """Make what was typed pending changes; False when it is no context: then it stays and is marked."""
        if not self.has_draft:
            return True
        try:
            typed = self.editor.meaning()
        except JsonError:
            self.editor.go_to_mistake()
            return False
        self.editor.forget_draft()
        if not self._changes.become(typed, self._written.context):
            self.editor.keep_draft()
            return False
        self._write()
        return True

    def revert(self) -> None:
        """Show the context as it is, without what was typed."""
        self.editor.forget_draft()
        self._write()

    # -- facts --------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._write()

    def _meaning(self, text: str) -> Any:
        return read(text, self._written)

    def _write(self) -> None:
        if self._wanted is not None and not self.has_draft:
            self._writes.ask(partial(write, *self._wanted))

    def _on_written(self, written: Written) -> None:
        if not self.has_draft:
            self._written = written
            self.editor.show_text(written.text, self._hint())

    def _hint(self) -> str:
        hints = []
        if self._written.secrets:
            hints.append(self.tr("Masked secrets stand as dots; leave them as they are to keep them."))
        if self._written.cut:
            hints.append(self.tr("Long texts are cut; leave them as they are to keep them."))
        return " ".join(hints)

    def _on_text_changed(self) -> None:
        """The text is another one than that which was to be used."""
        self._is_used_when_checked = False

    def _on_checked(self) -> None:
        wanted, self._is_used_when_checked = self._is_used_when_checked and self.editor.is_known, False
        if wanted:
            self.commit()

    def _show_draft(self, is_modified: bool) -> None:
        self._use.setEnabled(is_modified)
        self._revert.setEnabled(is_modified)
        self.draft_changed.emit(is_modified)
