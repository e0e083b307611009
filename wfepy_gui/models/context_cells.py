"""Columns, roles and flags of the tree of context values, and text cut short for its cells."""

from __future__ import annotations

import enum
from typing import Any

from PySide6.QtCore import Qt

DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ENCODED_ROLE = int(Qt.ItemDataRole.UserRole)
"""The value in JSON form."""
CHANGED_ROLE = ENCODED_ROLE + 1
"""Whether it, or something in it, is a pending change."""
HIT_ROLE = ENCODED_ROLE + 2
"""Whether the search finds it."""
MOST_HITS = 1000
TOP = "(context)"
"""Shown as the key of a context that is no container."""


_USABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
FLAGS = {
    (True, False): _USABLE,
    (True, True): _USABLE | Qt.ItemFlag.ItemIsEditable,
    (False, False): _USABLE | Qt.ItemFlag.ItemNeverHasChildren,
    (False, True): _USABLE | Qt.ItemFlag.ItemNeverHasChildren | Qt.ItemFlag.ItemIsEditable,
}


class Column(enum.IntEnum):
    """The columns, left to right."""

    KEY = 0
    KIND = 1
    VALUE = 2


HEADINGS = {Column.KEY: "Key", Column.KIND: "Type", Column.VALUE: "Value"}


def beginning(encoded: Any) -> Any:
    """As much of a large container as a cell can show."""
    if isinstance(encoded, list):
        return encoded[:100]
    if len(encoded) > 100:
        return dict(list(encoded.items())[:100])
    return {
        key: value[:100] if isinstance(value, list) and key.startswith("$") else value
        for key, value in encoded.items()
    }
