"""Why the selected task, or the instance, does not move: the sentence, then everything behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wfepy_core.storage.lock import read_holder
from wfepy_gui.models.explanations.why_rows import WhyRows, module_rows, stamp_text, why_rows
from wfepy_gui.text.secrets import Masking, secrets_in
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import tr
from wfepy_gui.views.explain.row_tree import RowTree
from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.refresher import Refresher
from wfepy_gui.views.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QClipboard

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import ChosenTimes, Clock
    from wfepy_gui.theme import Theme


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
        self._session = session
        self._clipboard = clipboard
        self._clock = clock
        self._refresher = Refresher(self, self._ask, pool, only_visible=True)
        self._selected = self._task = ""
        self._answer: WhyRows | None = None
        self._name = WrappedText(self)
        self._sentence = WrappedText(self)
        self._stamp = WrappedText(self)
        self._hold = QCheckBox(self.tr("H&old"), self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._tree = RowTree(theme, self.tr("Causes, conditions and what comes before and after"), self)
        self._tree.setAccessibleDescription(self.tr("One row a cause; Enter goes to its task."))
        self._placeholder = EmptyState(self._tree, self._say_why_empty)
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
        refresher = self._refresher
        refresher.answered.connect(self._on_answered)
        refresher.failed.connect(self._on_failed)
        self._hold.toggled.connect(self._follow_selection)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._tree.task_activated.connect(self.task_activated)
        self._session.instance_changed.connect(self._on_instance_changed)
        for signal in (self._session.tasks_changed, self._session.summary_changed):
            signal.connect(refresher.refresh_soon)
        self._session.context_changed.connect(refresher.refresh_soon)
        self._clock.changed.connect(refresher.refresh)
        self._on_instance_changed()

    # -- intents ------------------------------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Ask about a task; an empty name asks about the instance. A held answer stays."""
        self._selected = name
        self._follow_selection()

    def ask_about(self, name: str) -> None:
        """Ask about a task, or the instance, even if another answer is held."""
        self._hold.setChecked(False)
        self.show_task(name)

    # -- facts --------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        view = self._session.view
        if view is None or self._task not in view.statuses:
            self._task = self._selected = ""
            self._hold.setChecked(False)
        self._refresher.refresh()

    def _follow_selection(self) -> None:
        if not self._hold.isChecked() and self._task != self._selected:
            self._task = self._selected
            self._refresher.refresh()

    def _ask(self) -> None:
        """Ask anew; nobody reads the answer of a panel behind others, so that waits until it is shown."""
        view = self._session.view
        self._name.setText(self._task or self._session.name or self.tr("Nothing is open"))
        if view is None:
            self._refresher.forget()
            self._clear()
        elif self.isVisible():
            task = self._task if self._task in view.statuses else ""
            session = self._session
            question = partial(
                _answer, session.path, session.module, view, task, session.folder, self._clock.times
            )
            self._refresher.ask(question)

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

    def _on_answered(self, answer: WhyRows) -> None:
        if self._answer is None or self._answer.task != answer.task:
            self._tree.forget_place()
        self._answer = answer
        self._copy.setEnabled(True)
        self._sentence.setText(answer.sentence)
        self._tree.show_rows(answer.sections)
        self._placeholder.refresh()
        self._stamp.setText(self._stamp_text(answer))

    def _stamp_text(self, answer: WhyRows) -> str:
        """What the answer is true for."""
        if self._session.module:
            return self.tr("The graph of the module as it was checked; there is no state file.")
        text = stamp_text(answer.generation, answer.saved_at, now(), self._clock)
        if self._session.problem is not None:
            return self.tr("The file cannot be read now. {}").format(text)
        if self._session.is_busy:
            return self.tr("A pass is running. {}, and for what it did since").format(text)
        return text

    def _on_failed(self, error: Exception) -> None:
        self._clear()
        self._sentence.setText(str(error))

    def _on_copy_clicked(self) -> None:
        if self._answer is not None:
            self._clipboard.setText(self._answer.as_text(now(), self._clock))


def _answer(
    path: str, module: str, view: InstanceView, task: str, folder: Path, times: ChosenTimes
) -> WhyRows:
    """Runs in a pool thread: reads the lock and the modules' files.

    An answer is copied into mails and tickets: no secret is in it, whatever the context editor reveals now.
    """
    if module:
        return module_rows(view.snapshot, task, folder, view.statuses)
    masking = Masking()
    is_running = bool(view.snapshot.running) and not view.snapshot.interrupted
    holder = read_holder(path) if is_running else None
    held_by = tr("{} on {}, process {}").format(holder.user, holder.host, holder.pid) if holder else ""

    def preview_value(key: str, value: JsonValue) -> str:
        return masking.preview((key,), value, 80)

    answer = why_rows(view.snapshot, task, folder, now(), view.statuses, preview_value, held_by, times)
    return answer.without(secrets_in(view.snapshot.context))
