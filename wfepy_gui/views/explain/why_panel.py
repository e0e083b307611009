"""Why the selected task, or the instance, does not move: the sentence, then everything behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wfepy_core.storage.lock import read_holder
from wfepy_gui.models.explanations.why_rows import WhyRows, of_module, stamp, why_tree
from wfepy_gui.text.secrets import Masking, secrets_in
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import tr
from wfepy_gui.views.explain.row_tree import RowTree
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.labels import narrowing, text_flags
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QClipboard, QHideEvent, QShowEvent

    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import ChosenTimes, Clock
    from wfepy_gui.theme import Theme

BURST_MS = 150
AGES_MS = 30_000


class WhyPanel(QWidget):
    """Follows a session, and the selection unless the operator holds it.

    Signals:
        task_activated: the operator wants to see a task named in the answer.
    """

    task_activated = Signal(str)

    def __init__(
        self,
        session: Session,
        theme: Theme,
        clipboard: QClipboard,
        pool: QThreadPool,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._clipboard, self._clock = session, clipboard, clock
        self._answers = BackgroundQuery(pool, self, rests=True)
        self._selected = self._task = ""
        self._answer: WhyRows | None = None
        self._name, self._sentence, self._stamp = QLabel(self), QLabel(self), QLabel(self)
        self._hold = QCheckBox(self.tr("H&old"), self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._tree = RowTree(theme, self.tr("Causes, conditions and what comes before and after"), self)
        self._tree.setAccessibleDescription(self.tr("One row a cause; Enter goes to its task."))
        self._placeholder = EmptyState(self._tree, self._say_why_empty)
        self._later, self._ages = QTimer(self), QTimer(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._hold.setToolTip(self.tr("Keep showing this, whatever is selected"))
        self._copy.setToolTip(self.tr("Copy the whole answer as text"))
        captions = (self.tr("Asked about"), self.tr("Why it does not move"), self.tr("What it is true for"))
        for label, caption in zip((self._name, self._sentence, self._stamp), captions, strict=True):
            label.setAccessibleName(caption)
            narrowing(label)
            label.setTextInteractionFlags(text_flags())
        heading = QHBoxLayout()
        heading.addWidget(self._name, 1)
        heading.addWidget(self._hold)
        heading.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.addLayout(heading)
        column.addWidget(self._sentence)
        column.addWidget(self._tree, 1)
        column.addWidget(self._stamp)
        self.setFocusProxy(self._tree)

    def _connect(self) -> None:
        self._later.setSingleShot(True)
        self._later.setInterval(BURST_MS)
        self._later.timeout.connect(self._ask)
        self._ages.setInterval(AGES_MS)
        self._ages.timeout.connect(self._ask)
        self._answers.answered.connect(self._show)
        self._answers.failed.connect(self._tell_failure)
        self._hold.toggled.connect(self._follow)
        self._copy.clicked.connect(self._copy_text)
        self._tree.task_activated.connect(self.task_activated)
        self._session.instance_changed.connect(self._start_anew)
        for signal in (self._session.tasks_changed, self._session.summary_changed):
            signal.connect(self._ask_later)
        self._session.context_changed.connect(self._ask_later)
        self._clock.changed.connect(self._ask)
        self._start_anew()

    # -- intents ------------------------------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Ask about a task; an empty name asks about the instance. A held answer stays."""
        self._selected = name
        self._follow()

    def stop(self) -> None:
        """The window closes."""
        self._later.stop()
        self._ages.stop()
        self._answers.forget()

    # -- facts --------------------------------------------------------------------------------------------

    def _start_anew(self) -> None:
        view = self._session.view
        if view is None or self._task not in view.statuses:
            self._task = self._selected = ""
            self._hold.setChecked(False)
        self._ask()

    def _follow(self) -> None:
        if not self._hold.isChecked() and self._task != self._selected:
            self._task = self._selected
            self._ask()

    def _ask_later(self) -> None:
        if self.isVisible() and not self._later.isActive():
            self._later.start()

    def _ask(self) -> None:
        """Ask anew; nobody reads the answer of a panel behind others, so that waits until it is shown."""
        self._later.stop()
        view = self._session.view
        self._name.setText(self._task or self._session.name or self.tr("Nothing is open"))
        if view is None:
            self._answers.forget()
            self._clear()
        elif self.isVisible():
            task = self._task if self._task in view.statuses else ""
            session = self._session
            question = partial(
                _answer, session.path, session.module, view, task, session.folder, self._clock.times
            )
            self._answers.ask(question)

    def _clear(self) -> None:
        self._answer = None
        self._sentence.clear()
        self._stamp.clear()
        self._tree.show_rows(())
        self._placeholder.refresh()
        self._copy.setEnabled(False)

    def _say_why_empty(self) -> str:
        if self._answer is not None:
            return self.tr("Nothing stands behind it.")
        if self._session.view is not None:
            return ""
        return self.tr("Open a state file to see why it does not move.")

    def _show(self, answer: WhyRows) -> None:
        if self._answer is None or self._answer.task != answer.task:
            self._tree.forget_place()
        self._answer = answer
        self._copy.setEnabled(True)
        self._sentence.setText(answer.sentence)
        self._tree.show_rows(answer.sections)
        self._placeholder.refresh()
        told = stamp(answer.generation, answer.saved_at, now(), self._clock)
        if self._session.module:
            told = self.tr("The graph of the module as it was checked; there is no state file.")
        elif self._session.problem is not None:
            told = self.tr("The file cannot be read now. {}").format(told)
        elif self._session.is_busy:
            told = self.tr("A pass is running. {}, and for what it did since").format(told)
        self._stamp.setText(told)

    def _tell_failure(self, error: Exception) -> None:
        self._clear()
        self._sentence.setText(str(error))

    def _copy_text(self) -> None:
        if self._answer is not None:
            self._clipboard.setText(self._answer.as_text(now(), self._clock))

    # -- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Answer what was not asked behind other panels."""
        super().showEvent(event)
        self._ages.start()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ages need not grow behind other panels."""
        super().hideEvent(event)
        self._ages.stop()


def _answer(
    path: str, module: str, view: InstanceView, task: str, folder: Path, times: ChosenTimes
) -> WhyRows:
    """Runs in a pool thread: reads the lock and the modules' files.

    An answer is copied into mails and tickets: no secret is in it, whatever the context editor reveals now.
    """
    if module:
        return of_module(view.snapshot, task, folder, view.statuses)
    masking = Masking()
    is_running = bool(view.snapshot.running) and not view.snapshot.interrupted
    holder = read_holder(path) if is_running else None
    held_by = tr("{} on {}, process {}").format(holder.user, holder.host, holder.pid) if holder else ""

    def shown(key: str, value: Any) -> str:
        return masking.preview((key,), value, 80)

    answer = why_tree(view.snapshot, task, folder, now(), view.statuses, shown, held_by, times)
    return answer.without(secrets_in(view.snapshot.context))
