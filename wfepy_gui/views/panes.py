"""Going round the panels of a window by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


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
