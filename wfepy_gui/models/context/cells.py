"""Columns, roles and flags of the tree of context values, and text cut short for its cells."""

from __future__ import annotations

import enum
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from wfepy_gui.text.translation import QT_TR_NOOP

if TYPE_CHECKING:
    from wfepy_core.model.json_values import JsonValue

DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ENCODED_ROLE = int(Qt.ItemDataRole.UserRole)
"""The value in JSON form, `CellValue`."""
CHANGED_ROLE = ENCODED_ROLE + 1
"""Whether it, or something in it, is a pending change."""
HIT_ROLE = ENCODED_ROLE + 2
"""Whether the search finds it."""
MOST_HITS = 1000
TOP = "(context)"
"""Shown as the key of a context that is no container."""
_PAIR = 2

_USABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
FLAGS = {
    (True, False): _USABLE,
    (True, True): _USABLE | Qt.ItemFlag.ItemIsEditable,
    (False, False): _USABLE | Qt.ItemFlag.ItemNeverHasChildren,
    (False, True): _USABLE | Qt.ItemFlag.ItemNeverHasChildren | Qt.ItemFlag.ItemIsEditable,
}


class CellValue:
    """A value on its way through Qt, which would copy dicts and cannot take numbers beyond 64 bits."""

    __slots__ = ("encoded",)

    def __init__(self, encoded: JsonValue) -> None:
        self.encoded = encoded


def encoded_at(index: QModelIndex | QPersistentModelIndex) -> JsonValue:
    """The value of a row in JSON form."""
    value = index.data(ENCODED_ROLE)
    return value.encoded if isinstance(value, CellValue) else None


class ContextColumn(enum.IntEnum):
    """The columns, left to right."""

    KEY = 0
    TYPE = 1
    VALUE = 2


HEADINGS = {
    ContextColumn.KEY: QT_TR_NOOP("Key"),
    ContextColumn.TYPE: QT_TR_NOOP("Type"),
    ContextColumn.VALUE: QT_TR_NOOP("Value"),
}


def beginning(encoded: JsonValue, limit: int) -> JsonValue:
    """As much of a value as `limit` characters can show of it; masking and writing it costs no more then."""
    return _beginning(encoded, [limit])


def _beginning(encoded: JsonValue, left: list[int]) -> JsonValue:
    left[0] -= 1
    if isinstance(encoded, list):
        if len(encoded) <= _PAIR:  # what a tag promises stays whole
            return [_beginning(item, left) for item in encoded]
        return [_beginning(item, left) for item in takewhile(lambda _item: left[0] > 0, encoded)]
    if isinstance(encoded, dict):
        return {
            key: _beginning(value, left)
            for key, value in takewhile(lambda _pair: left[0] > 0 or len(encoded) == 1, encoded.items())
        }
    return encoded
