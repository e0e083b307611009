"""Borders that can be seen: Fusion draws those of fields and lists darker than a dark page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.theme.look import Look
    from wfepy_gui.theme.theme import Theme


class Outlines:
    """Gives panels and dialogs these borders, now and in other colours.

    A sheet for the whole window would style hundreds of widgets that it says nothing about.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._widgets: list[QWidget] = []
        theme.changed.connect(self._on_theme_changed)

    def apply_to(self, widget: QWidget) -> None:
        """Give a widget and all in it the borders."""
        self._widgets = [*filter(isValid, self._widgets), widget]
        widget.setStyleSheet(outline_sheet(self._theme.look))

    def _on_theme_changed(self) -> None:
        for widget in filter(isValid, self._widgets):
            widget.setStyleSheet(outline_sheet(self._theme.look))


def outline_sheet(look: Look) -> str:
    """A style sheet that gives fields, lists and what can be ticked the border colour of the palette."""
    border = f"1px solid {look.panel_border.name()}"
    fields = "QLineEdit, QPlainTextEdit, QAbstractItemView"
    return (
        f"{fields} {{ border: {border}; border-radius: 3px; }}"
        f"QLineEdit {{ padding: 2px; }}"
        f"QGraphicsView {{ border: 2px solid {look.page.name()}; }}"
        f"QGraphicsView:focus {{ border-color: {look.selection.name()}; }}"
        f"{_focus_selectors(fields)} {{ border-color: {look.selection.name()}; }}"
        f"QCheckBox::indicator:unchecked, QTableView::indicator:unchecked {{"
        f" border: {border}; border-radius: 2px;"
        f" width: 13px; height: 13px; background: {look.panel.name()}; }}"
        f"QRadioButton::indicator {{ border: {border}; border-radius: 7px;"
        f" width: 12px; height: 12px; background: {look.panel.name()}; }}"
        f"QRadioButton::indicator:checked {{ background: {_dot(look)}; }}"
        f"QRadioButton::indicator:focus {{ border-color: {look.selection.name()}; }}"
        # Fusion shows the focus of these as a pale veil, below 3:1 against what was there.
        f"QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 3px; }}"
        f"QCheckBox:focus, QRadioButton:focus {{ border-color: {look.selection.name()}; }}"
    )


def _dot(look: Look) -> str:
    """A filled circle in the middle of a radio button."""
    inside, around = look.text.name(), look.panel.name()
    stops = f"stop:0 {inside}, stop:0.45 {inside}, stop:0.55 {around}, stop:1 {around}"
    return f"qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, {stops})"


def _focus_selectors(selectors: str) -> str:
    return ", ".join(f"{selector}:focus" for selector in selectors.split(", "))
