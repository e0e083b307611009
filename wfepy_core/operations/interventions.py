"""What an operator may change by hand: each intervention checks that it fits and is journaled.

No user code runs here. Every intervention takes the instance's lock, so none runs beside a pass.

    complete   as if the task had returned true; the next pass decides its transitions
    skip       the task is not run and its branch ends here; join points stop waiting for it
    retry      the next pass runs the task again
    context    values of the context are set or removed
    tokens     where the instance stands, as a whole

`complete`, `skip`, `retry` and `edit_context` do it to a state file and raise LockedError, StateConflictError
or UnreadableStateError as `storage.state_edit.edit` does; the functions that end in `_event` are pure. In all
of them `by` is who does it (default: the user of this process) and `reason` is why, in their words;
`expected_generation` is that of the snapshot they looked at, None: whatever it is by now.
"""

from __future__ import annotations

import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import InterventionError, NoChangeError
from wfepy_core.explain.facts import Facts
from wfepy_core.explain.sentences import join_names
from wfepy_core.explain.why import require_task
from wfepy_core.model.actor import user_name
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.events import Intervened
from wfepy_core.model.snapshot import context_changes
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus
from wfepy_core.operations.context_path import with_value, without_value
from wfepy_core.storage.codec import decode
from wfepy_core.storage.codec_aliases import keep_meaning
from wfepy_core.storage.locked_state import LockedState
from wfepy_core.storage.state_edit import edit
from wfepy_core.storage.state_file import replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from wfepy_core.explain.consequences import Consequences
    from wfepy_core.model.snapshot import Snapshot

ON_ONE_TASK = (InterventionKind.COMPLETE, InterventionKind.SKIP, InterventionKind.RETRY)
"""The interventions that `task_event` makes."""

_Tokens = tuple[tuple[str, TaskState], ...]


def consequences(snapshot: Snapshot, kind: InterventionKind, task: str) -> Consequences:
    """What completing, skipping or retrying a task would do, without doing it.

    Raises:
        InterventionError: it does not fit where the instance stands.
    """
    from wfepy_core.explain.consequences import consequences_of

    return consequences_of(snapshot, task_event(snapshot, kind, task, by=""))


# -- interventions on a state file --------------------------------------------------------------------------


def complete(
    path: str, task: str, *, reason: str = "", by: str = "", expected_generation: int | None = None
) -> Snapshot:
    """Let a task count as done; the snapshot afterwards.

    Raises:
        InterventionError: it does not fit where the instance stands; says what to do instead.
    """
    return _change(path, InterventionKind.COMPLETE, task, reason, by, expected_generation)


def skip(
    path: str, task: str, *, reason: str = "", by: str = "", expected_generation: int | None = None
) -> Snapshot:
    """Cancel a task, ending its branch there; the snapshot afterwards.

    Raises:
        InterventionError: it does not fit where the instance stands; says what to do instead.
    """
    return _change(path, InterventionKind.SKIP, task, reason, by, expected_generation)


def retry(
    path: str, task: str, *, reason: str = "", by: str = "", expected_generation: int | None = None
) -> Snapshot:
    """Let the next pass run a task again; the snapshot afterwards.

    Where only a condition behind the task raised, the next pass evaluates it again; the task is not run.

    Raises:
        InterventionError: it does not fit where the instance stands; says what to do instead.
    """
    return _change(path, InterventionKind.RETRY, task, reason, by, expected_generation)


def edit_context(
    path: str,
    values: Mapping[str, Any],
    unset: Iterable[str] = (),
    *,
    reason: str = "",
    by: str = "",
    expected_generation: int | None = None,
) -> Snapshot:
    """Set and remove context values, as `context_event` says; the snapshot afterwards.

    Raises:
        InterventionError: a path leads nowhere.
        NoChangeError: nothing would change.
        CodecError: a value has a known tag with a payload that means nothing.
    """

    def make(snapshot: Snapshot) -> Intervened:
        return context_event(snapshot, values, unset, by=by or user_name(), reason=reason)

    return edit(path, make, expected_generation=expected_generation)


