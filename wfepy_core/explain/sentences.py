"""What is true of one instance, in clauses: the words behind `explain.why`. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.explain.analysis import NAMED
from wfepy_core.model.status import TaskState, TaskStatus, TransitionStatus
from wfepy_core.time_text import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.explain.facts import Facts
    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.records import TaskError


#: Characters of an error's message in a sentence; all of it stands in the traceback.
_LONGEST_ERROR = 300


def join_names(names: Sequence[str], limit: int = NAMED, count: int = 0) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and 4 more`; `names` may be the first of `count`."""
    shown, count = list(names), max(count, len(names))
    if count > limit:
        shown = [*shown[: limit - 1], f"{count - limit + 1} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def error_summary(error: TaskError) -> str:
    """An error in one line that is not too long: class and first line of its message."""
    name = error.type.removeprefix("builtins.")
    lines = error.message.strip().splitlines()
    first = lines[0] if lines else ""
    if len(first) > _LONGEST_ERROR:
        first = f"{first[:_LONGEST_ERROR]}…"
    return f"{name}: {first}" if first else name


def clause(facts: Facts, task: str) -> str:
    """What is true of one task now, as one clause without a full stop."""
    return _CLAUSES[facts.statuses[task]](facts, task)


def _failed(facts: Facts, task: str) -> str:
    record = facts.record(task)
    error = record.error
    if error is None:
        return f"{task} failed"
    if error.condition:
        return (
            f"{task} is done, but the condition of {task} → {error.condition} raised {error_summary(error)}"
        )
    attempts = f" (attempt {record.attempts})" if record.attempts > 1 else ""
    when = f" {facts.ago(record.end)}" if record.end else ""
    return f"{task} failed{when}: {error_summary(error)}{attempts}"


def _interrupted(facts: Facts, task: str) -> str:
    started = facts.record(task).last_start
    when = f" (started {facts.ago(started)})" if started else ""
    record = facts.record(task)
    reason = record.reason if record.reason and not record.polls else "its process ended while it ran"
    return f"{task} was interrupted: {reason}{when}"


def _running(facts: Facts, task: str) -> str:
    started = facts.record(task).last_start
    length = f" for {in_words(max(0, facts.now - started))}" if started else ""
    holder = f", in a pass by {facts.holder}" if facts.holder else ""
    return f"{task} is running{length}{holder}"


def _waiting(facts: Facts, task: str) -> str:
    record = facts.record(task)
    reason = f": {record.reason}" if record.reason else ""
    passes = f" ({record.polls} {'pass' if record.polls == 1 else 'passes'})" if record.polls else ""
    length = f" {in_words(max(0, facts.now - record.waiting_since))}" if record.waiting_since else ""
    return f"{task} has waited{length}{reason}{passes}{_deadline(facts, record.until)}"


def _deadline(facts: Facts, until: int) -> str:
    if not until:
        return ""
    if until > facts.now:
        return f", {facts.times.until(until, facts.now)}"
    return f", {facts.times.overdue(until, facts.now)}"


def _blocked(facts: Facts, task: str) -> str:
    nearest, count = facts.nearest_blockers(task)
    return f"{task} is blocked by {join_names(nearest, count=count) or 'nothing: the next pass runs it'}"


def _ready(_facts: Facts, task: str) -> str:
    return f"{task} is ready"


def _complete(facts: Facts, task: str) -> str:
    record = facts.record(task)
    when = f" {facts.ago(record.end)}" if record.end else ""
    how = f" by hand{f': {record.reason}' if record.reason else ''}" if record.by_hand else ""
    rest = "; the next pass decides its transitions" if facts.tokens.get(task) is TaskState.COMPLETE else ""
    return f"{task} was done{when}{how}{rest}"


def _not_reached(facts: Facts, task: str) -> str:
    nearest, count = facts.nearest_blockers(task)
    after = f": it comes after {join_names(nearest, count=count)}" if nearest else ""
    return f"{task} is not reached yet{after}"


def _skipped(facts: Facts, task: str) -> str:
    record = facts.record(task)
    if record.by_hand:
        return f"{task} was skipped by hand{f': {record.reason}' if record.reason else ''}"
    return f"{task} was never run and cannot be reached any more"


_CLAUSES = {
    TaskStatus.FAILED: _failed,
    TaskStatus.INTERRUPTED: _interrupted,
    TaskStatus.RUNNING: _running,
    TaskStatus.WAITING: _waiting,
    TaskStatus.BLOCKED: _blocked,
    TaskStatus.READY: _ready,
    TaskStatus.COMPLETE: _complete,
    TaskStatus.NOT_REACHED: _not_reached,
    TaskStatus.SKIPPED: _skipped,
}


def next_pass(facts: Facts, task: str) -> str:
    """What the next pass does with a failed or interrupted task; empty for any other."""
    status = facts.statuses[task]
    error = facts.record(task).error
    if status is TaskStatus.FAILED and error is not None and error.condition:
        return "the next pass evaluates it again, without running the task again"
    if status is TaskStatus.FAILED:
        return "the next pass tries it again"
    if status is not TaskStatus.INTERRUPTED:
        return ""
    safe = facts.snapshot.graph.tasks[facts.snapshot.topology.index[task]].safe_to_repeat
    caution = "which its author calls safe" if safe else "though part of its work may be done already"
    return f"the next pass runs it again, {caution}"


def next_pass_of(facts: Facts, tasks: Sequence[str]) -> str:
    """What the next pass does with failed or interrupted tasks, one or several."""
    if len(tasks) == 1:
        return next_pass(facts, tasks[0])
    if facts.statuses[tasks[0]] is TaskStatus.FAILED:
        return "the next pass tries them again"
    return "the next pass runs them again, though part of their work may be done already"


def effect_clause(facts: Facts, tasks: Sequence[str]) -> str:
    """What stands still because of `tasks`, as a clause; empty when nothing does."""
    pronoun = "it" if len(tasks) == 1 else "them"
    blocked = facts.blocked_by(tasks)
    if blocked:
        return f"{join_names(blocked)} {'is' if len(blocked) == 1 else 'are'} blocked by {pronoun}"
    following = facts.next_after(tasks)
    if following:
        return f"{join_names(following)} {'comes' if len(following) == 1 else 'come'} after {pronoun}"
    return ""


def never_met(facts: Facts, task: str) -> list[str]:
    """Ways into `task` that cannot be taken any more, one sentence each; none once it is done."""
    if facts.statuses[task] is TaskStatus.COMPLETE:
        return []
    found = []
    for edge, result in facts.results:
        if edge.dest != task or facts.is_alive(edge.source):
            continue
        if facts.statuses[edge.source] is TaskStatus.SKIPPED:
            found.append(f"{edge.source} → {task}: {edge.source} is skipped and will not run")
        elif result is TransitionStatus.NOT_TAKEN:
            found.append(f"{edge.source} → {task}: {condition_name(edge)} was false and is not asked again")
    return found


def condition_name(edge: GraphTransition) -> str:
    """The name of a transition's condition, for a sentence."""
    return edge.condition or "its condition"
