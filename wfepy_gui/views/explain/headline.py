"""The strip above the graph: where the instance stands, in one sentence, and whether a pass runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QWidget

from wfepy_core.model.status import TaskStatus
from wfepy_core.storage.file_names import is_sandbox
from wfepy_gui.models.explanations.task_facts import why_sentence
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import description, duration, label_of
from wfepy_gui.theme.status_icons import icon_status_of
from wfepy_gui.views.widgets.labels import PlainLabel, make_narrow
from wfepy_gui.views.widgets.refresher import Refresher

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QAction

    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme

ICON_SIZE = 22
LINES, MARGIN = 4, 6
TICK_MS = 1000


class Headline(QFrame):
    """Follows a session. The sentence is made anew every now and then, because ages grow.

    `actions` are Advance, which is shown while no pass runs, Cancel while one does, and New instance while
    a workflow is shown that has no instance.
    """

    def __init__(
        self,
        session: Session,
        theme: Theme,
        pool: QThreadPool,
        clock: Clock,
        actions: tuple[QAction, QAction, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._clock = clock
        self._refresher = Refresher(self, self._fill, pool)
        self._icon = PlainLabel(parent=self)
        self._status = PlainLabel(parent=self)
        self._sentence = PlainLabel(parent=self)
        self._busy = PlainLabel(parent=self)
        self._progress = QProgressBar(self)
        self._buttons: list[QToolButton] = []
        self._task_elapsed = QElapsedTimer()
        self._since_answer = QElapsedTimer()
        self._since_answer.start()
        self._running: tuple[str, ...] = ()
        self._tick = QTimer(self)
        self._build(actions)
        self._connect()

    def _build(self, actions: tuple[QAction, QAction, QAction]) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        font = self._status.font()
        font.setBold(True)
        self._status.setFont(font)
        make_narrow(self._sentence)
        self._sentence.setAccessibleName(self.tr("Why it does not move"))
        for label in (self._status, self._sentence):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Always the same height: a longer sentence must not push the graph down.
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 2 * MARGIN)
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(90)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("A pass is running"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, MARGIN, 8, MARGIN)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._status)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._busy)
        row.addWidget(self._progress)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
            self._buttons.append(button)
        self._tick.setInterval(TICK_MS)

    def _connect(self) -> None:
        refresher = self._refresher
        refresher.answered.connect(self._show_sentence)
        self._tick.timeout.connect(refresher.refresh)
        self._session.instance_changed.connect(refresher.refresh)
        self._session.tasks_changed.connect(refresher.refresh_soon)
        self._session.summary_changed.connect(refresher.refresh_soon)
        self._session.pass_started.connect(self._on_pass_started)
        self._session.pass_ended.connect(self._on_pass_ended)
        self._theme.changed.connect(refresher.refresh)
        self._clock.changed.connect(self._on_clock_changed)
        refresher.refresh()

    def _show_sentence(self, text: str) -> None:
        """Show a sentence; of one that is too long its beginning, and all of it in the tool tip."""
        self._sentence.setText(text)
        self._sentence.setToolTip(plain_tip(text))
        fits = self._sentence.heightForWidth(self._sentence.width()) <= self.height()
        across = Qt.AlignmentFlag.AlignVCenter if fits else Qt.AlignmentFlag.AlignTop
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | across)

    def _on_clock_changed(self) -> None:
        self._refresher.forget()  # an answer under way tells times as they were chosen before
        self._refresher.refresh()

    def _on_pass_started(self) -> None:
        self._task_elapsed.start()
        self._running = ()
        self._tick.start()
        self._refresher.refresh()

    def _on_pass_ended(self) -> None:
        self._tick.stop()
        self._refresher.refresh()

    def _fill(self) -> None:
        view, is_busy = self._session.view, self._session.is_busy
        is_module = bool(self._session.module)
        shown = not is_busy and not is_module, is_busy, is_module
        for button, is_shown in zip(self._buttons, shown, strict=True):
            button.setVisible(is_shown)
        self._progress.setVisible(is_busy)
        self._busy.setVisible(is_busy)
        if view is None:
            problem = self._session.problem
            self._icon.clear()
            self._status.setText(self.tr("unreadable") if problem else self.tr("reading…"))
            self._show_sentence(str(problem) if problem else "")
            return
        self._icon.setPixmap(self._theme.look.icon(icon_status_of(view.status)).pixmap(ICON_SIZE, ICON_SIZE))
        mark = self.tr("sandbox · ") if is_sandbox(self._session.path) else ""
        self._status.setText(f"{mark}{label_of(view.status)}")
        self._status.setToolTip(description(view.status))
        if self._session.module:
            self._refresher.forget()
            self._status.setText(self.tr("workflow without an instance"))
            self._status.setToolTip(self.tr("A module tells what can happen; an instance tells what did"))
            self._icon.setPixmap(self._theme.look.icon(TaskStatus.NOT_REACHED).pixmap(ICON_SIZE, ICON_SIZE))
            self._show_sentence(
                self.tr(
                    "Nothing runs and nothing waits: this is what {} describes, {} tasks. "
                    "New instance… starts one in a state file of its own."
                ).format(self._session.name, len(view.statuses))
            )
            return
        problem = self._session.problem
        if problem:
            self._refresher.forget()
            message = getattr(problem, "message", problem)  # the ways out are in the strip below the graph
            self._show_sentence(self.tr("Shown as it was last read: {}").format(message))
        elif not is_busy or (not self._refresher.is_asking and self._since_answer.elapsed() >= TICK_MS):
            # An answer to an older question may be on its way: of an instance at rest it would stay.
            self._since_answer.start()
            self._refresher.ask(partial(why_sentence, view.snapshot, None, now(), self._clock.times))
        if is_busy:
            self._busy.setText(self._what_runs(view.snapshot.running))

    def _what_runs(self, running: tuple[str, ...]) -> str:
        """The running task with its own time; the whole pass's in the tool tip."""
        if running != self._running:
            self._running = running
            self._task_elapsed.start()
        whole = duration(round(self._session.live_pass.seconds * 1_000_000))
        self._busy.setToolTip(plain_tip(self.tr("The pass runs for {}").format(whole)))
        if self._session.live_pass.is_stopping:
            return self.tr("asked to stop · {}").format(whole)
        if not running:
            return self.tr("pass · {}").format(whole)
        more = f" +{len(running) - 2}" if len(running) > 2 else ""
        return f"{', '.join(running[:2])}{more} · {duration(self._task_elapsed.elapsed() * 1000)}"