def note(path: str, text: str, *, task: str = "", by: str = "") -> None:
    """Write a note into the history; nothing else of the instance changes, its generation neither.

    Args:
        path: the state file.
        text: what is to be remembered.
        task: which task it is about; empty: the instance as a whole.
        by: who; default: the user of this process.

    Raises:
        InterventionError: there is no such task, or no text.
        LockedError, StateFileError: as for the others.
    """
    if not text.strip():
        raise InterventionError("a note without a text says nothing", hint="say what is to be remembered")
    with LockedState(path, purpose="note") as locked:
        snapshot = replay(locked.document)
        if task:
            require_task(snapshot, task)
        locked.note(
            Intervened(snapshot.generation, _now(), InterventionKind.NOTE, by or user_name(), task, text)
        )


def _change(
    path: str, kind: InterventionKind, task: str, reason: str, by: str, expected_generation: int | None
) -> Snapshot:
    def make(snapshot: Snapshot) -> Intervened:
        return task_event(snapshot, kind, task, by=by or user_name(), reason=reason)

    return edit(path, make, expected_generation=expected_generation)


# -- what happens, as events --------------------------------------------------------------------------------


def task_event(
    snapshot: Snapshot, kind: InterventionKind, task: str, *, by: str, reason: str = ""
) -> Intervened:
    """The event of completing, skipping or retrying a task.

    Raises:
        InterventionError: it does not fit where the instance stands; says what to do instead.
    """
    require_task(snapshot, task)
    tokens = _MOVES[kind](snapshot, task)
    return Intervened(
        snapshot.generation, _now(), kind, by, task, reason, tokens=tokens, stood=snapshot.tokens
    )


def context_event(
    snapshot: Snapshot,
    values: Mapping[str, Any],
    unset: Iterable[str] = (),
    *,
    by: str,
    reason: str = "",
) -> Intervened:
    """The event of changing the context.

    Args:
        snapshot: the instance.
        values: new values in the state file's JSON form, by path (see `context_path`).
        unset: paths to remove.
        by: who.
        reason: why.

    Raises:
        InterventionError: a path leads nowhere.
        NoChangeError: nothing would change.
        CodecError: a value has a known tag with a payload that means nothing, or refers to nothing.
    """
    context = snapshot.context
    for path, value in values.items():
        decode(value, f"context.{path}", part=True)
        context = with_value(context, path, value)
    for path in unset:
        context = without_value(context, path)
    return context_becomes_event(snapshot, context, by=by, reason=reason)


def context_becomes_event(snapshot: Snapshot, context: Any, *, by: str, reason: str = "") -> Intervened:
    """The event of giving the instance another context, in JSON form; it holds the keys that differ.

    Raises:
        NoChangeError: nothing would change.
    """
    changes, old = context_changes(snapshot.context, keep_meaning(snapshot.context, context))
    if not changes:
        raise NoChangeError("the context already has these values: nothing was changed")
    return Intervened(snapshot.generation, _now(), InterventionKind.CONTEXT, by, "", reason, changes, old)


def tokens_event(
    snapshot: Snapshot, tokens: Sequence[tuple[str, TaskState]], *, by: str, reason: str = ""
) -> Intervened:
    """The event of placing all tokens by hand.

    Raises:
        InterventionError: a task does not exist or is named twice.
    """
    names = [name for name, _ in tokens]
    for name in names:
        require_task(snapshot, name)
    if len(set(names)) < len(names):
        raise InterventionError("a task can hold one token only", hint="name each task once")
    remaining = tuple((name, state) for name, state in tokens if state is not TaskState.CANCELED)
    return Intervened(
        snapshot.generation,
        _now(),
        InterventionKind.TOKENS,
        by,
        "",
        reason,
        tokens=remaining,
        stood=snapshot.tokens,
    )


def replacement_event(
    snapshot: Snapshot, kind: InterventionKind, after: Snapshot, *, by: str, reason: str
) -> Intervened:
    """The event of another snapshot in the place of this one: `migrate`, `restore`.

    It says where the instance stood and stands, and which values of its context are others; the snapshot
    itself is saved, see `storage.state_edit.edit`.
    """
    changes, old = context_changes(snapshot.context, after.context)
    return Intervened(
        snapshot.generation,
        _now(),
        kind,
        by,
        "",
        reason,
        changes=changes,
        old=old,
        tokens=after.tokens,
        stood=snapshot.tokens,
    )


