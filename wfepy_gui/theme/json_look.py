"""Colours of JSON text, at least 4.5:1 against the panel they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from wfepy_gui.theme.look import Look


class JsonLook(NamedTuple):
    """One colour a kind of token, and one for the place of a mistake."""

    key: QColor
    text: QColor
    number: QColor
    word: QColor
    mistake: QColor


_LIGHT = JsonLook(*map(QColor, ("#0b4f9e", "#2b6218", "#8a3a0a", "#6a2c9c", "#b3261e")))
_DARK = JsonLook(*map(QColor, ("#8fbcff", "#a3d98f", "#f2b98a", "#d6b0f7", "#ff8a80")))


def json_look(look: Look) -> JsonLook:
    """The colours that go with a look."""
    return _DARK if look.dark else _LIGHT
