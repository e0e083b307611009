"""Dialogs that are asked once: gone when closed, outlined like their window, with plain buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from wfepy_gui.theme.outlines import Outlines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QDialogButtonBox


def make_one_shot(dialog: QDialog) -> None:
    """To be called first of all: a dialog without children is styled in no time.

    The window could see its dialogs come by itself, in a `childEvent`; PySide 6.11 crashes with one when such
    a dialog is closed.
    """
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    parent = dialog.parentWidget()
    outlines = getattr(parent.window(), "outlines", None) if parent is not None else None
    if isinstance(outlines, Outlines):  # a dialog over a dialog has them from that one
        outlines.apply_to(dialog)


def without_pictures(buttons: QDialogButtonBox) -> None:
    """Take the pictures from standard buttons; to be called when all are there.

    A style has pictures for some of them only, and that of Close is black on any page.
    """
    for button in buttons.buttons():
        button.setIcon(QIcon())
