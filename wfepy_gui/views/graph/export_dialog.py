"""Asks what to export and how."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr
from wfepy_gui.views.graph.export_part import ExportScope
from wfepy_gui.views.graph.navigation import MAX_DEPTH
from wfepy_gui.views.widgets.labels import name_control
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

FORMATS = {
    "svg": QT_TR_NOOP("SVG: sharp at any size, for web pages and documents"),
    "pdf": QT_TR_NOOP("PDF: one page of the size of the picture"),
    "png": QT_TR_NOOP("PNG: pixels"),
    "dot": QT_TR_NOOP("DOT: text for Graphviz"),
    "mmd": QT_TR_NOOP("Mermaid: text for Markdown pages"),
}
TEXTS = ("dot", "mmd")


class ExportChoice(NamedTuple):
    """What to export.

    Attributes:
        part: how much of the graph.
        depth: of the neighbourhood, in transitions.
        output_format: one of `FORMATS`.
        scale: of a PNG, in pixels to the point.
        dark: whether on a dark page.
        title: above the graph; None: the name of the instance.
        legend: whether colours, lines and marks are explained.
        stamp: whether it says when the shown state was saved.
    """

    part: ExportScope = ExportScope.WHOLE
    depth: int = 1
    output_format: str = "svg"
    scale: float = 2.0
    dark: bool = False
    title: str | None = None
    legend: bool = True
    stamp: bool = True


class ExportDialog(QDialog):
    """The whole graph on a light page unless something else is chosen.

    Signals:
        save_wanted, copy_wanted, print_wanted: each with the `ExportChoice`.
    """

    save_wanted = Signal(ExportChoice)
    copy_wanted = Signal(ExportChoice)
    print_wanted = Signal(ExportChoice)

    def __init__(self, title: str, selected: str, depth: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = {part: QRadioButton(label_of(part), self) for part in ExportScope}
        self._group = QButtonGroup(self)
        self._depth = QSpinBox(self)
        self._format = QComboBox(self)
        self._scale = QDoubleSpinBox(self)
        self._colours = QComboBox(self)
        self._title = QLineEdit(title, self)
        self._legend = QCheckBox(self.tr("Legend with counts"), self)
        self._stamp = QCheckBox(self.tr("Status and time of the last save"), self)
        self._buttons = QDialogButtonBox(self)
        self._build(selected, depth)
        self._connect()
        self._update_enabled()

    def _build(self, selected: str, depth: int) -> None:
        self.setWindowTitle(self.tr("Export the graph"))
        make_one_shot(self)
        self._parts[ExportScope.WHOLE].setChecked(True)
        neighbourhood = self._parts[ExportScope.NEIGHBOURHOOD]
        neighbourhood.setEnabled(bool(selected))
        if selected:
            neighbourhood.setText(self.tr("The neighbourhood of {0}").format(selected.replace("&", "&&")))
        self._depth.setRange(1, MAX_DEPTH)
        self._depth.setValue(depth)
        self._depth.setPrefix(self.tr("depth "))
        self._scale.setRange(0.5, 8.0)
        self._scale.setSingleStep(0.5)
        self._scale.setDecimals(1)
        self._scale.setValue(2.0)
        self._scale.setSuffix(self.tr(" pixels to the point"))
        for output_format, caption in FORMATS.items():
            self._format.addItem(tr(caption), output_format)
        self._colours.addItems([self.tr("Light"), self.tr("Dark")])
        for check in (self._legend, self._stamp):
            check.setChecked(True)
        self._name_fields()
        self._fill_form()

    def _name_fields(self) -> None:
        depth = self.tr("How many transitions away from the selected task.")
        name_control(self._depth, self.tr("Depth of the neighbourhood"), depth)
        name_control(self._scale, self.tr("Scale of a PNG"), self.tr("How many pixels a point has."))
        name_control(self._format, self.tr("Format"), self.tr("Of the file or the clipboard."))
        name_control(self._colours, self.tr("Colours"), self.tr("Of the page of the picture."))
        name_control(self._title, self.tr("Title"), self.tr("Above the graph; may be empty."))

    def _fill_form(self) -> None:
        form = QFormLayout()
        for part, button in self._parts.items():
            self._group.addButton(button)
            form.addRow(self.tr("Export") if part is ExportScope.WHOLE else "", button)
        form.addRow("", self._depth)
        form.addRow(self.tr("&Format"), self._format)
        form.addRow(self.tr("Sca&le"), self._scale)
        form.addRow(self.tr("&Colours"), self._colours)
        form.addRow(self.tr("&Title"), self._title)
        form.addRow("", self._legend)
        form.addRow("", self._stamp)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        box, role = self._buttons, QDialogButtonBox.ButtonRole
        self._save = box.addButton(self.tr("&Save…"), role.AcceptRole)
        self._copy = box.addButton(self.tr("Cop&y"), role.ActionRole)
        self._print = box.addButton(self.tr("&Print…"), role.ActionRole)
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        without_pictures(box)
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._print.clicked.connect(self._on_print_clicked)
        box.rejected.connect(self.reject)
        self._format.currentIndexChanged.connect(self._update_enabled)
        self._group.buttonToggled.connect(self._update_enabled)

    def _update_enabled(self) -> None:
        """Only what has a meaning for the format can be chosen."""
        output_format = self._format.currentData()
        is_text = output_format in TEXTS
        self._depth.setEnabled(self._parts[ExportScope.NEIGHBOURHOOD].isChecked())
        self._scale.setEnabled(output_format == "png")
        for widget in (self._colours, self._legend, self._stamp, self._print):
            widget.setEnabled(not is_text)

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        return ExportChoice(
            part=next(part for part, button in self._parts.items() if button.isChecked()),
            depth=self._depth.value(),
            output_format=self._format.currentData(),
            scale=self._scale.value(),
            dark=self._colours.currentIndex() == 1,
            title=self._title.text(),
            legend=self._legend.isChecked(),
            stamp=self._stamp.isChecked(),
        )

    def _on_save_clicked(self) -> None:
        self.save_wanted.emit(self.choice)
        self.accept()

    def _on_copy_clicked(self) -> None:
        self.copy_wanted.emit(self.choice)
        self.accept()

    def _on_print_clicked(self) -> None:
        self.print_wanted.emit(self.choice)
        self.accept()
