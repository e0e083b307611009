"""Borders that can be seen: Fusion draws those of fields and lists darker than a dark page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfepy_gui.theme.look import Look


def outline_sheet(look: Look) -> str:
    """A style sheet that gives fields, lists and empty check boxes the border colour of the palette."""
    border = f"1px solid {look.panel_border.name()}"
    fields = "QLineEdit, QPlainTextEdit, QAbstractItemView"
    return (
        f"{fields} {{ border: {border}; border-radius: 3px; }}"
        f"QLineEdit {{ padding: 2px; }}"
        f"{_focused(fields)} {{ border-color: {look.selection.name()}; }}"
        f"QCheckBox::indicator:unchecked {{ border: {border}; border-radius: 2px;"
        f" width: 13px; height: 13px; background: {look.panel.name()}; }}"
    )


def _focused(selectors: str) -> str:
    return ", ".join(f"{selector}:focus" for selector in selectors.split(", "))
