"""Light or dark: follows the system, or what the operator chose."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QToolTip

from wfepy_gui.theme.look import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@enum.unique
class SchemeChoice(enum.Enum):
    """Which colour scheme the operator wants; `value` is what settings keep."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The current look of the application; `changed` says that everything must be painted anew."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        choice: SchemeChoice = SchemeChoice.SYSTEM,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._choice = choice
        self._animates = True
        self._look = Look.of(dark=self._wants_dark())
        self._colour_widgets()
        application.styleHints().colorSchemeChanged.connect(self._apply_scheme)

    @property
    def look(self) -> Look:
        """What to paint with now."""
        return self._look

    @property
    def choice(self) -> SchemeChoice:
        """What the operator chose."""
        return self._choice

    @property
    def animates(self) -> bool:
        """Whether things may move to help the eye; so it is unless the operator says no."""
        return self._animates

    @animates.setter
    def animates(self, wanted: bool) -> None:
        self._animates = wanted
        self.changed.emit()

    def choose(self, choice: SchemeChoice) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self._apply_scheme()

    @Slot()
    def _apply_scheme(self) -> None:
        dark = self._wants_dark()
        if dark == self._look.dark:
            return
        self._look = Look.of(dark=dark)
        self._colour_widgets()
        self.changed.emit()

    def _colour_widgets(self) -> None:
        colours = self._look.application_palette()
        self._application.setPalette(colours)
        QToolTip.setPalette(colours)  # tool tips do not take the application's

    def _wants_dark(self) -> bool:
        if self._choice is SchemeChoice.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice is SchemeChoice.DARK
