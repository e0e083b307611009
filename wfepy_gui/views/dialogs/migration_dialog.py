"""The mapping assistant: says what became of the tasks that a changed module no longer has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.instance.drift_mapping import map_arguments, moved_tokens, suggestions
from wfepy_gui.text.command_text import shell_line
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.widgets.labels import PlainLabel, by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from wfepy_gui.instance.drift_mapping import Drift
    from wfepy_gui.instance.instance_view import InstanceView

WIDTH, HEIGHT = 720, 520
OLD, STATUS, NEW = range(3)


class MigrationDialog(QDialog):
    """Show it with `open()`. Every task that is gone has a row; what to do with it is suggested, and chosen.

    Signals:
        agreed: the arguments of the `wfepy` command that moves the instance, a tuple of texts.
    """

    agreed = Signal(tuple)

    def __init__(
        self,
        path: str,
        view: InstanceView,
        drift: Drift,
        program: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._view = view
        self._drift = drift
        self._program = program
        self._choices: dict[str, QComboBox] = {}
        self._table = QTableWidget(len(drift.removed), 3, self)
        self._preview = QPlainTextEdit(self)
        self._reason = QLineEdit(self)
        self._command = QLineEdit(self)
        self._build()
        self._fill()
        self._show_preview()

    def _build(self) -> None:
        make_one_shot(self)
        self.setWindowTitle(self.tr("Move to the changed module"))
        self.resize(by_font(self, WIDTH), by_font(self, HEIGHT))
        self._preview.setReadOnly(True)
        self._preview.setAccessibleName(self.tr("Where the instance stands afterwards"))
        self._reason.setPlaceholderText(self.tr("Reason (kept in the history)"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.textChanged.connect(self._show_preview)
        self._command.setReadOnly(True)
        self._command.setAccessibleName(self.tr("The same as a command"))
        self._command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(self)
        move = buttons.addButton(self.tr("&Move the instance"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        without_pictures(buttons)
        move.setAutoDefault(False)
        cancel.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        note = PlainLabel(
            self.tr("The module differs from this instance. {}.").format(self._drift.sentence), self
        )
        note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addWidget(self._table, 2)
        column.addWidget(PlainLabel(self.tr("The instance stands afterwards:"), self))
        column.addWidget(self._preview, 1)
        for widget in (self._reason, self._command, buttons):
            column.addWidget(widget)

    def _fill(self) -> None:
        table, likely = self._table, suggestions(self._drift)
        table.setAccessibleName(self.tr("Tasks that the module no longer has"))
        table.setHorizontalHeaderLabels([self.tr("Gone"), self.tr("Status"), self.tr("Becomes")])
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setVisible(bool(self._drift.removed))
        for row, old in enumerate(self._drift.removed):
            status = self._view.statuses.get(old)
            table.setItem(row, OLD, QTableWidgetItem(old))
            table.setItem(row, STATUS, QTableWidgetItem(label_of(status) if status else ""))
            table.setCellWidget(row, NEW, self._choice(old, likely[old]))
        for column in (OLD, STATUS):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(NEW, QHeaderView.ResizeMode.Stretch)

    def _choice(self, old: str, likely: str | None) -> QComboBox:
        box = QComboBox(self._table)
        box.setAccessibleName(self.tr("What {} becomes").format(old))
        box.addItem(self.tr("dropped: its token and record are forgotten"), None)
        for new in self._drift.added:
            box.addItem(self.tr("{} (suggested)").format(new) if new == likely else new, new)
        box.setCurrentIndex(max(0, box.findData(likely)) if likely else 0)
        box.currentIndexChanged.connect(partial(self._show_preview))
        self._choices[old] = box
        return box

    @property
    def mapping(self) -> dict[str, str | None]:
        """What is chosen: the new name of each task that is gone, or None."""
        return {old: box.currentData() for old, box in self._choices.items()}

    @property
    def arguments(self) -> tuple[str, ...]:
        """The command line that does what is chosen, without the program."""
        reason = ("--reason", self._reason.text()) if self._reason.text().strip() else ()
        return ("migrate", self._path, *map_arguments(self.mapping), *reason)

    def choose(self, old: str, new: str | None) -> None:
        """Choose what becomes of a task that is gone."""
        box = self._choices[old]
        box.setCurrentIndex(0 if new is None else box.findData(new))

    def _show_preview(self, *_: object) -> None:
        lines = []
        for task, state, target in moved_tokens(self._view.snapshot.tokens, self.mapping):
            if not target:
                lines.append(self.tr("{} ({}) is dropped: its branch ends here").format(task, state))
            else:
                lines.append(f"{task} → {target} ({state})" if target != task else f"{task} ({state})")
        self._preview.setPlainText("\n".join(lines) or self.tr("nowhere: it is finished"))
        self._command.setText(shell_line((*self._program, *self.arguments)))
        self._command.setCursorPosition(0)

    def _on_accepted(self) -> None:
        self.agreed.emit(self.arguments)
        self.accept()
