"""The command that Advance runs, and what the tasks of the instance print, whoever runs the pass."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QClipboard, QFontDatabase
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from wfepy_gui.text.output_text import line_texts
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.views.passes.output_view import OutputView
from wfepy_gui.views.widgets.labels import by_font
from wfepy_gui.views.widgets.search_bar import TextSearchBar
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QThreadPool

    from wfepy_core.storage.output_lines import OutputLine
    from wfepy_gui.instance.session import Session
    from wfepy_gui.text.time_format import Clock


class OutputPanel(QWidget):
    """Follows the output of the instance that is open; may show that of the selected task only."""

    def __init__(
        self,
        *,
        session: Session,
        clipboard: QClipboard,
        pool: QThreadPool,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._output = session.output
        self._clipboard = clipboard
        self._clock = clock
        self._is_utc = clock.style is TimeStyle.UTC
        self._task = ""
        self._copies_when_read = False
        self._copy_query = BackgroundQuery(pool, self)
        self._command = QLineEdit(self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._text = OutputView(clock, self)
        self._search = TextSearchBar(self._text, name=self.tr("Search in output"), parent=self)
        self._only = QCheckBox(self.tr("Selected &task only"), self)
        self._follow = QPushButton(self.tr("Follow"), self)
        self._copy_all = QPushButton(self.tr("Copy &all"), self)
        self._build()
        self._connect()
        self._show_command()
        self._update_follow_button()
        self._show_all()
        self._output.want()

    def _build(self) -> None:
        self._command.setReadOnly(True)
        self._command.setAccessibleName(self.tr("Command line of Advance"))
        self._command.setToolTip(self.tr("What Advance runs; paste it into a terminal to do the same"))
        self._command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._copy.setToolTip(self.tr("Copy the command line"))
        self._copy_all.setToolTip(self.tr("Copy all of the output that is kept"))
        self._follow.setToolTip(self.tr("Go to the end and stay there while output comes"))
        self._only.setToolTip(self.tr("Leave out what other tasks printed"))
        self._text.setAccessibleName(self.tr("Output of the instance"))
        self._text.setAccessibleDescription(
            self.tr(
                "What the tasks printed, with time and task, whoever ran the pass; the latest is at the end. "
                "What went to the error stream is marked with err."
            )
        )
        self.setFocusProxy(self._text)
        self._search.field.setMaximumWidth(by_font(self, 260))
        row = QHBoxLayout()
        row.addWidget(self._command, 1)
        for widget in (self._copy, self._search, self._only, self._follow, self._copy_all):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self._text)

    def _connect(self) -> None:
        self._copy.clicked.connect(self.copy_command)
        self._copy_all.clicked.connect(self.copy_all)
        self._follow.clicked.connect(self.follow)
        self._only.toggled.connect(self._show_all)
        bar = self._text.verticalScrollBar()
        bar.valueChanged.connect(self._update_follow_button)
        bar.rangeChanged.connect(self._update_follow_button)
        self._session.instance_changed.connect(self._show_command)
        self._session.pass_started.connect(self._show_command)
        self._output.begun.connect(self._on_begun)
        self._output.grown.connect(self._on_grown)
        self._copy_query.answered.connect(self._on_text_joined)
        self._clock.changed.connect(self._on_clock_changed)

    # -- intents ------------------------------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Take a task for the selected one; an empty name: none is."""
        if name != self._task:
            self._task = name
            if self._only.isChecked():
                self._show_all()

    def copy_command(self) -> None:
        """Put the command line on the clipboard."""
        self._clipboard.setText(self._session.command_line)

    def copy_all(self) -> None:
        """Put all output that is kept on the clipboard, as soon as it is read."""
        self._copies_when_read = not self._output.is_read
        if not self._copies_when_read:
            self._copy_query.ask(partial(_joined, [*self._output.lines], self._clock.stamp))

    def follow(self) -> None:
        """Go to the end, and stay there while output comes."""
        self._text.go_to_end()

    def start_search(self) -> None:
        """Move the keyboard to the search field."""
        self._search.start()

    @property
    def follows(self) -> bool:
        """Whether the end is in sight; then it stays so."""
        return self._text.follows

    # -- facts --------------------------------------------------------------------------------------------

    def _show_command(self) -> None:
        self._command.setText(self._session.command_line)
        self._command.setCursorPosition(0)

    def _show_all(self) -> None:
        self._text.setPlaceholderText(self._say_why_empty())
        self._text.show_lines(self._wanted(self._output.lines), self._wanted(self._output.latest))

    def _say_why_empty(self) -> str:
        problem = self._output.problem
        if problem is not None:
            return self.tr("What tasks printed cannot be read: {}").format(problem)
        if self._only.isChecked() and self._task:
            return self.tr("{} has printed nothing.").format(self._task)
        return self.tr("What tasks print is kept and shown here, whoever runs the pass. Advance runs one.")

    def _wanted(self, lines: Sequence[OutputLine]) -> Sequence[OutputLine]:
        if not (self._only.isChecked() and self._task):
            return lines
        task = self._task
        return [line for line in lines if not line.at or task == line.task or task in line.task.split(", ")]

    def _on_begun(self) -> None:
        self._copy_query.forget()
        self._show_all()
        if self._copies_when_read:
            self.copy_all()

    def _on_grown(self, lines: list[OutputLine]) -> None:
        output = self._output
        self._text.add_lines(
            list(self._wanted(lines)), self._wanted(output.latest), lambda: self._wanted(output.lines)
        )

    def _on_text_joined(self, text: str) -> None:
        self._clipboard.setText(text)

    def _on_clock_changed(self) -> None:
        if self._is_utc != (self._clock.style is TimeStyle.UTC):
            self._is_utc = not self._is_utc
            self._show_all()

    def _update_follow_button(self) -> None:
        self._follow.setEnabled(not self.follows)


def _joined(lines: list[OutputLine], stamp: Callable[[int], str]) -> str:
    return "".join(f"{text}\n" for text in line_texts(lines, stamp))
