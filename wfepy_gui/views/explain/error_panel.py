"""The last error of the selected task: its whole traceback, with the source of each place at hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.explain.sentences import error_summary
from wfepy_gui.models.explanations.source_view import (
    Excerpt,
    FirstPlace,
    Frame,
    excerpt_of,
    first_place,
    frames_of,
)
from wfepy_gui.text.bounded_text import bounded_lines
from wfepy_gui.views.widgets.labels import PlainLabel, make_narrow, text_flags
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QClipboard

    from wfepy_core.model.records import Record, TaskError
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock


_MOST_OF_TRACEBACK = 60_000
"""Characters of it that are laid out: the engine keeps less."""


class ErrorPanel(QWidget):
    """Follows a session and a selection."""

    def __init__(
        self,
        session: Session,
        clipboard: QClipboard,
        pool: QThreadPool,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clipboard = clipboard
        self._clock = clock
        self._excerpts = BackgroundQuery(pool, self)
        self._task = ""
        self._error: TaskError | None = None
        self._shown_error: tuple[str, TaskError, int] | None = None
        self._raised_at = self._attempts = 0
        self._frames: tuple[Frame, ...] = ()
        self._summary = PlainLabel(parent=self)
        self._note = PlainLabel(parent=self)
        self._places = QComboBox(self)
        self._traceback = QPlainTextEdit(self)
        self._source = QPlainTextEdit(self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._build()
        self._connect()

    def _build(self) -> None:
        named = (
            (self._summary, self.tr("Last error of the selected task")),
            (self._note, self.tr("About this source")),
            (self._places, self.tr("Places in the traceback")),
            (self._traceback, self.tr("Traceback")),
            (self._source, self.tr("Source at this place")),
        )
        for widget, name in named:
            widget.setAccessibleName(name)
        for label in (self._summary, self._note):
            make_narrow(label)
            label.setTextInteractionFlags(text_flags())
        self._places.view().setAccessibleName(self.tr("Places in the traceback"))
        meaning = self.tr("Of the latest failure; the place that is chosen is shown in its source.")
        for described in (self._places, self._places.view(), self._traceback, self._source):
            described.setAccessibleDescription(meaning)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for text in (self._traceback, self._source):
            text.setReadOnly(True)
            text.setFont(fixed)
            text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._places.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._copy.setToolTip(self.tr("Copy the error, its traceback and this source"))
        self._arrange()

    def _arrange(self) -> None:
        side = QWidget(self)
        below = QVBoxLayout(side)
        below.setContentsMargins(0, 0, 0, 0)
        for widget in (self._places, self._source, self._note):
            below.addWidget(widget, 1 if widget is self._source else 0)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.addWidget(self._traceback)
        self._split.addWidget(side)
        self._split.setChildrenCollapsible(False)
        heading = QHBoxLayout()
        heading.addWidget(self._summary, 1)
        heading.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(heading)
        column.addWidget(self._split, 1)
        column.addStretch(0)  # while there is no error, what is said stands on top
        self.setFocusProxy(self._traceback)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._on_copy_clicked)
        self._places.currentIndexChanged.connect(self._ask_source)
        self._excerpts.answered.connect(self._on_source_read)
        self._session.instance_changed.connect(self._fill)
        self._session.tasks_changed.connect(self._fill)
        self._clock.changed.connect(self._summarize)
        self._fill()

    # -- intents ------------------------------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Show the last error of a task; an empty name shows none."""
        if name != self._task:
            self._task = name
            self._fill()

    # -- facts --------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        view = self._session.view
        record = view.record(self._task) if view is not None and self._task in view.statuses else None
        error = record.error if record is not None else None
        shown = (self._task, error, record.attempts) if record is not None and error is not None else None
        if shown is not None and shown == self._shown_error:
            return
        self._shown_error = shown
        self._error = error
        self._split.setVisible(error is not None)
        self._copy.setEnabled(error is not None)
        if record is not None and error is not None:
            self._show_error(record, error)
        else:
            self._summary.setText(self._say_why_empty())

    def _say_why_empty(self) -> str:
        if self._session.view is None:
            return self.tr("Nothing is open. Open a state file to see the errors of its tasks.")
        if self._task:
            return self.tr("{} has no error.").format(self._task)
        return self.tr("Select a task to see its last error.")

    def _show_error(self, record: Record, error: TaskError) -> None:
        self._raised_at = record.end or record.last_start
        self._attempts = record.attempts
        self._summarize()
        text = error.traceback or f"{error.type}: {error.message}"
        self._traceback.setPlainText(bounded_lines(text, _MOST_OF_TRACEBACK))
        self._traceback.moveCursor(QTextCursor.MoveOperation.End)  # where the error is
        self._show_places(frames_of(error.traceback))

    def _summarize(self) -> None:
        error = self._error
        if error is None:
            return
        where = self.tr(" in the condition of {} → {}").format(self._task, error.condition)
        when = self.tr(", attempt {}, {}").format(self._attempts, self._clock.text(self._raised_at))
        place = where if error.condition else ""
        self._summary.setText(f"{self._task}{place}: {error_summary(error)}{when}")

    def _show_places(self, frames: tuple[Frame, ...]) -> None:
        view = self._session.view
        self._frames = frames
        self._places.blockSignals(True)  # filling it is no choice
        self._places.clear()
        self._places.addItems([f"{frame.function or '?'} — {frame.file}:{frame.line}" for frame in frames])
        self._places.blockSignals(False)
        self._places.setEnabled(bool(frames))
        if frames and view is not None:
            workflow, folder = view.snapshot.workflow, self._session.folder
            self._excerpts.ask(partial(first_place, frames, workflow, folder, self._raised_at))
        else:
            self._ask_source()

    def _ask_source(self) -> None:
        place = self._places.currentIndex()
        if 0 <= place < len(self._frames):
            self._excerpts.ask(partial(excerpt_of, self._frames[place], self._raised_at))
        else:
            self._excerpts.forget()
            self._show_source(Excerpt(self.tr("The traceback names no place.")))

    def _on_source_read(self, found: Excerpt | FirstPlace) -> None:
        if isinstance(found, FirstPlace):
            self._places.blockSignals(True)  # its source is here already
            self._places.setCurrentIndex(found.number)
            self._places.blockSignals(False)
            found = found.excerpt
        self._show_source(found)

    def _show_source(self, excerpt: Excerpt) -> None:
        self._source.setPlainText(excerpt.text)
        self._note.setText(excerpt.note)
        self._note.setVisible(bool(excerpt.note))
        if excerpt.marked < 0:
            self._source.setExtraSelections([])
            return
        cursor = QTextCursor(self._source.document().findBlockByNumber(excerpt.marked))
        self._source.setTextCursor(cursor)
        line = QTextEdit.ExtraSelection()
        line.cursor = cursor
        line.format = _marked_format(self)
        self._source.setExtraSelections([line])
        self._source.centerCursor()

    def _on_copy_clicked(self) -> None:
        place = self._places.currentText()
        parts = (self._summary.text(), self._traceback.toPlainText(), place, self._source.toPlainText())
        self._clipboard.setText("\n\n".join(filter(None, parts)))


def _marked_format(widget: QWidget) -> QTextCharFormat:
    colour = widget.palette().highlight().color()
    colour.setAlpha(60)
    marked = QTextCharFormat()
    marked.setBackground(colour)
    marked.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
    return marked
