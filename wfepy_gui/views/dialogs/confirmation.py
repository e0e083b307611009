"""Asks before something is changed by hand, pending changes are lost, or code is run; the default is No."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.explain.list_text import and_more
from wfepy_gui.text.translation import tr
from wfepy_gui.views.explain.row_tree import RowTree
from wfepy_gui.views.widgets.labels import PlainLabel, by_font, make_narrow, text_flags
from wfepy_gui.views.widgets.one_shot import make_one_shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from wfepy_gui.models.explanations.rows import Row
    from wfepy_gui.preferences.trust import CodeFile
    from wfepy_gui.theme import Theme


ICON_SIZE = 32


class ConfirmationRequest(NamedTuple):
    """What is asked.

    Attributes:
        title: of the dialog.
        text: the question, one sentence.
        rows: all it affects.
        warnings: what the operator should know before; may be empty.
        verb: on the button that agrees.
        note: what happens when agreed: saved at once, or kept with other changes.
        command: the same as a command for a terminal, given the reason; None: there is none.
    """

    title: str
    text: str
    rows: Sequence[Row]
    warnings: Sequence[str]
    verb: str
    note: str
    command: Callable[[str], str] | None = None


class Confirmation(QDialog):
    """Show it with `open()`.

    Signals:
        agreed: the operator agreed, for this reason (may be empty).
    """

    agreed = Signal(str)

    def __init__(self, question: ConfirmationRequest, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.tree = RowTree(theme, self.tr("What it affects"), self)
        self.reason = QLineEdit(self)
        self.command = QLineEdit(self)
        self.copy_command = QPushButton(self.tr("Cop&y"), self)
        self._buttons = QDialogButtonBox(self)
        make_one_shot(self)
        self.setWindowTitle(question.title)
        self.resize(by_font(self, 620), by_font(self, 460))
        self._build()

    def _build(self) -> None:
        question = self._question
        icon = PlainLabel(parent=self)
        kind = QStyle.StandardPixmap.SP_MessageBoxQuestion
        if question.warnings:
            kind = QStyle.StandardPixmap.SP_MessageBoxWarning
        icon.setPixmap(self.style().standardIcon(kind).pixmap(ICON_SIZE, ICON_SIZE))
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        heading.addWidget(self._label(question.text, self.tr("Question"), bold=True), 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(heading)
        for warning in question.warnings:
            column.addWidget(self._label(self.tr("Warning: {}.").format(warning), self.tr("Warning")))
        self.tree.setAccessibleDescription(self.tr("One row a task, and what follows below it."))
        self.tree.show_rows(question.rows)
        column.addWidget(self.tree, 1)
        self.reason.setPlaceholderText(self.tr("Why? Kept in the history (optional)"))
        self.reason.setAccessibleName(self.tr("Reason, optional"))
        self.reason.setAccessibleDescription(self.reason.placeholderText())
        column.addWidget(self.reason)
        column.addLayout(self._command_row())
        column.addWidget(self._label(question.note, self.tr("What happens then")))
        column.addWidget(self._buttons)
        self.no = self._button(self.tr("&No"), QDialogButtonBox.ButtonRole.RejectRole)
        self.yes = self._button(question.verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.reason.textChanged.connect(self.show_command)
        self.show_command()
        self.no.setDefault(True)
        self.no.setFocus()
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)

    def _command_row(self) -> QHBoxLayout:
        """The same for a terminal, to be copied."""
        self.command.setReadOnly(True)
        self.command.setAccessibleName(self.tr("The same as a command"))
        self.command.setAccessibleDescription(self.tr("For a terminal; it can be copied."))
        self.command.setPlaceholderText(self.tr("The same as a command"))
        self.copy_command.setToolTip(self.tr("Copy the command"))
        self.copy_command.setAutoDefault(False)
        self.copy_command.clicked.connect(self._on_copy_clicked)
        row = QHBoxLayout()
        row.addWidget(self.command, 1)
        row.addWidget(self.copy_command)
        for widget in (self.command, self.copy_command):
            widget.setVisible(self._question.command is not None)
        return row

    def show_command(self) -> None:
        """What is asked, or its reason, is another."""
        command = self._question.command
        self.command.setText(command(self.reason.text().strip()) if command is not None else "")
        self.command.setCursorPosition(0)

    def _on_copy_clicked(self) -> None:
        self.command.selectAll()
        self.command.copy()

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = self._buttons.addButton(text, role)
        button.setAutoDefault(False)  # Enter means the default, No, wherever the keyboard is
        return button

    def _label(self, text: str, name: str, *, bold: bool = False) -> QLabel:
        label = PlainLabel(text, self)
        label.setAccessibleName(name)
        make_narrow(label)
        label.setTextInteractionFlags(text_flags())
        if bold:
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        return label

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after the reason is typed goes on to the buttons; it must not throw the reason away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reason.hasFocus():
            self.no.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _on_accepted(self) -> None:
        self.agreed.emit(self.reason.text().strip())
        self.accept()


class DiscardDialog(QMessageBox):
    """Show it with `open()`.

    Args:
        question: what is about to happen.
        captions: the changes that would be lost.
        discard: caption of the button that loses them.

    Signals:
        discarded: the operator lets the changes go.
    """

    discarded = Signal()

    def __init__(
        self, question: str, captions: list[str], discard: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("Changes are pending"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(question)
        shown = captions[:8]
        more = [and_more(len(captions) - 8, tr)] if len(captions) > 8 else []
        self.setInformativeText("\n".join(f"• {caption}" for caption in [*shown, *more]))
        lose = self.addButton(discard, QMessageBox.ButtonRole.DestructiveRole)
        self._keep = keep = self.addButton(self.tr("&Keep them"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)
        lose.clicked.connect(self.discarded)

    def call_it(self, title: str, keep: str) -> None:
        """Another title, and another caption for the button that keeps all."""
        self.setWindowTitle(title)
        self._keep.setText(keep)


MOST_LINES = 12
"""Files named in the question itself; the details name them all."""


class TrustDialog(QMessageBox):
    """Show it with `open()`.

    Signals:
        agreed: the files may run; with a folder: everything in it may, from now on.
    """

    agreed = Signal(str)

    def __init__(
        self,
        files: tuple[CodeFile, ...],
        parent: QWidget | None = None,
        *,
        does: str = "",
        changed: frozenset[str] = frozenset(),
        again: bool = False,
    ) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Run this code?"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText("\n".join([does or self.tr("This runs the code in"), *self._lines(files, changed)]))
        self.setInformativeText(self._explanation(files, again))
        unknown = tr("unknown")
        prints = [f"{_on_one_line(file.name)}\nSHA-256 {file.sha256 or unknown}" for file in files]
        self.setDetailedText("\n\n".join(prints))
        self._folder = next((file.root for file in files if file.root), "")
        if self._folder:
            folder = _on_one_line(self._folder).replace("&", "&&")
            trusts = self.tr("&Trust everything in {}, also when it changes").format(folder)
            self.setCheckBox(QCheckBox(trusts, self))
        run = self.addButton(self.tr("&Run it"), QMessageBox.ButtonRole.AcceptRole)
        no = self.addButton(self.tr("&No"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(no)
        self.setEscapeButton(no)
        run.clicked.connect(self._on_run_clicked)

    def _lines(self, files: tuple[CodeFile, ...], changed: frozenset[str]) -> list[str]:
        marked = self.tr("{} (changed)")
        lines = [
            marked.format(_on_one_line(file.name)) if file.name in changed else _on_one_line(file.name)
            for file in files
        ]
        rest = len(lines) - MOST_LINES
        return [*lines[:MOST_LINES], *([self.tr("and {} more").format(rest)] if rest > 0 else [])]

    def _explanation(self, files: tuple[CodeFile, ...], again: bool) -> str:
        if again and all(file.sha256 for file in files):
            return self.tr(
                "It became other code while you were asked, and nothing has run. Your answer to the question "
                "before does not hold for it: look at it again."
            )
        if all(file.sha256 for file in files):
            return self.tr(
                "It runs as you, with all you may do, and was not run from here before in this form. "
                "The answer is remembered until the code changes."
            )
        return self.tr(
            "It runs as you, with all you may do. What is named without a file cannot be found from here, so "
            "nobody can say what would run: this is asked each time."
        )

    def _on_run_clicked(self) -> None:
        box = self.checkBox()
        self.agreed.emit(self._folder if box is not None and box.isChecked() else "")


def _on_one_line(path: str) -> str:
    """A path that cannot look like two, or like another one."""
    return path if path.isprintable() else repr(path)
