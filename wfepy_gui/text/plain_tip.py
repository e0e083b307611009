"""Tool tips that show what they are given.

Qt takes a text for markup where it looks like some, and reads the files that it names. Names, reasons, users
and values come from files of others.
"""

from __future__ import annotations

import html

from PySide6.QtGui import Qt

from wfepy_gui.text.bounded_text import bounded


def plain_tip(text: str) -> str:
    """A text for a tool tip, bounded; what Qt would take for markup, as `<b>`, is spelled out."""
    text = bounded(text)
    if not Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space:pre'>{html.escape(text)}</p>"
