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
    """Lets the Tab key go through a window's panels in one order, whichever of them was made first.

    Qt puts what is made later behind everything else.
    """

    def __init__(self, window: QWidget, panels: Sequence[LatePanel[Any]]) -> None:
        self._window, self._panels = window, panels
        self._is_settled = False
        for panel in panels:
            panel.when_made(self._unsettle)

    def settle(self) -> None:
        """Put what was made since the last time in its place; to be called before the Tab key moves on."""
        if self._is_settled:
            return
        self._is_settled = True
        stops = [widget for widget in _ring(self._window) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
        made = [panel.made for panel in self._panels if panel.made is not None]
        inside = [[stop for stop in stops if stop is panel or panel.isAncestorOf(stop)] for panel in made]
        for stop, widget in pairwise(chain.from_iterable(inside)):
            QWidget.setTabOrder(stop, widget)

    def _unsettle(self, _panel: QWidget) -> None:
        self._is_settled = False


def _ring(window: QWidget) -> list[QWidget]:
    """All widgets in the order of the Tab key.

    PySide takes each for a child of the widget that was asked for it, and would forget it with that one; to
    set the parent that it has changes nothing in Qt and puts this right.
    """
    ring = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        following = widget.nextInFocusChain()
        widget.setParent(widget.parentWidget())
        ring.append(widget)
        widget = following
    window.setParent(window.parentWidget())
    return ring


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
