"""Panels that are made when they are first seen or asked for, and the docks they come up in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

P = TypeVar("P", bound=QWidget)


class LazyPanel(Generic[P]):
    """A panel that is made on first use: what nobody looks at costs no time at the start.

    Args:
        make: makes the panel; called once at most.
    """

    def __init__(self, make: Callable[[], P]) -> None:
        self._make = make
        self._made: P | None = None
        self._waiting: list[Callable[[P], object]] = []

    @property
    def existing(self) -> P | None:
        """The panel, if it was made."""
        return self._made

    def get(self) -> P:
        """The panel; made now if it was not yet."""
        if self._made is None:
            self._made = self._make()
            waiting, self._waiting = self._waiting, []
            for act in waiting:
                act(self._made)
        return self._made

    def call_when_made(self, act: Callable[[P], object]) -> None:
        """Do something with the panel: now if it is there, else as soon as it is made, in order."""
        if self._made is None:
            self._waiting.append(act)
        else:
            act(self._made)


class LazyDock(QDockWidget):
    """A dock whose panel is made when the dock is seen: not while it is closed or behind other tabs."""

    def __init__(self, name: str, caption: str, panel: LazyPanel[Any], parent: QWidget) -> None:
        super().__init__(caption, parent)
        self.lazy_panel = panel
        self.setObjectName(name)
        self.setAccessibleName(caption)
        panel.call_when_made(self.setWidget)
        self.visibilityChanged.connect(self._make_if_seen)
        self.topLevelChanged.connect(self._make_if_seen)  # Qt calls a dock that begins to float not visible

    @property
    def panel(self) -> QWidget:
        """The panel; made now if it was not yet."""
        made: QWidget = self.lazy_panel.get()
        return made

    def bring_up(self) -> None:
        """Show the dock in front of others, with its panel."""
        self.show()
        self.raise_()
        self.lazy_panel.get()  # a window that is not shown yet shows no docks

    def _make_if_seen(self, is_seen: bool) -> None:
        if is_seen:
            self.lazy_panel.get()
