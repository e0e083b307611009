"""Reading and filling a text pane exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
