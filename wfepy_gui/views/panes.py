"""Going round the panels of a window by keyboard."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfepy_gui.views.panel_dock import LatePanel


class TabOrder:
    """Lets the Tab key go through panels in one order, whichever of them was made first.

    Qt puts what is made later behind everything else. (To follow its ring of widgets is no way: PySide takes
    each widget it returns for a child of the one that was asked, and forgets it with that.)
    """

    def __init__(self, panels: Sequence[LatePanel[Any]]) -> None:
        self._panels = panels
        self._is_settled = False
        for panel in panels:
            panel.when_made(self._unsettle)

    def settle(self) -> None:
        """Put what was made since the last time in its place; to be called before the Tab key moves on."""
        if not self._is_settled:
            self._is_settled = True
            made = [panel.made for panel in self._panels if panel.made is not None]
            for stop, widget in pairwise(chain.from_iterable(map(_tab_stops, made))):
                QWidget.setTabOrder(stop, widget)

    def _unsettle(self, _panel: QWidget) -> None:
        self._is_settled = False


def _tab_stops(panel: QWidget) -> list[QWidget]:
    """What of a panel takes the Tab key, in the order in which it was arranged; not what pops up from it."""
    return [
        widget
        for widget in (panel, *panel.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is panel.window()
    ]


def go_round(panes: Iterable[QWidget | None], focused: QWidget | None, step: int) -> None:
    """Move the keyboard to the next panel that can be seen, or with -1 to the one before.

    Args:
        panes: the panels in order; those that are closed or behind others are left out.
        focused: the widget that has the keyboard.
        step: 1 or -1.
    """
    seen = [pane for pane in panes if pane is not None and not pane.visibleRegion().isEmpty()]
    if not seen:
        return
    numbers = (number for number, pane in enumerate(seen) if _has(pane, focused))
    at = next(numbers, -1 if step > 0 else 0)
    focus_in(seen[(at + step) % len(seen)])


def focus_in(pane: QWidget) -> None:
    """Move the keyboard into a panel: to what it offers first, or to the first control that takes it."""
    first = _innermost(pane)
    if not _takes_keys(first):
        inner = (widget for widget in pane.findChildren(QWidget) if _takes_keys(widget))
        first = next(inner, pane)
    first.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _innermost(pane: QWidget) -> QWidget:
    proxy = pane.focusProxy()
    return pane if proxy is None else _innermost(proxy)


def _takes_keys(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled()


def _has(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
