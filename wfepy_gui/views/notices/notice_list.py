"""All notices of this process, newest first, each with its details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.text.translation import label_of
from wfepy_gui.views.widgets.labels import by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from wfepy_gui.notices import Notice
    from wfepy_gui.text.time_format import Clock


class NoticeList(QDialog):
    """A list of notices and the text of the chosen one."""

    def __init__(
        self, history: tuple[Notice, ...], clipboard: QClipboard, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._notices = history[::-1]
        self._clipboard = clipboard
        self._clock = clock
        self._list = QListWidget(self)
        self._text = QPlainTextEdit(self)
        self._build()
        self._list.currentRowChanged.connect(self._show_row)
        if self._notices:
            self._list.setCurrentRow(0)
        else:
            self._text.setPlainText(self.tr("There were no notices yet."))

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Notices"))
        make_one_shot(self)
        self.resize(by_font(self, 820), by_font(self, 520))
        self._list.setAccessibleName(self.tr("Notices, newest first"))
        self._list.setAccessibleDescription(self.tr("The chosen one is shown below."))
        self._text.setAccessibleName(self.tr("The whole notice"))
        self._text.setAccessibleDescription(self.tr("What happened, what to do, and the details."))
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        for notice in self._notices:
            self._list.addItem(notice.brief)
        self._write_times()
        self._clock.changed.connect(self._write_times)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self._list)
        split.addWidget(self._text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        without_pictures(buttons)
        copy = QPushButton(self.tr("Cop&y"), self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        copy.setAutoDefault(False)
        copy.setEnabled(bool(self._notices))
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(split)
        column.addWidget(buttons)

    def _write_times(self) -> None:
        for row, notice in enumerate(self._notices):
            often = self.tr(" ({} times)").format(notice.times) if notice.times > 1 else ""
            text = f"{self._clock.text(notice.at)}  {label_of(notice.level)}: {notice.brief}{often}"
            self._list.item(row).setText(text)

    def _show_row(self, row: int) -> None:
        self._text.setPlainText(self._notices[row].text if 0 <= row < len(self._notices) else "")

    def _copy(self) -> None:
        self._clipboard.setText(self._text.toPlainText())
