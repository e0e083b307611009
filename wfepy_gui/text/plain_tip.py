"""Tool tips that show what they are given."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """A text for a tool tip; what Qt would take for markup, as a reason with `<b>` in it, is spelled out."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space:pre'>{html.escape(text)}</p>"
