"""What an advance would do now: which tasks it calls, what would follow, which join points fire. Pure.

Conditions are evaluated by a callable that is handed in; no task is run.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.status import TaskState
from wfepy_core.model.stepping import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.snapshot import Snapshot


class Follow(NamedTuple):
    """One transition as it would be decided under the present context.

    Attributes:
        dest: the task it leads to.
        condition: name or source text; empty when there is none.
        taken: whether it would be taken; None when its condition raised.
        error: what it raised; else empty.
    """

    dest: str
    condition: str
    taken: bool | None
    error: str = ""


class Step(NamedTuple):
    """A task whose token moves in the next pass.

    Attributes:
        task: its name.
        called: its function is called; false: it is done, only its transitions are decided now.
        attempts: how often it was called before.
        follows: its transitions, as decided now; for a called task: if it returned true and changed nothing.
    """

    task: str
    called: bool
    attempts: int
    follows: tuple[Follow, ...]


class Preflight(NamedTuple):
    """What an advance would do now.

    Attributes:
        steps: tasks whose token moves, in the order in which they have their turn.
        fires: join points that would be called now because nothing else can arrive there any more.
        would_fire: join points that would follow if everything that is called returned true.
        blocked: join points that stay blocked even then.
        generation: of the snapshot this is true for.
    """

    steps: tuple[Step, ...]
    fires: tuple[str, ...]
    would_fire: tuple[str, ...]
    blocked: tuple[str, ...]
    generation: int

    @property
    def calls(self) -> tuple[str, ...]:
        """Tasks whose function would be called now, for certain."""
        return tuple(step.task for step in self.steps if step.called)


def preflight(snapshot: Snapshot, evaluate: Callable[[str, int], bool | Exception]) -> Preflight:
    """What an advance would do now.

    Args:
        snapshot: the instance.
        evaluate: result of the condition of a task's n-th transition (task name, n from 0) under the
            present context, or the exception it raised. Called only for transitions that have a condition.
    """
    dry_pass = _DryPass(snapshot, evaluate)
    dry_pass.give_turns()
    steps = tuple(dry_pass.steps)
    fires = tuple(step.task for step in steps if step.called and dry_pass.is_join(step.task))
    blocked_now = dry_pass.blocked_joins()
    dry_pass.complete_called()
    blocked = dry_pass.blocked_joins()
    return Preflight(
        steps,
        fires,
        tuple(name for name in dry_pass.fired_joins() if name not in fires),
        tuple(name for name in blocked_now if name in blocked),
        snapshot.generation,
    )


class Trial(NamedTuple):
    """A conditional transition under the present context and under another one.

    Attributes:
        source: the task it starts from.
        dest: the task it leads to.
        condition: name or source text.
        now: the result under the present context; None when it raised.
        then: the result under the other context; None when it raised.
        now_error: what it raised now; else empty.
        then_error: what it raised then; else empty.
    """

    source: str
    dest: str
    condition: str
    now: bool | None
    then: bool | None
    now_error: str = ""
    then_error: str = ""

    @property
    def flips(self) -> bool:
        """Whether the two results differ."""
        return self.now is not self.then or self.now_error != self.then_error


def what_if(
    snapshot: Snapshot,
    now: Callable[[str, int], bool | Exception],
    then: Callable[[str, int], bool | Exception],
) -> tuple[Trial, ...]:
    """Every condition of the workflow under two contexts, in graph order.

    Args:
        snapshot: the instance.
        now: evaluates conditions, as for `preflight`, under the present context.
        then: the same under another one.
    """
    seen: dict[str, int] = {}
    trials = []
    for edge in snapshot.graph.transitions:
        position = seen.get(edge.source, 0)
        seen[edge.source] = position + 1
        if edge.condition:
            results = [_result_and_error(evaluate(edge.source, position)) for evaluate in (now, then)]
            (one, one_error), (other, other_error) = results
            trials.append(Trial(edge.source, edge.dest, edge.condition, one, other, one_error, other_error))
    return tuple(trials)


def _result_and_error(result: bool | Exception) -> tuple[bool | None, str]:
    if isinstance(result, Exception):
        return None, f"{type(result).__name__}: {result}"
    return bool(result), ""


# -- for programs -------------------------------------------------------------------------------------------


def as_json(found: Preflight, trials: Sequence[Trial]) -> dict[str, Any]:
    """Both answers as the one object that `wfepy preflight --json` prints; names are those of the fields."""
    steps = [
        {**step._asdict(), "follows": [follow._asdict() for follow in step.follows]} for step in found.steps
    ]
    return {**found._asdict(), "steps": steps, "trials": [trial._asdict() for trial in trials]}


def from_json(read: Any) -> tuple[Preflight, tuple[Trial, ...]]:
    """The answers that `as_json` put into an object.

    Raises:
        ValueError: it is no such object.
    """
    try:
        fields = dict(read)
        trials = tuple(Trial(**trial) for trial in fields.pop("trials"))
        steps = tuple(
            Step(**{**step, "follows": tuple(Follow(**follow) for follow in step["follows"])})
            for step in fields.pop("steps")
        )
        generation = fields.pop("generation")
        names = {key: tuple(value) for key, value in fields.items()}
        return Preflight(steps=steps, generation=generation, **names), trials
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"that is no preflight: {error}") from error


class _DryPass:
    """A pass in which no task is called."""

    def __init__(self, snapshot: Snapshot, evaluate: Callable[[str, int], bool | Exception]) -> None:
        self.records = snapshot.records
        self.running = snapshot.running
        self.topology = snapshot.topology
        self.evaluate = evaluate
        self.stepper = Stepper(self.topology, snapshot.tokens)
        self.steps: list[Step] = []
        self.edges: dict[str, list[GraphTransition]] = {}
        for edge in snapshot.graph.transitions:
            self.edges.setdefault(edge.source, []).append(edge)

    def give_turns(self) -> None:
        """Give every token its turn: tasks that are done move on, the others become steps."""
        index = self.topology.index
        self.stepper.begin_pass()
        self.stepper.put_troubled_last(self.records, {index[task] for task in self.running})
        ready = self.stepper.ready
        while ready or self.stepper.take_late():
            number = ready.popleft()
            called = self.stepper.tokens[number] is not TaskState.COMPLETE
            step = self._step(number, called=called)
            self.steps.append(step)
            if not called and all(follow.taken is not None for follow in step.follows):
                self._move_on(number, step)

    def complete_called(self) -> None:
        """Let every called task have returned true."""
        for step in self.steps:
            number = self.topology.index[step.task]
            if step.called and number in self.stepper.tokens:
                self._move_on(number, step)

    def is_join(self, task: str) -> bool:
        return self.topology.joins[self.topology.index[task]]

    def blocked_joins(self) -> list[str]:
        tokens = self.stepper.tokens
        return [self.topology.names[task] for task in tokens if tokens[task] is TaskState.BLOCKED]

    def fired_joins(self) -> list[str]:
        return [self.topology.names[task] for task in self.stepper.ready if self.topology.joins[task]]

    def _move_on(self, number: int, step: Step) -> None:
        index = self.topology.index
        self.stepper.complete(number, [index[follow.dest] for follow in step.follows if follow.taken])

    def _step(self, number: int, *, called: bool) -> Step:
        name = self.topology.names[number]
        follows = tuple(
            self._follow(edge, position) for position, edge in enumerate(self.edges.get(name, ()))
        )
        return Step(name, called, self.records.attempts[number], follows)

    def _follow(self, edge: GraphTransition, position: int) -> Follow:
        if not edge.condition:
            return Follow(edge.dest, "", taken=True)
        return Follow(edge.dest, edge.condition, *_result_and_error(self.evaluate(edge.source, position)))
