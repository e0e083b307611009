"""Going round the panels of a window by keyboard."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QTabBar, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QStackedWidget


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


def turn_to(pages: QStackedWidget, page: QWidget, focused: QWidget | None) -> None:
    """Show another page; the keyboard goes along if it was on the page before."""
    before = pages.currentWidget()
    pages.setCurrentWidget(page)
    if page is not before and (focused is None or _has(before, focused)):
        focus_in(page)


def focus_in(pane: QWidget) -> None:
    """Move the keyboard into a panel: to what it offers first, or to the first control that takes it.

    A panel that has none, because it is empty, leaves the keyboard where it is.
    """
    controls = (_innermost(pane), *pane.findChildren(QWidget))
    first = next((widget for widget in controls if _takes_keys(widget)), None)
    if first is not None:
        _give_keyboard(first, Qt.FocusReason.ShortcutFocusReason)


def step(window: QWidget, panes: Iterable[QWidget | None], is_next: bool) -> bool:
    """Move the keyboard to the control after or before the one that has it, panel by panel.

    Qt's own step goes through panels that lie behind others, and does not leave one that hands the keyboard
    on to a control of its own.

    Args:
        window: the window with the panels.
        panes: the panels in order; controls outside of them come last.
        is_next: forward; else back.
    """
    ring = _ring(window, [pane for pane in panes if pane is not None])
    if not is_next:
        ring.reverse()
    focused = window.focusWidget()
    at = ring.index(focused) if focused in ring else -1
    following = (
        widget
        for widget in (*ring[at + 1 :], *ring[: max(at, 0)])
        if _takes_keys(widget) and _can_be_seen(widget)
    )
    target = next(following, None)
    if target is None:
        return False
    reasons = Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.TabFocusReason
    _give_keyboard(target, reasons[is_next])
    return True


def _give_keyboard(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Qt scrolls to what gets the keyboard only if it came from the same area."""
    widget.setFocus(reason)
    for area in _areas_around(widget):
        area.ensureWidgetVisible(widget)


def _ring(window: QWidget, panes: list[QWidget]) -> list[QWidget]:
    """What the Tab key may reach in the window: the panels one after the other, each as it is read."""
    found: list[tuple[int, tuple[QRect, ...], QWidget]] = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            inside = (number for number, pane in enumerate(panes) if _has(pane, widget))
            place = next(inside, len(panes))
            is_behind = place < len(panes) and panes[place].visibleRegion().isEmpty()
            if widget.window() is window and not is_behind:
                around = *reversed(_areas_around(widget)), widget
                rects = (QRect(one.mapTo(window, QPoint()), one.size()) for one in around)
                found.append((place, tuple(rects), widget))
    return [widget for _, _, widget in sorted(found, key=cmp_to_key(_compare))]


def _compare(
    one: tuple[int, tuple[QRect, ...], QWidget], other: tuple[int, tuple[QRect, ...], QWidget]
) -> int:
    """Which comes first: what is side by side is read from left to right, the rest from top to bottom.

    What stands in a scroll area comes where the area is, however far it is scrolled.
    """
    if one[0] != other[0]:
        return one[0] - other[0]
    differing = ((a, b) for a, b in zip(one[1], other[1], strict=False) if a != b)
    a, b = next(differing, (None, None))
    if a is None or b is None:
        return len(one[1]) - len(other[1])  # the area itself, then what is in it
    common = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    if 2 * common > min(a.height(), b.height()):
        return a.left() - b.left()
    return a.top() - b.top()


def _innermost(pane: QWidget) -> QWidget:
    proxy = pane.focusProxy()
    return pane if proxy is None else _innermost(proxy)


def _takes_keys(widget: QWidget) -> bool:
    """The arrow keys do what the buttons in a tab bar do: those are no stop."""
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(widget.parent(), QTabBar)
    return takes and widget.isVisible() and widget.isEnabled()


def _can_be_seen(widget: QWidget) -> bool:
    """Now, or after its scroll area has scrolled to it."""
    around: QWidget | None = widget
    while around is not None and around.visibleRegion().isEmpty():
        around = around.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
    return around is not None


def _areas_around(widget: QWidget) -> list[QScrollArea]:
    """The scroll areas a widget stands in, the innermost first."""
    areas, around = [], widget.parentWidget()
    while around is not None and not around.isWindow():
        if isinstance(around, QScrollArea):
            areas.append(around)
        around = around.parentWidget()
    return areas


def _has(pane: QWidget | None, focused: QWidget | None) -> bool:
    return pane is not None and focused is not None and (pane is focused or pane.isAncestorOf(focused))
