"""The bar over the graph that says what is left out, and changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from wfepy_gui.views.graph.navigation import MAX_DEPTH
from wfepy_gui.views.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from wfepy_gui.views.graph.navigation import Navigation


class FilterBar(QWidget):
    """Visible while something is left out, or after a command asked for it.

    Signals:
        closed: the keyboard should go back to the graph.
    """

    closed = Signal()

    def __init__(self, navigation: Navigation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._centre = PlainLabel(parent=self)
        self._depth = QSpinBox(self)
        self._done = QCheckBox(self.tr("Hide what is done"), self)
        self._label_caption = PlainLabel(self.tr("Label"), self)
        self._label = QComboBox(self)
        self._all = QPushButton(self.tr("Show all"), self)
        self._is_wanted = False
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self._depth.setRange(1, MAX_DEPTH)
        name = self.tr("Depth of the neighbourhood, in transitions")
        self._depth.setAccessibleName(name)
        self._depth.lineEdit().setAccessibleName(name)
        self._depth.setToolTip(self.tr("How many transitions away from the task"))
        name = self.tr("Show only tasks with this label")
        self._label.setAccessibleName(name)
        self._label.view().setAccessibleName(name)
        meaning = self.tr("Tasks without it are left out of the picture.")
        self._label.setAccessibleDescription(meaning)
        self._label.view().setAccessibleDescription(meaning)
        self._label.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label_caption.setBuddy(self._label)
        self._all.setToolTip(self.tr("Leave nothing out"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        for widget in (self._centre, self._depth, self._done, self._label_caption, self._label):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._all)

    def _connect(self) -> None:
        self._depth.valueChanged.connect(self._navigation.set_depth)
        self._done.toggled.connect(self._navigation.hide_done)
        self._label.currentIndexChanged.connect(self._on_label_chosen)
        self._all.clicked.connect(self.show_all)
        self._navigation.filter_changed.connect(self._on_filter_changed)

    def choose_label(self) -> None:
        """Show it with the keyboard at the labels."""
        self._is_wanted = True
        self._on_filter_changed()
        self._label.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_all(self) -> None:
        """Leave nothing out and hide the bar."""
        self._is_wanted = False
        self._navigation.show_all()
        self._on_filter_changed()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes back to the graph; so does Escape, and hides the bar if nothing is left out."""
        if event.key() == Qt.Key.Key_Escape:
            self._is_wanted = False
            self._on_filter_changed()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self.closed.emit()

    def _on_label_chosen(self, index: int) -> None:
        self._navigation.filter_label(self._label.itemText(index) if index > 0 else "")

    def _on_filter_changed(self) -> None:
        graph_filter = self._navigation.graph_filter
        with QSignalBlocker(self._depth), QSignalBlocker(self._done), QSignalBlocker(self._label):
            self._depth.setValue(graph_filter.depth)
            self._done.setChecked(graph_filter.hides_done)
            self._fill_labels(graph_filter.label)
        self._centre.setText(self.tr("Around {0}, depth").format(graph_filter.centre))
        for widget in (self._centre, self._depth):
            widget.setVisible(bool(graph_filter.centre))
        self.setVisible(self._is_wanted or not graph_filter.is_everything)

    def _fill_labels(self, chosen: str) -> None:
        labels = self._navigation.labels
        known = [self._label.itemText(index) for index in range(1, self._label.count())]
        if labels != known or not self._label.count():
            self._label.clear()
            self._label.addItems([self.tr("any") if labels else self.tr("no task has one"), *labels])
        self._label.setEnabled(bool(labels))
        self._label.setCurrentIndex(labels.index(chosen) + 1 if chosen in labels else 0)
