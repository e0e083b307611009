"""Texts of others in tool tips and labels: shown as they are, and not longer than anybody reads.

Qt takes a text for markup where it looks like some, and reads the files that it names. Names, reasons, users
and values come from files of others.
"""

from __future__ import annotations

import html

from PySide6.QtGui import Qt

MOST_SHOWN = 2000
"""Characters of a text that labels, cells and tool tips show: Qt would lay out all that it gets."""


def bounded(text: str, most: int = MOST_SHOWN) -> str:
    """The beginning of a text that is too long to be shown."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def plain_tip(text: str) -> str:
    """A text for a tool tip, bounded; what Qt would take for markup, as `<b>`, is spelled out."""
    text = bounded(text)
    if not Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space:pre'>{html.escape(text)}</p>"
