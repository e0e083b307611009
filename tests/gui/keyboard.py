"""An operator who has a keyboard and eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

if TYPE_CHECKING:
    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.composition import Desktop

WAIT_MS = 30_000
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def describe(widget: QWidget) -> str:
    """Name a widget and what it stands in, for a failed test."""
    names = []
    while widget is not None:
        name = widget.accessibleName() or widget.property("text") or widget.objectName()
        names.append(f"{type(widget).__name__}({name!r}, {widget.geometry().getRect()})")
        widget = widget.parentWidget()
    return " in ".join(names)


class Operator:
    """Has a keyboard and eyes; no mouse."""

    def __init__(self, qtbot, desktop: Desktop) -> None:
        self.qtbot, self.desktop = qtbot, desktop

    @property
    def window(self):
        return self.desktop.window

    @property
    def session(self):
        return self.desktop.session

    @property
    def front(self):
        """The window that takes the keys: a menu, a dialog, or the main window."""
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            return popup
        shown = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        return shown[-1] if shown else self.window

    @property
    def focused(self):
        front = self.front
        return front if isinstance(front, QMenu) else front.focusWidget()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key on whatever has the keyboard; that must be something that can be seen."""
        for _ in range(times):
            self.come_to_front()
            focused = self.focused
            assert focused is not None, "nobody has the keyboard"
            assert not focused.visibleRegion().isEmpty(), (
                f"the keyboard is with {describe(focused)}, out of sight"
            )
            self.qtbot.keyClick(focused, key, modifiers)

    def come_to_front(self) -> None:
        """What the window manager does when a dialog opens or closes; without one, nobody does it."""
        front = self.front
        if not isinstance(front, QMenu) and QApplication.activeWindow() is not front:
            front.activateWindow()
            self.see(lambda: QApplication.activeWindow() is front)

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(self.focused, text)

    def tab_to(self, widget) -> None:
        for _ in range(60):
            if self.focused is widget:
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"the Tab key does not reach {widget}")

    def menu(self, menu: Qt.Key, *letters: Qt.Key) -> None:
        """Open a menu by its letter, then go on by the letters in it."""
        self.press(menu, ALT)
        self.see(lambda: isinstance(self.front, QMenu))
        for letter in letters:
            self.press(letter)

    def see(self, what) -> None:
        self.qtbot.waitUntil(what, timeout=WAIT_MS)

    def see_dialog(self, kind):
        self.see(lambda: isinstance(self.front, kind) and self.front.focusWidget() is not None)
        QApplication.processEvents()  # laid out
        return self.front

    def wait_for_pass(self, keys) -> None:
        with self.qtbot.waitSignal(self.desktop.sequence.settled, timeout=WAIT_MS):
            keys()

    def status(self, task: str) -> TaskStatus:
        return self.window.panels.graph.get().graph_view.graph_scene.status_of(task)

    @property
    def selected(self) -> str:
        return self.window.panels.graph.get().graph_view.graph_scene.selected
