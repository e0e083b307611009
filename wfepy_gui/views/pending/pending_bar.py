"""The bar that says that changes are pending, or that others saved meanwhile what was changed here too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStyle, QToolButton, QWidget

from wfepy_gui.instance.editing import who_saved
from wfepy_gui.text.translation import tr
from wfepy_gui.views.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from wfepy_gui.instance.editing import Editing
    from wfepy_gui.instance.merge import Merge


class PendingBar(QFrame):
    """Two bars in one place: a quiet one for pending changes, a louder one for a merge.

    Args:
        quiet: actions beside pending changes.
        loud: actions beside a merge; a last button hides it until something happens.
    """

    def __init__(
        self, editing: Editing, quiet: list[QAction], loud: list[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._put_aside: Merge | None = None
        self._icon = PlainLabel(parent=self)
        self._text = PlainLabel(parent=self)
        self._keep = QToolButton(self)
        self._quiet = [self._button(action) for action in quiet]
        self._loud = [*(self._button(action) for action in loud), self._keep]
        self._build()
        self._keep.clicked.connect(self._on_keep_clicked)
        self._editing.changed.connect(self._fill)
        self._fill()

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Pending changes"))
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._keep.setText(self.tr("Keep editing"))
        self._keep.setToolTip(self.tr("Hide this; Apply asks again"))
        self._keep.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        for button in (*self._quiet, *self._loud):
            row.addWidget(button)

    def show_merge_again(self) -> None:
        """Apply was asked for while a merge stands: say so again."""
        self._put_aside = None
        self._fill()

    def _on_keep_clicked(self) -> None:
        self._put_aside = self._editing.merge
        self._fill()

    def _fill(self) -> None:
        editing = self._editing
        merge, count = editing.merge, len(editing.changes)
        is_loud = merge is not None and merge is not self._put_aside
        if merge is not None and is_loud:
            self._text.setText(merge_sentence(merge))
        elif editing.is_saving:
            self._text.setText(self.tr("Saving your changes…"))
        else:
            self._text.setText(pending_sentence(count, is_held=merge is not None))
        kind = QStyle.StandardPixmap.SP_MessageBoxWarning if is_loud else QStyle.StandardPixmap.SP_FileIcon
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(self.style().standardIcon(kind).pixmap(size, size))
        self.setAccessibleDescription(self._text.text())
        for button in self._quiet:
            button.setVisible(not is_loud)
        for button in self._loud:
            button.setVisible(is_loud)
        self.setVisible(count > 0 or merge is not None)


def pending_sentence(count: int, *, is_held: bool = False) -> str:
    """How many changes wait."""
    text = tr("1 change is pending") if count == 1 else tr("{} changes are pending").format(count)
    held = tr("It was saved by others meanwhile: applying will ask.") if is_held else ""
    return " ".join(filter(None, [tr("{}: shown here, not saved yet.").format(text), held]))


def merge_sentence(merge: Merge) -> str:
    """Who saved meanwhile, and how that meets what was changed here."""
    theirs, both = len(merge.their_keys), len(merge.conflicts)
    parts = []
    if theirs:
        text = tr("1 key changed by them") if theirs == 1 else tr("{} keys changed by them")
        parts.append(text.format(theirs))
    if both and theirs:
        parts.append(tr("{} by both").format(both))
    elif both:
        text = tr("1 key changed by both") if both == 1 else tr("{} keys changed by both")
        parts.append(text.format(both))
    if merge.lost:
        parts.append(tr("{} of your interventions no longer fit").format(len(merge.lost)))
    text = tr("{} saved this instance meanwhile: {}. Yours are kept.")
    return text.format(who_saved(merge.theirs), ", ".join(parts))
