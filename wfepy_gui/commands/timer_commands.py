"""What the commands of timers do: plan one, pause, remove, list those of all instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolButton

from wfepy_gui import views
from wfepy_gui.automation.countdown import in_short
from wfepy_gui.automation.timers import Phase

if TYPE_CHECKING:
    from wfepy_gui.automation.open_timer import OpenTimer
    from wfepy_gui.automation.timers import Timers
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services


class TimerCommands(QObject):
    """Asks for timers, and counts all of them down in the status bar."""

    def __init__(self, *, window: MainWindow, services: Services, timer: OpenTimer, timers: Timers) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._timer = timer
        self._timers = timers
        self.status_button = QToolButton(window)
        self._build()
        timer.changed.connect(self._count_down)
        self._count_down()

    def _build(self) -> None:
        button = self.status_button
        button.setAutoRaise(True)
        button.setAccessibleName(self.tr("Timers"))
        button.setAccessibleDescription(self.tr("Shows the timers of all instances"))
        button.clicked.connect(self.list_timers)
        self._window.statusBar().addPermanentWidget(button)

    def ask_timer_plan(self) -> None:
        """Ask how often, and until when, passes of the open instance are made."""
        services = self._services
        dialog = views.TimerDialog(
            name=services.session.name,
            plan=self._timer.plan,
            style=services.clock.style,
            parent=self._window,
        )
        dialog.chosen.connect(self._timer.start)
        dialog.open()

    def pause_or_resume(self) -> None:
        """Let the timer stand still, or count what was left."""
        if self._timer.phase is Phase.COUNTING:
            self._timer.pause()
        else:
            self._timer.resume()

    def remove_timer(self) -> None:
        """Advance the open instance by hand only."""
        self._timer.remove()

    def list_timers(self) -> None:
        """Show the timers of all instances."""
        dialog = views.TimerList(self._timers, self._window)
        dialog.open_wanted.connect(self._on_open_wanted)
        dialog.open()

    def _on_open_wanted(self, path: str) -> None:
        self._window.open_wanted.emit((path,))

    def _count_down(self) -> None:
        """In the status bar: how many count, and when the next pass comes, whichever instance is shown."""
        counting = self._timers.counting
        self.status_button.setVisible(bool(counting))
        if counting:
            left = in_short(counting[0].countdown.remaining)
            one = self.tr("1 timer · next pass in {1}")
            text = self.tr("{} timers · next pass in {}") if len(counting) > 1 else one
            self.status_button.setText(text.format(len(counting), left))
