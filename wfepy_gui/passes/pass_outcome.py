"""How a pass ended, typed and in words."""

from __future__ import annotations

import enum
from typing import NamedTuple

from wfepy_gui.text.command_text import crash_text
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr
from wfepy_gui.workers.child_process import ChildEnd, Stop


@enum.unique
class PassEnd(enum.Enum):
    """How a pass ended. `value` is the sentence on screen."""

    DONE = QT_TR_NOOP("The pass is done.")
    TASK_FAILED = QT_TR_NOOP("A task failed.")
    USAGE = QT_TR_NOOP("The command line was not understood.")
    BAD_STATE = QT_TR_NOOP("The state file or its module cannot be used.")
    NOT_AGREED = QT_TR_NOOP("The code is not what was agreed to.")
    LOCKED = QT_TR_NOOP("Another pass or edit holds this instance.")
    CANCELLED = QT_TR_NOOP("The pass was cancelled.")
    CRASHED = QT_TR_NOOP("The process of the pass crashed.")
    NO_CORE = QT_TR_NOOP("wfepy_core is missing in the Python that runs this workflow.")
    NOT_STARTED = QT_TR_NOOP("The pass could not be started.")


_NO_CORE = ": No module named wfepy_core"
_INTERRUPTED = 130
_BY_CODE = {
    0: PassEnd.DONE,
    1: PassEnd.TASK_FAILED,
    2: PassEnd.USAGE,
    65: PassEnd.BAD_STATE,
    75: PassEnd.LOCKED,
    77: PassEnd.NOT_AGREED,
}


class PassOutcome(NamedTuple):
    """What is known when the process is gone.

    Attributes:
        end: how.
        exit_code: of the process; below zero: minus the number of the signal that ended it.
        stop: what it took to stop it, when somebody cancelled. A pass that was done before it heard of it
            is DONE all the same.
        details: the end of what it printed, or why it could not be started.
    """

    end: PassEnd
    exit_code: int = 0
    stop: Stop = Stop.NOT_ASKED
    details: str = ""

    @property
    def sentence(self) -> str:
        """How it ended, for people; of a crash by which signal."""
        if self.end is not PassEnd.CRASHED:
            return label_of(self.end)
        return tr("The process of the pass {}.").format(crash_text(self.exit_code))


def outcome_of(child: ChildEnd, details: str) -> PassOutcome:
    """What the end of the child means.

    Args:
        child: how the process ended.
        details: the end of what it printed.
    """
    if child.start_error:
        return PassOutcome(PassEnd.NOT_STARTED, details=child.start_error)
    return PassOutcome(_end_of(child, details), child.code, child.stop, details)


def _end_of(child: ChildEnd, details: str) -> PassEnd:
    is_cancelled = child.stop is not Stop.NOT_ASKED
    if is_cancelled and (child.crashed or child.code == _INTERRUPTED):
        return PassEnd.CANCELLED
    if child.code == 1 and details.endswith(_NO_CORE):
        return PassEnd.NO_CORE
    return PassEnd.CRASHED if child.crashed else _BY_CODE.get(child.code, PassEnd.CRASHED)