def tokens_with(
    snapshot: Snapshot, changes: Mapping[str, TaskState | None]
) -> tuple[tuple[str, TaskState], ...]:
    """Where the instance would stand if these tasks had other tokens; None takes a token away.

    A task that has a token keeps its place in the order of arrival; others come behind.

    Raises:
        InterventionError: a task does not exist.
        NoChangeError: it stands there already.
    """
    for name in changes:
        require_task(snapshot, name)
    now = dict(reversed(snapshot.tokens))
    present = {task: changes.get(task, state) for task, state in reversed(list(now.items()))}
    placed = {task: state for task, state in changes.items() if task not in present}
    tokens = tuple((task, state) for task, state in {**present, **placed}.items() if state is not None)
    if dict(tokens) == now:
        raise NoChangeError("the tokens already stand there: nothing was changed")
    return tokens


# -- tokens afterwards --------------------------------------------------------------------------------------


def _complete(snapshot: Snapshot, task: str) -> _Tokens:
    state = _require_token(snapshot, task, "completed")
    if state is TaskState.COMPLETE:
        raise InterventionError(f"{task} is done already", hint="the next pass decides its transitions")
    if state is TaskState.BLOCKED:
        blockers = join_names(Facts(snapshot, 0).blockers(task))
        raise InterventionError(
            f"{task} cannot be completed: it is a join point that still waits for {blockers}",
            hint="complete or skip those first",
        )
    return _with_token(snapshot, task, TaskState.COMPLETE)


def _skip(snapshot: Snapshot, task: str) -> _Tokens:
    _require_token(snapshot, task, "skipped")
    return tuple(token for token in snapshot.tokens if token[0] != task)


def _retry(snapshot: Snapshot, task: str) -> _Tokens:
    state = dict(reversed(snapshot.tokens)).get(task)
    if state is TaskState.COMPLETE:
        # Done, and a condition behind it raised: its work is not repeated, only the conditions are.
        return snapshot.tokens
    if state is TaskState.BLOCKED:
        raise InterventionError(
            f"{task} was not run yet: it waits for {join_names(Facts(snapshot, 0).blockers(task))}",
            hint="complete or skip those instead",
        )
    if state is not None:
        return _with_token(snapshot, task, TaskState.READY)
    record = snapshot.record(task)
    if not record.iterations and record.by_hand is not InterventionKind.SKIP:
        raise InterventionError(
            f"{task} was never run, there is nothing to retry", hint=_where_it_stands(snapshot)
        )
    return (*snapshot.tokens, (task, TaskState.READY))


_MOVES = {
    InterventionKind.COMPLETE: _complete,
    InterventionKind.SKIP: _skip,
    InterventionKind.RETRY: _retry,
}


def _require_token(snapshot: Snapshot, task: str, verb: str) -> TaskState:
    state = dict(reversed(snapshot.tokens)).get(task)
    if state is None:
        status = Facts(snapshot, 0).statuses[task]
        word = "done already" if status is TaskStatus.COMPLETE else status.value
        hint = f"`retry` runs {task} again" if status is TaskStatus.COMPLETE else _where_it_stands(snapshot)
        raise InterventionError(f"{task} cannot be {verb}: it is {word}", hint=hint)
    return state


def _where_it_stands(snapshot: Snapshot) -> str:
    names = list(dict(snapshot.tokens))
    if not names:
        finished = instance_status(snapshot) is InstanceStatus.FINISHED
        return "the instance is finished" if finished else "no token is left; `retry` a task that was done"
    return f"the instance stands at {join_names(names, 6)}"


def _with_token(snapshot: Snapshot, task: str, state: TaskState) -> _Tokens:
    found, seen = [], False
    for token in snapshot.tokens:
        if token[0] == task and not seen:
            found.append((task, state))
            seen = True
        else:
            found.append(token)
    return tuple(found)


def _now() -> int:
    return time.time_ns() // 1000
