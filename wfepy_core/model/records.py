"""What is remembered of every task: columns, not objects, because a pass writes a few of them per task."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.status import InterventionKind

#: One character a transition in a decision string: taken, not taken, undecided.
TAKEN, NOT_TAKEN, UNDECIDED = "T", "N", "."

LONGEST_REASON = 2000
"""Characters of a reason that are remembered; the journal has all of it."""

_COUNTS = ("attempts", "polls", "iterations", "first_start", "last_start", "end", "waiting_since")


def brief(reason: str) -> str:
    """As much of a reason as is remembered: files, lists and windows carry it around all day."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1]}…"


class TaskError(NamedTuple):
    """What a task or a condition raised.

    Attributes:
        type: the exception class, qualified.
        message: its text.
        traceback: the whole traceback as text.
        condition: destination of the transition whose condition raised; empty when the task itself did.
    """

    type: str
    message: str
    traceback: str
    condition: str = ""


class Record(NamedTuple):
    """What is remembered of one task. Times are integer microseconds since 1970 UTC; 0: never.

    Attributes:
        attempts: how often the function was called.
        polls: how often it was called since it waits without an end in between (0: it does not wait).
        iterations: how often it was done.
        first_start: start of its first attempt.
        last_start: start of its latest attempt.
        end: end of its latest completed attempt.
        waiting_since: when it first returned false in this iteration.
        reason: why it waits, in its author's words; or who completed or skipped it by hand; or why its last
            call was cut off. The beginning of it, see `brief`.
        until: the moment it waits for; 0: none named.
        error: what the latest attempt raised, if it failed.
        by_hand: COMPLETE or SKIP when an operator did it; else None.
    """

    attempts: int = 0
    polls: int = 0
    iterations: int = 0
    first_start: int = 0
    last_start: int = 0
    end: int = 0
    waiting_since: int = 0
    reason: str = ""
    until: int = 0
    error: TaskError | None = None
    by_hand: InterventionKind | None = None


class Records:
    """Records of all tasks of a workflow, by task number, as parallel columns.

    The integer columns are lists of one number a task; what few tasks have (reason, until, error, by_hand)
    is a dict by task number. `decisions` is a decision string a task, one character a transition.
    """

    __slots__ = (
        "attempts",
        "by_hand",
        "decisions",
        "end",
        "errors",
        "first_start",
        "iterations",
        "last_start",
        "polls",
        "reasons",
        "untils",
        "waiting_since",
    )

    def __init__(self, size: int) -> None:
        self.attempts = [0] * size
        self.polls = [0] * size
        self.iterations = [0] * size
        self.first_start = [0] * size
        self.last_start = [0] * size
        self.end = [0] * size
        self.waiting_since = [0] * size
        self.reasons: dict[int, str] = {}
        self.untils: dict[int, int] = {}
        self.errors: dict[int, TaskError] = {}
        self.by_hand: dict[int, InterventionKind] = {}
        self.decisions: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.attempts)

    def __getitem__(self, task: int) -> Record:
        return Record(
            self.attempts[task],
            self.polls[task],
            self.iterations[task],
            self.first_start[task],
            self.last_start[task],
            self.end[task],
            self.waiting_since[task],
            self.reasons.get(task, ""),
            self.untils.get(task, 0),
            self.errors.get(task),
            self.by_hand.get(task),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Records):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # mutable while a pass runs

    def copy(self) -> Records:
        """An independent copy."""
        twin = Records(0)
        for name in self.__slots__:
            setattr(twin, name, getattr(self, name).copy())
        return twin

    # -- what happens to a task; `at` in microseconds -----------------------------------------------------

    def note_start(self, task: int, at: int) -> None:
        """The function is being called."""
        self.attempts[task] += 1
        if not self.first_start[task]:
            self.first_start[task] = at
        self.last_start[task] = at

    def forget_interruption(self, task: int) -> None:
        """Forget why its last call was cut off; the reasons why it waits or was done by hand are others."""
        if self.reasons and not self.polls[task] and task not in self.by_hand:
            self.reasons.pop(task, None)

    def note_completion(self, task: int, at: int) -> None:
        """The function returned true (or an operator says so)."""
        self.iterations[task] += 1
        self.end[task] = at
        self.clear(task)

    def note_waiting(self, task: int, at: int, reason: str = "", until: int = 0) -> None:
        """The function returned false."""
        self.errors.pop(task, None)
        if not self.polls[task]:
            self.waiting_since[task] = at
        self.polls[task] += 1
        self._put(task, reason, until)

    def note_failure(self, task: int, at: int, error: TaskError) -> None:
        """The function or a condition behind it raised."""
        if not error.condition:
            self.end[task] = at
        self.errors[task] = error

    def clear(self, task: int) -> None:
        """Forget what belongs to an attempt that is over: waiting, reason, error, mark of an intervention."""
        if self.polls[task]:
            self.polls[task] = 0
            self.waiting_since[task] = 0
        if self.has_details():
            for sparse in (self.reasons, self.untils, self.errors, self.by_hand):
                sparse.pop(task, None)

    def has_details(self) -> bool:
        """Whether any task has a reason, a moment, an error or a mark of an intervention."""
        return bool(self.reasons or self.untils or self.errors or self.by_hand)

    def _put(self, task: int, reason: str, until: int) -> None:
        if reason:
            self.reasons[task] = brief(reason)
        else:
            self.reasons.pop(task, None)
        if until:
            self.untils[task] = until
        else:
            self.untils.pop(task, None)

    # -- moving to another graph --------------------------------------------------------------------------

    def select(self, sources: Sequence[int | None]) -> Records:
        """Records for another numbering: task k takes what task `sources[k]` has here, or starts empty.

        Decisions are left out: they speak of transitions the new graph may not have.
        """
        twin = Records(len(sources))
        for name in _COUNTS:
            old = getattr(self, name)
            setattr(twin, name, [0 if source is None else old[source] for source in sources])
        for name in ("reasons", "untils", "errors", "by_hand"):
            sparse = getattr(self, name)
            values = {new: sparse[source] for new, source in enumerate(sources) if source in sparse}
            setattr(twin, name, values)
        return twin

    def reorder(self, sources: Sequence[int]) -> Records:
        """Records of the same tasks in another order: task k is what task `sources[k]` is here."""
        if sources == list(range(len(self))):
            return self
        twin = self.select(sources)
        decisions = self.decisions
        twin.decisions = {
            task: decisions[source] for task, source in enumerate(sources) if source in decisions
        }
        return twin
