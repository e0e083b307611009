"""What closing the window would end or lose, asked once, before it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_gui import views
from wfepy_gui.automation.countdown import in_short

if TYPE_CHECKING:
    from wfepy_gui.automation.timers import Timers
    from wfepy_gui.commands.context_commands import ContextCommands
    from wfepy_gui.instance.session import Session
    from wfepy_gui.passes.running_passes import RunningPasses
    from wfepy_gui.window.main_window import MainWindow


class CloseGuard(QObject):
    """Keeps the window open until the operator has seen what ends with it."""

    def __init__(
        self,
        *,
        window: MainWindow,
        session: Session,
        contexts: ContextCommands,
        passes: RunningPasses,
        timers: Timers,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._contexts = contexts
        self._passes = passes
        self._timers = timers
        window.may_close = self.may_close
        window.loss_threatens.connect(self._on_loss_threatens)

    def may_close(self) -> bool:
        """Whether nothing would be lost or ended."""
        return not (self._session.editing.has_unsaved or self._endings())

    def _endings(self) -> list[str]:
        """What runs here and would end."""
        endings = []
        for one in self._passes.running:
            name, running = Path(one.path).name, ", ".join(one.summary.running) or self.tr("no task")
            endings.append(self.tr("the pass of {} is stopped, now in {}").format(name, running))
        for timer in self._timers.counting:
            left = in_short(timer.countdown.remaining)
            endings.append(
                self.tr("the timer of {} ends; its next pass would come in {}").format(timer.name, left)
            )
        return endings

    def _on_loss_threatens(self) -> None:
        endings = self._endings()
        if self._session.editing.has_unsaved:
            question = self.tr("{} has changes that were not applied. Closing loses them.")
            question, button = question.format(self._session.name), self.tr("&Lose them")
        else:
            question, button = self.tr("Closing ends what runs here."), self.tr("&Close anyway")
        asked = views.DiscardDialog(
            question=question,
            captions=[*self._contexts.list_unsaved(), *endings],
            discard=button,
            parent=self._window,
        )
        if not self._session.editing.has_unsaved:
            asked.call_it(self.tr("Close the window?"), self.tr("&Stay"))
        asked.discarded.connect(self._window.close_anyway)
        asked.open()
