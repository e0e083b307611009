"""Everything known of the selected task; of the instance as a whole when none is selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard, QFontDatabase
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.explanations.source_view import SourceText, source_of
from wfepy_gui.models.explanations.task_facts import Answer, answer_of, instance_rows, task_rows
from wfepy_gui.models.task_table import reason_of
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import description, label_of
from wfepy_gui.views.widgets.fitting_splitter import FittingSplitter
from wfepy_gui.views.widgets.labels import narrowing
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QHideEvent, QShowEvent

    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme

BURST_MS = 100
AGES_MS = 30_000
ICON_SIZE = 20


class Inspector(QWidget):
    """Follows a session and a selection; every text in it can be selected and copied."""

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
        self._answers = BackgroundQuery(pool, self, rests=True)
        self._session, self._theme, self._clipboard, self._clock = session, theme, clipboard, clock
        self._task = self._sourced = ""
        self._source_text = SourceText("")
        self._icon, self._name, self._word = QLabel(self), QLabel(self), QLabel(self)
        self._why, self._doc = QLabel(self), QLabel(self)
        self._rows = QFormLayout()
        self._tabs = QTabWidget(self)
        self._split = FittingSplitter(self)
        self._causes, self._source, self._error = (QPlainTextEdit(self) for _ in range(3))
        self._copy = QPushButton(self.tr("Copy"), self)
        self._later, self._ages = QTimer(self), QTimer(self)
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
        for label in (self._name, self._word, self._why, self._doc):
            _make_selectable(label)
        self._word.setWordWrap(False)
        heading = QHBoxLayout()
        heading.addWidget(self._icon)
        heading.addWidget(self._name, 1)
        heading.addWidget(self._word)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._why)
        column.addLayout(self._rows)
        column.addWidget(self._doc)
        column.addStretch(1)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._rows.setHorizontalSpacing(14)
        self._arrange(page)

    def _arrange(self, page: QWidget) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Facts"))
        area.setWidget(page)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._tabs.setAccessibleName(self.tr("More about the task"))
        self._tabs.setAccessibleDescription(self.tr("Causes, source and last error of the selected task."))
        area.setAccessibleDescription(self.tr("Status, times and description of what is selected."))
        captions = (
            (self._causes, self.tr("Causes"), self.tr("Why the task does not move, cause by cause.")),
            (self._source, self.tr("Source"), self.tr("The function of the task in its module.")),
            (self._error, self.tr("Last error"), self.tr("The traceback of the latest failure.")),
        )
        for text, caption, meaning in captions:
            text.setReadOnly(True)
            text.setAccessibleName(caption)
            text.setAccessibleDescription(meaning)
            self._tabs.addTab(text, caption)
        for text in (self._source, self._error):
            text.setFont(fixed)
        self._source.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFocusProxy(self._tabs)
        self._copy.setToolTip(self.tr("Copy what this tab shows"))
        self._tabs.setCornerWidget(self._copy)
        self._split.addWidget(area)
        self._split.addWidget(self._tabs)
        self._split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.addWidget(self._split)

    def _connect(self) -> None:
        self._later.setSingleShot(True)
        self._later.setInterval(BURST_MS)
        self._later.timeout.connect(self._fill)
        self._ages.setInterval(AGES_MS)
        self._ages.timeout.connect(self._fill)
        self._answers.answered.connect(self._show_answer)
        self._copy.clicked.connect(self._copy_tab)
        self._session.instance_changed.connect(self._start_anew)
        self._session.tasks_changed.connect(self._fill_later)
        self._session.summary_changed.connect(self._fill_later)
        self._theme.changed.connect(self._fill)
        self._clock.changed.connect(self._fill)
        self._fill()

    # -- intents ------------------------------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Show a task; an empty name shows the instance."""
        if name != self._task:
            self._task = name
            self._why.clear()
            self._causes.clear()
            self._fill()
            self._choose_tab()

    # -- facts --------------------------------------------------------------------------------------------

    def _fill_later(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def _start_anew(self) -> None:
        self._sourced = ""
        view = self._session.view
        if view is None or self._task not in view.statuses:
            self._task = ""
        self._fill()
        self._choose_tab()

    def _fill(self) -> None:
        self._later.stop()
        view = self._session.view
        if view is None:
            self._clear()
        elif self._task:
            self._fill_task(view)
        else:
            self._fill_instance(view)

    def _clear(self) -> None:
        self._answers.forget()
        self._name.setText(self.tr("Nothing is open"))
        self._icon.hide()
        for label in (self._word, self._why):
            label.clear()
        self._doc.setText(
            self.tr("Open a state file and select a task: all that is known of it stands here.")
        )
        self._set_rows([])
        self._causes.clear()
        self._set_texts("", "")

    def _fill_instance(self, view: InstanceView) -> None:
        current = now()
        self._icon.hide()
        self._name.setText(self._session.name)
        self._word.setText("" if self._session.module else label_of(view.status))
        self._why.hide()  # the headline says it
        self._doc.show()
        self._doc.setText(self.tr("Select a task in the graph or in the table to see it here."))
        self._set_rows(instance_rows(view.snapshot, current, self._clock))
        self._set_texts("", "")
        self._ask(view, None)

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
        self._ask(view, self._task)
        self._doc.setText(_first_paragraph(task.doc))
        self._doc.setVisible(bool(task.doc.strip()))
        if self._sourced != self._task:
            self._sourced = self._task
            self._source_text = source_of(snapshot, self._task, self._session.folder)
        source = self._source_text
        rows = task_rows(task, record, current, self._clock)
        self._set_rows([*rows, (self.tr("Source"), source.place)])
        error = (record.error.traceback or reason_of(record)) if record.error else ""
        self._set_texts(source.text or source.place, error)

    def _set_rows(self, rows: list[tuple[str, str]]) -> None:
        while self._rows.rowCount() > len(rows):
            self._rows.removeRow(self._rows.rowCount() - 1)
        for position, (caption, text) in enumerate(rows):
            if position == self._rows.rowCount():
                label = QLabel(self)
                _make_selectable(label)
                told = QLabel(caption, self)
                told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self._rows.addRow(told, label)
            self._label_at(position, QFormLayout.ItemRole.LabelRole).setText(caption)
            field = self._label_at(position, QFormLayout.ItemRole.FieldRole)
            field.setText(text)
            field.setAccessibleName(caption)
        self._split.fit()

    def _label_at(self, row: int, role: QFormLayout.ItemRole) -> QLabel:
        item = self._rows.itemAt(row, role)
        widget = item.widget() if item is not None else None
        if not isinstance(widget, QLabel):
            raise TypeError(f"row {row} of the form holds no label")
        return widget

    def _ask(self, view: InstanceView, task: str | None) -> None:
        if self._session.module:
            self._answers.forget()
            from wfepy_gui.models.explanations.why_rows import module_sentence  # noqa: PLC0415  start-up time

            self._show_answer(Answer(module_sentence(task) if task else "", ""))
            return
        self._answers.ask(partial(answer_of, view.snapshot, task, now(), self._clock.times))

    def _show_answer(self, answer: Answer) -> None:
        self._why.setText(answer.sentence)
        self._why.setVisible(bool(self._task))
        self._split.fit()
        _set_plain(self._causes, answer.causes)
        self._show_tabs()

    def _set_texts(self, source: str, error: str) -> None:
        _set_plain(self._source, source)
        _set_plain(self._error, error)
        self._show_tabs()

    def _show_tabs(self) -> None:
        filled = [not text.document().isEmpty() for text in (self._causes, self._source, self._error)]
        for position, is_filled in enumerate(filled):
            self._tabs.setTabEnabled(position, is_filled)
        self._tabs.setVisible(any(filled))

    def _choose_tab(self) -> None:
        """The error if there is one; else stay, unless the tab has nothing to say."""
        if self._tabs.isTabEnabled(2):
            self._tabs.setCurrentIndex(2)
        elif not self._tabs.isTabEnabled(self._tabs.currentIndex()) or self._tabs.currentIndex() == 2:
            self._tabs.setCurrentIndex(1 if self._tabs.isTabEnabled(1) else 0)

    def _copy_tab(self) -> None:
        widget = self._tabs.currentWidget()
        if isinstance(widget, QPlainTextEdit):
            self._clipboard.setText(widget.toPlainText())

    # -- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Ages grow while somebody can see them."""
        super().showEvent(event)
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Other panels are in front, or the window closes."""
        super().hideEvent(event)
        self._ages.stop()


def _set_plain(widget: QPlainTextEdit, text: str) -> None:
    if text != widget.toPlainText():
        widget.setPlainText(text)


def _first_paragraph(doc: str) -> str:
    """What a function says of itself in short; the rest can be read in its source, just below."""
    first, _, rest = doc.strip().partition("\n\n")
    return " ".join(first.split()) + (" …" if rest.strip() else "")


def _make_selectable(label: QLabel) -> None:
    narrowing(label)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
