"""Texts in the operator's language, for whatever is no `QObject`: those have `self.tr`.

`make translations` finds the literals given to `tr` and `QT_TR_NOOP`, and the words of the core's statuses.
Sentences of the core itself stay as the commands print them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from wfepy_core.time_text import in_words

if TYPE_CHECKING:
    import enum

    from wfepy_core.model.status import InstanceStatus, TaskStatus, TransitionStatus

CONTEXT = ""
"""Where Qt looks for texts of functions: `lupdate` knows no class for them."""


def tr(text: str) -> str:
    """A text in the operator's language; numbers and names are put into what comes back."""
    return QCoreApplication.translate(CONTEXT, text)


def QT_TR_NOOP(text: str) -> str:
    """A text of a table, as it stands in the sources; `tr` translates it when it is shown."""
    return text


def label_of(one: enum.Enum) -> str:
    """The word on screen for a status, a problem, a level of news…: its `value`, translated."""
    return tr(str(one.value))


def description(status: InstanceStatus | TaskStatus | TransitionStatus) -> str:
    """What a status says, in a few words."""
    return tr(status.description)


def duration(length: int) -> str:
    """A length of time in the operator's language: `3 days 4 h`, `12 min`, `a moment` below one second."""
    return in_words(length, tr)


def how_often(count: int) -> str:
    """How often: `once`, `3 times`."""
    return tr("once") if count == 1 else tr("{} times").format(count)
