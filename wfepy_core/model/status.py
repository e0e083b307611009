"""The enums of an instance: where it stands, what an operator does to it, how safely it is kept."""

from __future__ import annotations

import enum

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class TaskState(enum.Enum):
    """Where a token stands. The numbers are those of `wfepy` 0.1.1; FAILED is new."""

    NEW = 1
    WAITING = 2
    BLOCKED = 6
    READY = 3
    COMPLETE = 4
    CANCELED = 5
    FAILED = 7


class _Word(enum.Enum):
    """A word a person reads, with what it means; members are declared most urgent first."""

    description: str
    priority: int
    """Display order: 0 is what a person must see first."""

    __hash__ = object.__hash__  # enum's own is a Python call, which shows where a status is a key per task

    def __new__(cls, word: str, description: str) -> Self:
        member = object.__new__(cls)
        member._value_ = word
        member.description = description
        member.priority = len(cls.__members__)
        return member


class TaskStatus(_Word):
    """What a person is shown for a task, most urgent first. `value` is the word on screen."""

    FAILED = "failed", "raised an error; the next pass tries it again"
    INTERRUPTED = "interrupted", "was running when its process ended; the next pass runs it again"
    RUNNING = "running", "is being run by a pass right now"
    WAITING = "waiting", "was run and is not done; every pass asks it again"
    BLOCKED = "blocked", "join point: waits for branches that can still arrive"
    READY = "ready", "the next pass runs it"
    COMPLETE = "complete", "done"
    NOT_REACHED = "not reached", "may still be reached"
    SKIPPED = "skipped", "was never run and cannot be reached any more"


class InstanceStatus(_Word):
    """What a person is shown for an instance, most urgent first. `value` is the word on screen."""

    FAILED = "failed", "a task or condition raised an error"
    INTERRUPTED = "interrupted", "the last pass ended without a save"
    DEAD_END = "dead end", "no token is left and no end point was reached"
    RUNNING = "running", "a pass is running right now"
    WAITING = "waiting", "at least one task waits"
    NEW = "new", "no pass has run yet"
    FINISHED = "finished", "no token is left and an end point was reached"


OVER = (InstanceStatus.FINISHED, InstanceStatus.DEAD_END)
"""Of an instance in which nothing is left to run."""


class TransitionStatus(_Word):
    """What is known of a transition. In state files and events it is the first letter of its name."""

    TAKEN = "taken", "its condition held when its task was done last"
    NOT_TAKEN = "not taken", "its condition did not hold when its task was done last, or its task was skipped"
    UNDECIDED = "undecided", "its task was not done yet"


class InterventionKind(enum.Enum):
    """What an operator does to an instance by hand. `value` is the word in journals and state files."""

    COMPLETE = "complete"
    SKIP = "skip"
    RETRY = "retry"
    CONTEXT = "context"
    TOKENS = "tokens"
    MIGRATE = "migrate"
    RESTORE = "restore"
    FORK = "fork"
    OUTSIDE = "outside"
    PRUNE = "prune"
    NOTE = "note"


CHANGES_NOTHING = (InterventionKind.PRUNE, InterventionKind.NOTE)
"""What is told in the history, and leaves the instance the version that it is."""


class Origin(enum.Enum):
    """Why a journal has a snapshot at its beginning. `value` is the word in journals."""

    SEGMENT = "segment"
    """It goes on from another file, which was full."""
    NEW = "new"
    IMPORT = "import"
    FORK = "fork"


class Durability(enum.Enum):
    """What a power cut cannot undo. `value` is the word on the command line."""

    TASK = "task"
    """Every completed task: its line of the journal is synced at once."""
    PASS = "pass"  # noqa: S105  no password
    """Every pass that ended: lines are synced with its save."""

    def __str__(self) -> str:
        return self.value
