"""Item roles that several models share."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

SORT_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""A value to sort by, where the text on screen does not sort."""

NAME_ROLE: Final = SORT_ROLE + 1
"""The task name, or the path, of a row."""

STATUS_ROLE: Final = SORT_ROLE + 2
"""The status (an enum) of a row."""
