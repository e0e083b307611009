"""The question for a file or a folder, and a field for its path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeView,
    QWidget,
)

from wfepy_core.storage.file_names import STATE_SUFFIX
from wfepy_gui.views.widgets.labels import by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence


class FileDialog(QFileDialog):
    """Asked once: connect to `fileSelected` or `filesSelected`, then `open()`; closed, it is gone."""

    def __init__(self, parent: QWidget, caption: str, place: str, kinds: str = "") -> None:
        """Args: place: the folder or file it begins with. kinds: what it shows, as `Pictures (*.png)`."""
        super().__init__(parent, caption, place, kinds)
        make_one_shot(self)
        self.resize(by_font(self, 820), by_font(self, 500))
        for table in self.findChildren(QTreeView):  # a dialog of the system has none
            header = table.header()
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setStretchLastSection(False)
        for buttons in self.findChildren(QDialogButtonBox):
            without_pictures(buttons)


class PathField(QWidget):
    """A path that exists, or with `makes` one that is to be made.

    Signals:
        changed: the text is another one.
    """

    changed = Signal(str)

    def __init__(
        self, name: str, filters: Sequence[str], *, makes: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._filters = tuple(filters)
        self._makes = makes
        self._line = QLineEdit(self)
        self._line.setAccessibleName(name)
        what = self.tr("A file to be made.") if makes else self.tr("A file that exists.")
        self._line.setAccessibleDescription(what)
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setAccessibleName(self.tr("Browse: {}").format(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line, 1)
        row.addWidget(self._browse)
        self.setFocusProxy(self._line)
        self._line.textChanged.connect(self.changed)
        self._browse.clicked.connect(self._on_browse_clicked)

    @property
    def path(self) -> str:
        """What is written there, `~` resolved; may be no path at all."""
        text = self._line.text().strip()
        return str(Path(text).expanduser()) if text.startswith("~") else text

    @path.setter
    def path(self, path: str) -> None:
        self._line.setText(path)
        self._line.setCursorPosition(len(path))

    def _on_browse_clicked(self) -> None:
        dialog = FileDialog(self, self._name, self.path)
        dialog.setNameFilters(list(self._filters))
        if self._makes:
            dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
            dialog.setOption(FileDialog.Option.DontConfirmOverwrite)  # the command never overwrites
            dialog.setDefaultSuffix(STATE_SUFFIX.removeprefix("."))
        else:
            dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        self.path = path
