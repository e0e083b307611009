"""What the centre shows while nothing is open: what to do next."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCommandLinkButton, QScrollArea, QStyle, QVBoxLayout, QWidget

from wfepy_gui.views.widgets.labels import PlainLabel, by_font

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from wfepy_gui.preferences.settings import Settings

SHOWN = 6
WIDTH = 460
_FILE, _FOLDER = QStyle.StandardPixmap.SP_FileIcon, QStyle.StandardPixmap.SP_DirIcon


class Welcome(QWidget):
    """Ways to open something.

    Signals:
        open_wanted: a recent path was chosen.
    """

    open_wanted = Signal(str)

    def __init__(
        self, settings: Settings, actions: tuple[QAction, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._recent = QVBoxLayout()
        self._build(actions)
        self.refresh()

    def _build(self, actions: tuple[QAction, ...]) -> None:
        box = QWidget(self)
        box.setFixedWidth(by_font(self, WIDTH))
        column = QVBoxLayout(box)
        title = PlainLabel(self.tr("Nothing is open"), box)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        title.setFont(font)
        column.addWidget(title)
        hint = PlainLabel(
            self.tr(
                "Open a state file to see where it stands and why, or drop files, folders and modules here. "
                "Opening never runs code."
            ),
            box,
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        for action, icon in zip(actions, (_FILE, _FOLDER, _FILE), strict=True):
            caption = action.text().replace("&", "").rstrip("…")
            keys = action.shortcut().toString()
            button = QCommandLinkButton(caption, f"{action.statusTip()} ({keys})", box)
            button.clicked.connect(action.trigger)
            _give_room(button)
            button.setIcon(self.style().standardIcon(icon))
            column.addWidget(button)
        column.addLayout(self._recent)
        column.addSpacing(12)
        hint = PlainLabel(self.tr("F1 shows all keys, Ctrl+Shift+P finds any command."), box)
        column.addWidget(hint)
        page = QWidget(self)
        centred = QVBoxLayout(page)
        centred.addStretch(1)
        centred.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        centred.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scrolled(page))

    def _scrolled(self, page: QWidget) -> QScrollArea:
        """The page, where it may be higher than the window: that would grow with it, and stay so."""
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setViewport(QWidget(area))  # Qt's own is unknown to PySide, see `TaskPanel`
        area.setWidget(page)
        area.setMinimumWidth(page.minimumSizeHint().width())
        page.setAutoFillBackground(False)
        return area

    def refresh(self) -> None:
        """Show the recent paths as they are now; those that are gone are left out."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        paths = [path for path in self._settings.recent if Path(path).exists()][:SHOWN]
        if paths:
            self._recent.addWidget(PlainLabel(self.tr("Opened lately"), self))
        for path in paths:
            button = QCommandLinkButton(Path(path).name, str(Path(path).parent), self)
            button.clicked.connect(partial(self.open_wanted.emit, path))
            _give_room(button)
            button.setIcon(self.style().standardIcon(_FOLDER if Path(path).is_dir() else _FILE))
            self._recent.addWidget(button)


def _give_room(button: QCommandLinkButton) -> None:
    """Two lines of text; the button's own idea of its height cuts the second one in small fonts."""
    button.setMinimumHeight(button.fontMetrics().lineSpacing() * 2 + 26)
