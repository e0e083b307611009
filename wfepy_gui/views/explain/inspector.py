"""The facts of the selected task, and links to what tells more; of the instance when none is selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QClipboard, QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.explain.sentences import error_summary
from wfepy_gui.models.explanations.source_view import SourceText, source_of
from wfepy_gui.models.explanations.task_facts import (
    Fact,
    instance_facts,
    module_sentence,
    task_facts,
    why_sentence,
)
from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import description, label_of
from wfepy_gui.views.explain.facts_form import FactsArea, FactsForm, FittingSplitter
from wfepy_gui.views.widgets.labels import PlainLabel, text_flags
from wfepy_gui.views.widgets.refresher import Refresher
from wfepy_gui.views.widgets.wrapped_text import WrappedText
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.records import TaskError
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme

ICON_SIZE = 20


_MOST_OF_DOC = 5000
"""Characters of a docstring that are looked at."""


class Inspector(QWidget):
    """Follows a session and a selection; every text in it can be selected and copied.

    Signals:
        why_wanted: the operator wants all causes of a task; empty: of the instance.
        error_wanted: the operator wants the last error of a task.
    """

    why_wanted = Signal(str)
    error_wanted = Signal(str)

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
        self._theme = theme
        self._clipboard = clipboard
        self._clock = clock
        self._refresher = Refresher(self, self._fill, pool)
        self._sources = BackgroundQuery(pool, self)
        self._task = self._sourced = ""
        self._source_text: SourceText | None = None
        self._icon = PlainLabel(parent=self)
        self._name = WrappedText(self)
        self._word = PlainLabel(parent=self)
        self._why = WrappedText(self)
        self._doc = WrappedText(self)
        self._causes_link = QPushButton(self.tr("All causes"), self)
        self._error_link = QPushButton(self.tr("Last error"), self)
        self._facts = FactsForm()
        self._split = FittingSplitter(self)
        self._source_side = QWidget(self)
        self._source = QPlainTextEdit(self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._build()
        self._connect()

    def _build(self) -> None:
        font = self._name.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self._name.setFont(font)
        self._name.setAccessibleName(self.tr("Selected task"))
        self._why.setAccessibleName(self.tr("Why it does not move"))
        self._doc.setAccessibleName(self.tr("Description"))
        self._word.setTextInteractionFlags(text_flags())
        self._causes_link.setToolTip(self.tr("Why it does not move, cause by cause, with the conditions"))
        self._split.addWidget(self._build_facts())
        self._split.addWidget(self._build_source())
        self._split.setChildrenCollapsible(False)
        self.setFocusProxy(self._source)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.addWidget(self._split)

    def _build_facts(self) -> QWidget:
        heading = QHBoxLayout()
        heading.addWidget(self._icon)
        heading.addWidget(self._name, 1)
        heading.addWidget(self._word)
        links = QHBoxLayout()
        for link in (self._causes_link, self._error_link):
            links.addWidget(link)
        links.addStretch(1)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._why)
        column.addLayout(links)
        column.addLayout(self._facts)
        column.addWidget(self._doc)
        column.addStretch(1)
        area = FactsArea(self)
        area.setAccessibleName(self.tr("Facts"))
        area.setAccessibleDescription(self.tr("Status, times and description of what is selected."))
        area.setWidget(page)
        return area

    def _build_source(self) -> QWidget:
        self._source.setReadOnly(True)
        self._source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._source.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._source.setAccessibleName(self.tr("Source"))
        self._source.setAccessibleDescription(self.tr("The function of the task in its module."))
        self._copy.setToolTip(self.tr("Copy the source"))
        heading = QHBoxLayout()
        heading.setContentsMargins(9, 0, 0, 0)
        heading.addWidget(PlainLabel(self.tr("Source"), self._source_side), 1)
        heading.addWidget(self._copy)
        column = QVBoxLayout(self._source_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(heading)
        column.addWidget(self._source, 1)
        return self._source_side

    def _connect(self) -> None:
        refresher = self._refresher
        refresher.answered.connect(self._on_sentence)
        self._sources.answered.connect(self._on_source_read)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._causes_link.clicked.connect(self._on_causes_clicked)
        self._error_link.clicked.connect(self._on_error_clicked)
        self._session.instance_changed.connect(self._on_instance_changed)
        self._session.pass_started.connect(self._read_source)
        self._session.tasks_changed.connect(refresher.refresh_soon)
        self._session.summary_changed.connect(refresher.refresh_soon)
        self._theme.changed.connect(refresher.refresh)
        self._clock.changed.connect(refresher.refresh)
        refresher.refresh()

    # -- intents ------------------------------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Show a task; an empty name shows the instance."""
        if name != self._task:
            self._task = name
            self._why.clear()
            self._refresher.refresh()

    # -- facts --------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        self._sourced = ""
        self._sources.forget()
        view = self._session.view
        if view is None or self._task not in view.statuses:
            self._task = ""
        self._refresher.refresh()

    def _fill(self) -> None:
        view = self._session.view
        self._causes_link.setVisible(view is not None)
        if view is None:
            self._fill_nothing()
        elif self._task:
            self._fill_task(view)
        else:
            self._fill_instance(view)
        self._split.fit()

    def _fill_nothing(self) -> None:
        self._refresher.forget()
        self._name.setText(self.tr("Nothing is open"))
        self._icon.hide()
        self._word.clear()
        self._why.clear()
        self._doc.setText(
            self.tr("Open a state file and select a task: all that is known of it stands here.")
        )
        self._facts.show_facts([])
        self._show_error_link(None)
        self._show_source("")

    def _fill_instance(self, view: InstanceView) -> None:
        self._icon.hide()
        self._name.setText(self._session.name)
        self._word.setText("" if self._session.module else label_of(view.status))
        self._refresher.forget()
        self._why.hide()  # the headline says it
        self._doc.show()
        self._doc.setText(self.tr("Select a task in the graph or in the table to see it here."))
        self._facts.show_facts(instance_facts(view.snapshot, now(), self._clock))
        self._show_error_link(None)
        self._show_source("")

    def _fill_task(self, view: InstanceView) -> None:
        current, snapshot = now(), view.snapshot
        status = view.statuses[self._task]
        task = snapshot.graph.tasks[view.numbers[self._task]]
        record = view.record(self._task)
        self._icon.show()
        self._icon.setPixmap(self._theme.look.icon(status).pixmap(ICON_SIZE, ICON_SIZE))
        self._icon.setAccessibleName(label_of(status))
        self._name.setText(self._task)
        self._word.setText(label_of(status))
        self._word.setToolTip(description(status))
        self._ask_why(view)
        self._doc.setText(_first_paragraph(task.doc))
        self._doc.setVisible(bool(task.doc.strip()))
        if self._sourced != self._task:
            self._sourced = self._task
            self._source_text = None
            self._source.clear()
            self._read_source()
        source = self._source_text
        facts = task_facts(task, record, current, self._clock)
        self._facts.show_facts([*facts, Fact(self.tr("Source"), source.place if source else "")])
        self._show_error_link(record.error)
        if source is not None:  # until it was read, its place stays as it is, and empty
            self._show_source(source.text or source.place)

    def _read_source(self) -> None:
        """Read the source of the task, again where a pass runs it that may have met other code."""
        view = self._session.view
        if view is not None and self._task in view.statuses and self._task == self._sourced:
            self._sources.ask(partial(source_of, view.snapshot, self._task, self._session.folder))

    def _on_source_read(self, source: SourceText) -> None:
        self._source_text = source
        view = self._session.view
        if view is not None and self._task == self._sourced and self._task in view.statuses:
            self._fill()

    def _show_error_link(self, error: TaskError | None) -> None:
        self._error_link.setVisible(error is not None)
        self._error_link.setToolTip(plain_tip(error_summary(error)) if error is not None else "")

    def _show_source(self, text: str) -> None:
        if text != self._source.toPlainText():
            self._source.setPlainText(text)
        self._source_side.setVisible(bool(text))

    def _ask_why(self, view: InstanceView) -> None:
        if self._session.module:
            self._refresher.forget()
            self._on_sentence(module_sentence(self._task))
        else:
            self._refresher.ask(partial(why_sentence, view.snapshot, self._task, now(), self._clock.times))

    def _on_sentence(self, sentence: str) -> None:
        self._why.setText(sentence)
        self._why.setVisible(bool(self._task))
        self._split.fit()

    # -- links --------------------------------------------------------------------------------------------

    def _on_causes_clicked(self) -> None:
        self.why_wanted.emit(self._task)

    def _on_error_clicked(self) -> None:
        self.error_wanted.emit(self._task)

    def _on_copy_clicked(self) -> None:
        self._clipboard.setText(self._source.toPlainText())


def _first_paragraph(doc: str) -> str:
    """What a function says of itself in short; the rest can be read in its source, just below."""
    first, _, rest = bounded(doc, _MOST_OF_DOC).strip().partition("\n\n")
    return " ".join(first.split()) + (" …" if rest.strip() else "")
