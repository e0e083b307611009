"""Where instances come from: dialogs that make a state file by the ordinary commands, in a child process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from wfepy_core.storage.file_names import STATE_SUFFIX
from wfepy_gui.models.context.json_text import read_first
from wfepy_gui.views.context.json_editor import JsonEditor
from wfepy_gui.views.dialogs.file_dialog import PathField
from wfepy_gui.views.widgets.keyboard_focus import step
from wfepy_gui.views.widgets.labels import PlainLabel, by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QThreadPool

    from wfepy_gui.theme import Theme


class Request(NamedTuple):
    """A state file to be made.

    Attributes:
        arguments: of the `wfepy` command, without `--module`.
        modules: paths or dotted names.
        state: the state file.
        given: what the command reads from stdin.
    """

    arguments: tuple[str, ...]
    modules: tuple[str, ...]
    state: str
    given: str = ""


class BaseInstanceDialog(QDialog):
    """Asks for a module and a state file; stays open until the command has made the file.

    Signals:
        wanted: a `Request`.
    """

    wanted = Signal(Request)

    def __init__(self, modules: Sequence[str], state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self._more = tuple(modules[1:])
        filters = [self.tr("Workflow modules (*.py)"), self.tr("All files (*)")]
        self._module = PathField(self.tr("Workflow module"), filters, parent=self)
        filters = [self.tr("State files (*.wfstate)")]
        self._state = PathField(self.tr("State file"), filters, makes=True, parent=self)
        self._obstacle = PlainLabel(parent=self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        without_pictures(self._buttons)
        self._is_busy = False
        self._module.path = modules[0] if modules else ""
        self._state.path = state
        self.form = QFormLayout()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.resize(by_font(self, 620), by_font(self, 200))
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.addRow(self.tr("Workflow &module"), self._module)
        self.form.addRow(self.tr("State &file"), self._state)
        self._obstacle.setWordWrap(True)
        self._obstacle.setAccessibleName(self.tr("What is missing"))
        self._obstacle.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._make = self._buttons.addButton(self.tr("&Start"), QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.addLayout(self.form, 1)
        column.addWidget(self._obstacle)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self._module.changed.connect(self.check_input)
        self._state.changed.connect(self.check_input)
        self._make.clicked.connect(self._on_make_clicked)
        self._buttons.rejected.connect(self.reject)

    # -- for the kinds of it ------------------------------------------------------------------------------

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules as they are written there."""
        return (self._module.path, *self._more)

    @property
    def state(self) -> str:
        """The state file to be made."""
        path = self._state.path
        return path if not path or path.endswith(STATE_SUFFIX) else path + STATE_SUFFIX

    def request(self) -> Request:
        """What to make."""
        raise TypeError("a kind of instance dialog says what it makes")

    def problem(self) -> str:
        """What is still missing, in a sentence; empty: nothing."""
        if not self._module.path:
            return self.tr("Choose the workflow module: a .py file, or a dotted name.")
        if not self.state:
            return self.tr("Name the state file to be made.")
        if Path(self.state).exists():
            return self.tr("{} exists already; choose another name.").format(self.state)
        folder = Path(self.state).absolute().parent
        return "" if folder.is_dir() else self.tr("The folder {} does not exist.").format(folder)

    # -- what happens -------------------------------------------------------------------------------------

    def check_input(self) -> None:
        """Say what is missing; nothing can be made until nothing is."""
        problem = self.problem()
        self._obstacle.setText(problem)
        self._make.setEnabled(not problem and not self._is_busy)

    def refuse(self, reason: str) -> None:
        """The command could not do it; what was typed stays."""
        self._is_busy = False
        self.check_input()
        self._obstacle.setText(reason)

    def wait(self) -> None:
        """The command runs."""
        self._is_busy = True
        self.check_input()
        self._obstacle.setText(self.tr("Making {}…").format(self.state))

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab and Shift+Tab go on as the form is read: parts of it are made later, or are made of parts."""
        return step(self, (), is_next)

    def _on_make_clicked(self) -> None:
        self.check_input()
        if self._make.isEnabled():
            self.wanted.emit(self.request())


class NewInstanceDialog(BaseInstanceDialog):
    """Starts an instance of a workflow with a first context."""

    def __init__(
        self,
        modules: Sequence[str],
        state: str,
        theme: Theme,
        pool: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(modules, state, parent)
        self.setWindowTitle(self.tr("New instance"))
        self.resize(by_font(self, 640), by_font(self, 460))
        self.context = JsonEditor(read_first, self.tr("First context"), theme, pool, self)
        self.context.show_text("{\n  \n}")
        self.form.addRow(self.tr("First &context"), self.context)
        self.context.changed.connect(self.check_input)
        self.context.checked.connect(self.check_input)
        self.check_input()

    def problem(self) -> str:
        """What is still missing, the context included."""
        if not self.context.is_valid:
            return self.tr("Correct the context.")
        return super().problem()

    def request(self) -> Request:
        """`wfepy new`; the context goes through stdin, for it may be long, or secret."""
        given = self.context.text.strip() or "{}"
        return Request(("new", self.state, "--context", "@-"), self.modules, self.state, given)


class ImportDialog(BaseInstanceDialog):
    """Goes on with an instance that the package wfepy 0.1.1 dumped; the dump is read as data, never run."""

    def __init__(self, legacy: str, parent: QWidget | None = None) -> None:
        super().__init__((), str(Path(legacy).with_suffix(STATE_SUFFIX)), parent)
        self._legacy = legacy
        self.setWindowTitle(self.tr("Import an instance of wfepy 0.1.1"))
        shown = QLineEdit(legacy, self)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("Dump"))
        shown.setAccessibleDescription(self.tr("What is imported; it is not changed."))
        self.form.insertRow(0, self.tr("&Dump"), shown)
        hint = PlainLabel(
            self.tr("The dump is read as data: nothing in it is run. It is not changed."),
            self,
        )
        hint.setWordWrap(True)
        self.form.addRow(hint)
        self.check_input()

    def request(self) -> Request:
        """`wfepy import`."""
        return Request(("import", self._legacy, self.state), self.modules, self.state)
