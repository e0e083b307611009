"""Dialogs that are asked once: gone when they are closed, dressed like the window they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from wfepy_gui.theme.outlines import Outlines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog


def ask_once(dialog: QDialog) -> None:
    """To be called first of all: a dialog without children is dressed in no time.

    The window could see its dialogs come by itself, in a `childEvent`; PySide 6.11 crashes with one when such
    a dialog is closed.
    """
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    parent = dialog.parentWidget()
    outlines = getattr(parent.window(), "outlines", None) if parent is not None else None
    if isinstance(outlines, Outlines):  # a dialog over a dialog has them from that one
        outlines.dress(dialog)
