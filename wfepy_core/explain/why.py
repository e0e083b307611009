"""Why an instance (or one of its tasks) does not move: one sentence first, then the tree of causes. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import InterventionError
from wfepy_core.explain.analysis import NAMED
from wfepy_core.explain.cause_tree import WAITS_FOR_OTHERS, Cause, cause_of, forest_of
from wfepy_core.explain.facts import Facts
from wfepy_core.explain.sentences import (
    clause,
    condition_name,
    effect_clause,
    error_summary,
    join_names,
    never_met,
    next_pass,
    next_pass_of,
)
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfepy_core.explain.facts import Times
    from wfepy_core.model.snapshot import Snapshot


class ConditionResult(NamedTuple):
    """What is known of one conditional transition.

    Attributes:
        error: what its condition raised last, or empty.
        again: it can still be asked, for the first time or once more.
    """

    source: str
    dest: str
    condition: str
    result: TransitionStatus
    error: str = ""
    again: bool = True

    def in_words(self, tr: Callable[[str], str] = str) -> str:
        """What is known of it; `tr` translates."""
        if self.error:
            return tr("raised {}").format(self.error)
        if self.result is TransitionStatus.UNDECIDED:
            return tr("not asked yet") if self.again else tr("was never asked")
        if self.result is TransitionStatus.TAKEN:
            return tr("was true last time") if self.again else tr("was true")
        return tr("was false last time") if self.again else tr("was false")


class Why(NamedTuple):
    """Why it does not move, true for one generation of the state file.

    Attributes:
        sentence: the answer, without a full stop.
        task: the task that was asked about; empty for the instance as a whole.
        causes: the tree of causes, most urgent first.
        upstream: tasks holding a token that can still arrive at it.
        downstream: tasks not done that come after it, blocked ones first.
        never: what can never be met any more, one sentence each.
        conditions: conditional transitions into and out of the tasks concerned.
        generation: of the snapshot this is true for.
        saved_at: when that was saved, integer microseconds since 1970 UTC; 0: unknown.
        more: how many causes are left out because nobody would read them all.
    """

    sentence: str
    task: str = ""
    causes: tuple[Cause, ...] = ()
    upstream: tuple[str, ...] = ()
    downstream: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    conditions: tuple[ConditionResult, ...] = ()
    generation: int = 0
    saved_at: int = 0
    more: int = 0


def why(
    snapshot: Snapshot,
    task: str | None = None,
    *,
    now: int,
    holder: str = "",
    times: Times | None = None,
) -> Why:
    """Why the instance, or one task of it, does not move.

    Args:
        snapshot: the instance.
        task: ask about this task; None: the instance as a whole.
        now: the present, integer microseconds since 1970 UTC.
        holder: who runs the present pass, in words (`ops on ops1, process 812`); empty when unknown.
        times: writes moments; None: as on the command line.

    Raises:
        InterventionError: the workflow has no such task.
    """
    if task is not None:
        require_task(snapshot, task)
    facts = Facts(snapshot, now, holder, times)
    return _of_instance(facts) if task is None else _of_task(facts, task)


def require_task(snapshot: Snapshot, task: str) -> None:
    """Refuse the name of a task that an instance does not have.

    Raises:
        InterventionError: with the names that come closest.
    """
    if task not in snapshot.topology.index:
        raise InterventionError(
            f"{snapshot.workflow.name} has no task {task!r}",
            hint=_similar_names(task, snapshot.topology.names),
        )


def _similar_names(name: str, names: Sequence[str]) -> str:
    """A hint that names the tasks whose names come closest to `name`."""
    import difflib

    close = difflib.get_close_matches(name, names, n=3) or list(names)
    return f"its tasks include {join_names(close, 6)}"


# -- one task -----------------------------------------------------------------------------------------------


def _of_task(facts: Facts, task: str) -> Why:
    after = facts.reached_from(task)
    waiting = [name for name in facts.blocked_by([task]) if name in after]
    later = [
        name
        for name, status in facts.statuses.items()
        if name in after and status is TaskStatus.NOT_REACHED and name not in waiting
    ]
    return Why(
        _task_sentence(facts, task),
        task,
        (cause_of(facts, task),),
        tuple(facts.blockers(task)),
        tuple(waiting + later),
        tuple(never_met(facts, task)),
        _conditions(facts, [task]),
        facts.snapshot.generation,
        facts.snapshot.saved.at,
    )


def _task_sentence(facts: Facts, task: str) -> str:
    status = facts.statuses[task]
    parts = [clause(facts, task), next_pass(facts, task)]
    if status in WAITS_FOR_OTHERS:
        roots = _roots(facts, task)
        shown = roots if len(roots) <= NAMED else roots[: NAMED - 1]
        parts += [clause(facts, name) for name in shown]
        parts += [f"{len(roots) - len(shown)} more can still arrive"] if len(shown) < len(roots) else []
    elif status is TaskStatus.READY:
        parts.append("the next pass runs it")
    elif status is TaskStatus.SKIPPED:
        parts += never_met(facts, task)[:NAMED]
    if status is not TaskStatus.COMPLETE and status is not TaskStatus.SKIPPED:
        parts.append(effect_clause(facts, [task]))
    return "; ".join(filter(None, parts))


def _roots(facts: Facts, task: str) -> list[str]:
    """What a task waits for in the end: blockers that are not blocked themselves, most urgent first."""
    roots = [name for name in facts.blockers(task) if facts.statuses[name] is not TaskStatus.BLOCKED]
    return sorted(roots, key=lambda name: facts.statuses[name].priority)


# -- the instance as a whole --------------------------------------------------------------------------------


def _of_instance(facts: Facts) -> Why:
    snapshot = facts.snapshot
    status = instance_status(snapshot)
    live = sorted(
        dict.fromkeys([*snapshot.running, *facts.tokens]), key=lambda task: facts.statuses[task].priority
    )
    asked = live or _branch_ends(facts)
    causes, more = forest_of(facts, asked)
    return Why(
        _SENTENCES[status](facts),
        "",
        causes,
        tuple(live),
        tuple(task for task, shown in facts.statuses.items() if shown in WAITS_FOR_OTHERS and live),
        tuple(_lost_ends(facts, status)),
        _conditions(facts, asked),
        snapshot.generation,
        snapshot.saved.at,
        more,
    )


def _lost_ends(facts: Facts, status: InstanceStatus) -> list[str]:
    if status is InstanceStatus.FINISHED:
        return []
    names = facts.snapshot.topology.names
    lost = [names[end] for end in sorted(facts.snapshot.topology.ends)]
    return [
        f"end point {task} cannot be reached any more"
        for task in lost
        if facts.statuses[task] is TaskStatus.SKIPPED
    ]


def _new(facts: Facts) -> str:
    first = list(facts.tokens)
    name = facts.snapshot.workflow.name
    return f"{name} is new: no pass has run yet; the next one begins with {join_names(first)}"


def _is_running(facts: Facts) -> str:
    return _first_clauses(facts, list(facts.snapshot.running))


def _is_interrupted(facts: Facts) -> str:
    tasks = list(facts.snapshot.running)
    return "; ".join(filter(None, (_first_clauses(facts, tasks), next_pass_of(facts, tasks))))


def _has_failed(facts: Facts) -> str:
    tasks = [task for task, status in facts.statuses.items() if status is TaskStatus.FAILED]
    return "; ".join(
        filter(None, (_first_clauses(facts, tasks), next_pass_of(facts, tasks), effect_clause(facts, tasks)))
    )


def _is_waiting(facts: Facts) -> str:
    waiting = facts.holding(TaskStatus.WAITING)
    decided = [task for task, state in facts.tokens.items() if state is TaskState.COMPLETE]
    ready = facts.holding(TaskStatus.READY)
    moves = [f"the next pass runs {join_names(ready)}" if ready else ""]
    moves += [f"the next pass decides what follows {join_names(decided)}" if decided else ""]
    if waiting:
        return "; ".join(
            filter(None, (_first_clauses(facts, waiting), effect_clause(facts, waiting), *moves))
        )
    blocked = facts.holding(TaskStatus.BLOCKED)
    moves += [] if ready or decided else [f"the next pass runs {blocked[0]}: nothing else can arrive there"]
    return "nothing waits; " + "; ".join(filter(None, moves))


def _first_clauses(facts: Facts, tasks: list[str]) -> str:
    """The clauses of the first of these tasks, and how many more there are."""
    shown = tasks if len(tasks) <= NAMED else tasks[: NAMED - 1]
    clauses = [clause(facts, task) for task in shown]
    if len(shown) < len(tasks):
        word = facts.statuses[tasks[-1]].value
        clauses.append(f"{len(tasks) - len(shown)} more are {word}")
    return "; ".join(clauses)


def _dead_end(facts: Facts) -> str:
    clauses = [_branch_end_clause(facts, task) for task in _branch_ends(facts)[:NAMED]]
    return "; ".join(["dead end: no token is left and no end point was reached", *clauses])


def _branch_end_clause(facts: Facts, task: str) -> str:
    edges = [edge for edge, _ in facts.results if edge.source == task]
    if facts.record(task).by_hand is InterventionKind.SKIP or not edges:
        return clause(facts, task)
    conditions = join_names([f"{condition_name(edge)} (→ {edge.dest})" for edge in edges], 5)
    return f"{clause(facts, task)}, but no transition was taken: {conditions} " + (
        "was false" if len(edges) == 1 else "were all false"
    )


def _branch_ends(facts: Facts) -> list[str]:
    """Where branches ended: done or hand-skipped tasks none of whose transitions was taken, latest first."""
    going_on = {edge.source for edge, result in facts.results if result is TransitionStatus.TAKEN}
    ended = [
        task
        for task in facts.statuses
        if task not in going_on and (facts.record(task).end or facts.record(task).by_hand)
    ]
    return sorted(ended, key=lambda task: -facts.record(task).end)


def _finished(facts: Facts) -> str:
    names = facts.snapshot.topology.names
    ends = [names[end] for end in facts.snapshot.topology.ends if facts.record(names[end]).iterations]
    ends.sort(key=lambda task: -facts.record(task).end)
    return f"{facts.snapshot.workflow.name} is finished: {clause(facts, ends[0])}"


_SENTENCES = {
    InstanceStatus.NEW: _new,
    InstanceStatus.RUNNING: _is_running,
    InstanceStatus.INTERRUPTED: _is_interrupted,
    InstanceStatus.FAILED: _has_failed,
    InstanceStatus.WAITING: _is_waiting,
    InstanceStatus.DEAD_END: _dead_end,
    InstanceStatus.FINISHED: _finished,
}


def _conditions(facts: Facts, tasks: Sequence[str]) -> tuple[ConditionResult, ...]:
    wanted = set(tasks)
    found = []
    for edge, result in facts.results:
        if not edge.condition or not wanted & {edge.source, edge.dest}:
            continue
        error = facts.record(edge.source).error
        raised = error_summary(error) if error is not None and error.condition == edge.dest else ""
        is_skipped = facts.statuses[edge.source] is TaskStatus.SKIPPED
        was_asked = not raised and (not is_skipped or facts.record(edge.source).iterations)
        shown = result if was_asked else TransitionStatus.UNDECIDED
        again = facts.is_alive(edge.source)
        found.append(ConditionResult(edge.source, edge.dest, edge.condition, shown, raised, again))
    return tuple(found)
