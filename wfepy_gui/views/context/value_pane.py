"""The selected value in full: text and bytes can be edited here, whatever their size."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wfepy_core.storage.codec_preview import preview
from wfepy_gui.models.context.cells import beginning
from wfepy_gui.models.context.diff import path_text
from wfepy_gui.models.context.node import is_container
from wfepy_gui.models.context.operations import value_at
from wfepy_gui.models.context.value_text import text_of, value_from_text
from wfepy_gui.models.context.value_types import ValueType, type_of_value, type_word
from wfepy_gui.text.bounded_text import LONGEST_LINE, bounded_lines
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.secrets import DOTS, Masking
from wfepy_gui.views.context.chunked_text import put_text, raw_text
from wfepy_gui.views.context.value_editors import WIDEST
from wfepy_gui.views.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from wfepy_gui.models.context.node import Node
    from wfepy_gui.models.context.staging import ContextStaging

LONGEST_TEXT = 50_000
"""Characters of a text that is edited here; longer ones are shown in part, and pasted as JSON."""
_SHOWN_PART = 20_000
"""Characters that are shown of a longer one."""
_EDITED_HERE = (ValueType.TEXT, ValueType.BYTES)


class ValuePane(QWidget):
    """Shows one value of the context.

    Signals:
        refused: what was typed is no value; why.
        draft_changed: whether something was typed that is no change yet.
    """

    refused = Signal(str)
    draft_changed = Signal(bool)

    def __init__(self, changes: ContextStaging, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes = changes
        self._place: tuple[int, ...] | None = None
        self._keys: tuple[str, ...] = ()
        self._kind = ValueType.OTHER
        self._is_whole = True
        self._title = PlainLabel(parent=self)
        self._text = QPlainTextEdit(self)
        self._set = QPushButton(self.tr("Set value"), self)
        self._revert = QPushButton(self.tr("Revert"), self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._text.setAccessibleName(self.tr("The selected value in full"))
        self._text.setAccessibleDescription(self.tr("What the selected row of the context holds."))
        self._text.setPlaceholderText(self.tr("Select a value to see it in full"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(48)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title.setMinimumWidth(40)
        self._set.setToolTip(self.tr("Make it a pending change (Ctrl+Return)"))
        self._revert.setToolTip(self.tr("Show the value as it was before typing (Esc)"))
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._revert)
        row.addWidget(self._set)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._text)
        self._show_buttons(False)

    def _connect(self) -> None:
        self._text.modificationChanged.connect(self._show_buttons)
        self._text.modificationChanged.connect(self.draft_changed)
        self._set.clicked.connect(self.commit)
        self._revert.clicked.connect(self.revert)
        for key, react in (("Ctrl+Return", self.commit), ("Esc", self.revert)):
            shortcut = QShortcut(QKeySequence(key), self._text)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(react)

    def _show_buttons(self, is_modified: bool) -> None:
        self._set.setVisible(is_modified)
        self._revert.setVisible(is_modified)

    # -- intents ------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What the pane shows."""
        return raw_text(self._text)

    @property
    def has_draft(self) -> bool:
        """Whether something was typed that is no change yet."""
        return self._text.document().isModified()

    def show_node(self, place: tuple[int, ...], node: Node, masking: Masking) -> None:
        """Show a value. What is being typed at the same place stays; typed elsewhere, it is set first."""
        if self._text.document().isModified():
            if node.keys == self._keys:
                self._place = place
                return
            self.commit()
        masked = masking.masks(node.keys, node.encoded)
        self._place = place
        self._keys = node.keys
        self._kind = ValueType.OTHER if masked else type_of_value(node.encoded)
        title = f"{node.path()}  ({type_word(node.encoded)})"
        self._title.setText(title)
        self._title.setToolTip(plain_tip(title))
        text = DOTS if masked else _full_text(node, masking, self._kind)
        self._put(_shown_part(text))
        self._is_whole = self.text == text
        # Line ends other than \n would not come back; such text is edited as JSON.
        self.update_read_only()

    def update_read_only(self) -> None:
        """Let the operator type, where the value is of a kind that is edited here and may be changed."""
        can_type = self._kind in _EDITED_HERE and self._is_whole and not self._changes.obstacle
        self._text.setReadOnly(not can_type)

    def clear(self) -> None:
        """Show nothing; what was typed is set first."""
        self.commit()
        self._place = None
        self._keys = ()
        self._kind = ValueType.OTHER
        self._title.clear()
        self._put("")
        self._text.setReadOnly(True)

    def forget(self) -> None:
        """Show nothing, and drop what was typed: it belongs to another instance."""
        self._text.document().setModified(False)
        self.clear()

    def start(self) -> None:
        """Move the keyboard into the text; what is short is selected, to be typed anew."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if len(self.text) <= WIDEST:
            self._text.selectAll()

    def commit(self) -> bool:
        """Make what was typed a pending change; False if it is no value, then it stays as it is."""
        if not self._text.document().isModified() or self._place is None:
            return True
        try:
            encoded = value_from_text(self._kind, self.text)
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        place, keys, text = self._place, self._keys, self.text
        self._text.document().setModified(False)  # tells the panel, which may show another value
        if self._changes.keys_of(place) == keys:
            self._changes.set_value(place, encoded)
        else:  # others removed it meanwhile
            self.refused.emit(self.tr("{} is gone; you typed: {}").format(path_text(keys), text))
        return True

    def revert(self) -> None:
        """Show the value as it was before typing."""
        self._text.document().setModified(False)
        if self._place is not None:
            self._put(text_of(value_at(self._changes.context, self._place)))

    def _put(self, text: str) -> None:
        """Show a text that nobody typed."""
        if text != self.text:
            put_text(self._text, text)


def _shown_part(text: str) -> str:
    """As much of a text as is soon laid out; all of it, where it is edited here."""
    lines = text[: LONGEST_TEXT + 1].split("\n")
    if len(text) <= LONGEST_TEXT and max(map(len, lines)) <= LONGEST_LINE:
        return text
    return bounded_lines(text, _SHOWN_PART)


def _full_text(node: Node, masking: Masking, kind: ValueType) -> str:
    if kind in _EDITED_HERE:
        return text_of(node.encoded)
    shown = masking.mask(node.keys, beginning(node.encoded, LONGEST_LINE))
    if kind is ValueType.OTHER and not is_container(node.encoded):
        return json.dumps(shown, ensure_ascii=False)[:LONGEST_LINE]  # opaque: as it stands in the file
    return preview(shown, LONGEST_LINE)
