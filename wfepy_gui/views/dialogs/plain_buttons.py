"""Buttons of dialogs without pictures: a style has some only, and that of Close is black on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialogButtonBox


def without_pictures(buttons: QDialogButtonBox) -> None:
    """Take the pictures from standard buttons; to be called when all are there."""
    for button in buttons.buttons():
        button.setIcon(QIcon())
