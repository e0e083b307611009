"""Asks for a new key or item: where it goes, its key, its type and its value."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.models.context.value_text import first_value, value_from_text
from wfepy_gui.models.context.value_types import CHOICES, KEY_CHOICES, ValueType, type_of_value
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.context.value_editors import input_for
from wfepy_gui.views.widgets.keyboard_focus import step
from wfepy_gui.views.widgets.labels import PlainLabel, by_font, name_control
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from wfepy_gui.views.context.value_editors import ValueInput


class Target(NamedTuple):
    """A container that can take a new value.

    Attributes:
        caption: for people.
        place: where the new value will be.
        keys: the container's keys in JSON form; None where members have a position only.
    """

    caption: str
    place: tuple[int, ...]
    keys: tuple[Any, ...] | None


class NewValueDialog(QDialog):
    """Show it with `open()`.

    Signals:
        wanted: place (of the new value), key (empty for an item) and value, both in JSON form.
    """

    wanted = Signal(object, object, object)

    def __init__(self, targets: list[Target], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets = targets
        self._where = QComboBox(self)
        self._key_kind = QComboBox(self)
        self._kind = QComboBox(self)
        self._key = QLineEdit(self)
        self._input: ValueInput | None = None
        self._problem = PlainLabel(parent=self)
        self._form = QFormLayout()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        without_pictures(self._buttons)
        self._build()
        self._connect()
        self._choose_target()
        self._choose_kind()

    def _build(self) -> None:
        make_one_shot(self)
        self.setWindowTitle(self.tr("Add key or item"))
        self._where.addItems([target.caption for target in self._targets])
        self._key_kind.addItems([label_of(kind) for kind in KEY_CHOICES])
        self._kind.addItems([label_of(kind) for kind in CHOICES])
        self._kind.setMaxVisibleItems(len(CHOICES))
        self._problem.setAccessibleName(self.tr("What is wrong"))
        self._problem.setWordWrap(True)
        for caption, widget, meaning in (
            (self.tr("&Where"), self._where, self.tr("In which container, and where in it.")),
            (self.tr("&Key"), self._key, self.tr("Under which key; items of lists have none.")),
            (self.tr("T&ype of key"), self._key_kind, self.tr("What kind of value the key is.")),
            (self.tr("Typ&e"), self._kind, self.tr("What kind of value it is.")),
        ):
            name_control(widget, caption.replace("&", ""), meaning)
            self._form.addRow(caption, widget)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("&Add"))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setDefault(True)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addWidget(self._buttons)
        self.setMinimumWidth(by_font(self, 420))

    def _connect(self) -> None:
        self._where.currentIndexChanged.connect(self._choose_target)
        self._kind.currentIndexChanged.connect(self._choose_kind)
        self._key.textEdited.connect(self._check_input)
        self._key_kind.currentIndexChanged.connect(self._check_input)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)

    def _target(self) -> Target:
        return self._targets[self._where.currentIndex()]

    def _choose_target(self) -> None:
        has_keys = self._target().keys is not None
        self._key.setEnabled(has_keys)
        kinds = [type_of_value(key) for key in self._target().keys or ()]
        has_kinds = any(kind is not ValueType.TEXT for kind in kinds)
        self._form.setRowVisible(self._key_kind, has_kinds)
        is_choice = has_kinds and kinds[-1] in KEY_CHOICES
        self._key_kind.setCurrentIndex(KEY_CHOICES.index(kinds[-1] if is_choice else ValueType.TEXT))
        self._key.setPlaceholderText("" if has_keys else self.tr("items have a position, no key"))
        (self._key if has_keys else self._kind).setFocus()
        self._check_input()

    def _choose_kind(self) -> None:
        kind = CHOICES[self._kind.currentIndex()]
        if self._input is not None:
            self._form.removeRow(self._input)
        self._input = input_for(first_value(kind), kind)
        if self._input is not None:
            self._input.setAccessibleName(self.tr("Value"))
            self._input.edited.connect(self._check_input)
            self._form.addRow(self.tr("&Value"), self._input)
        self._order_tabs()
        self._check_input()

    def _order_tabs(self) -> None:
        """From top to bottom, as the rows stand; the input was made last."""
        buttons = self._buttons.buttons()
        parts = [self._input.focusProxy()] if self._input is not None else []
        order = [self._where, self._key, self._key_kind, self._kind, *filter(None, parts), *buttons]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def _check_input(self) -> None:
        is_missing = self._target().keys is not None and not self._key.text()
        problem = "" if is_missing else self._key_problem()
        problem = problem or (self._input.problem() if self._input is not None else "")
        self._problem.setText(problem)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem and not is_missing)

    def _key_problem(self) -> str:
        keys = self._target().keys
        try:
            is_there = keys is not None and self._typed_key() in keys
        except ValueError as error:
            return str(error)
        return self.tr("There is a key {} already.").format(self._key.text()) if is_there else ""

    def _typed_key(self) -> Any:
        return value_from_text(KEY_CHOICES[self._key_kind.currentIndex()], self._key.text())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab and Shift+Tab go on as the form is read: parts of it are made later, or are made of parts."""
        return step(self, (), is_next)

    def _on_accepted(self) -> None:
        kind = CHOICES[self._kind.currentIndex()]
        value = first_value(kind) if self._input is None else self._input.encoded()
        key = self._typed_key() if self._target().keys is not None else ""
        self.accept()
        self.wanted.emit(self._target().place, key, value)
