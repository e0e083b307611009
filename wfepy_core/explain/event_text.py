"""Events in words, the same on the command line and on the desktop: what happened, to which task, details.

A front end says how values and moments are written, and in which language: the parameter `tr` translates the
texts given to it, as `make translations` finds them.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.explain.list_text import first_names
from wfepy_core.model.events import (
    Changes,
    ConditionFailed,
    Interrupted,
    Intervened,
    PassEnded,
    PassStarted,
    SnapshotTaken,
    TaskEnded,
    TaskStarted,
)
from wfepy_core.model.records import TAKEN
from wfepy_core.model.status import InterventionKind, Origin, TaskState
from wfepy_core.time_text import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from wfepy_core.model.events import Event, TransitionsDecided

    Translate = Callable[[str], str]


MOST_NAMED = 5
"""Transitions that are named of those that were taken."""


class EventText(NamedTuple):
    """One event in words.

    Attributes:
        what: what happened.
        task: to which task; empty for the instance as a whole.
        details: why, how and with which values, as clauses.
        by: who intervened; empty for what a pass did.
    """

    what: str
    task: str = ""
    details: tuple[str, ...] = ()
    by: str = ""


def event_text(
    event: Event,
    changes_text: Callable[[Changes, Mapping[str, Any]], str],
    tr: Translate = str,
    moment_text: Callable[[int], str] = moment,
) -> EventText:
    """An event in words.

    Args:
        event: what happened.
        changes_text: changes of the context in words, given them and the old values that are known.
        tr: translates a text.
        moment_text: writes a moment, given in microseconds since 1970 UTC.
    """
    if isinstance(event, PassStarted | PassEnded):
        return _pass_text(event, tr)
    if isinstance(event, SnapshotTaken):
        return _beginning(event, changes_text, tr)
    if isinstance(event, Intervened):
        values = changes_text(event.changes, event.old)
        target = tr("back to generation {}").format(event.target) if event.target else _new_module(event, tr)
        details = _clauses(target, event.reason, *token_moves(event, tr), values)
        return EventText(_INTERVENTIONS[event.kind](tr), event.task, details, event.by)
    return EventText(*_task_text(event, changes_text, tr, moment_text))


def _new_module(event: Intervened, tr: Translate) -> str:
    """Where a migration led; empty where it does not say."""
    version = event.version or {}
    workflow = version.get("workflow") if event.kind is InterventionKind.MIGRATE else None
    module = workflow.get("module") if isinstance(workflow, dict) else None
    named = [module] if isinstance(module, str) else module
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        return ""
    return tr("to {}").format(", ".join(named))


def _pass_text(event: PassStarted | PassEnded, tr: Translate) -> EventText:
    if isinstance(event, PassStarted):
        by = tr("by {} on {}, process {}").format(event.by, event.host, event.pid)
        return EventText(tr("pass begins"), "", (by,))
    saved = tr("{}; saved as generation {}").format(tr(event.status.value), event.generation)
    return EventText(tr("pass ends"), "", (saved,))


def _task_text(
    event: TaskStarted | TaskEnded | TransitionsDecided | ConditionFailed | Interrupted,
    changes_text: Callable[[Changes, Mapping[str, Any]], str],
    tr: Translate,
    moment_text: Callable[[int], str],
) -> tuple[str, str, tuple[str, ...]]:
    """What happened to a task: what, which one, details."""
    if isinstance(event, TaskStarted):
        return tr("starts"), event.task, ()
    if isinstance(event, Interrupted):
        called = tr("called {}").format(moment_text(event.started)) if event.started else ""
        return (
            tr("interrupted"),
            event.task,
            _clauses(called, event.reason or tr("its process ended before it came back")),
        )
    if isinstance(event, ConditionFailed):
        error = event.error
        raised = tr("to {}: {}: {}").format(error.condition, error.type, error.message)
        return tr("condition failed"), event.task, (raised,)
    values = changes_text(event.changes, {})
    to = tr("to {}").format(first_names(event.to, MOST_NAMED, tr)) if event.to else ""
    if isinstance(event, TaskEnded):
        failure = f"{event.error.type}: {event.error.message}" if event.error else ""
        until = tr("until {}").format(moment_text(event.until)) if event.until else ""
        return _end(event.state, tr), event.task, _clauses(failure, event.reason, until, to, values)
    decided = tr("{} of {} transitions taken").format(event.taken.count(TAKEN), len(event.taken))
    return tr("decided"), event.task, _clauses(to, decided, values)


def _beginning(
    event: SnapshotTaken, changes_text: Callable[[Changes, Mapping[str, Any]], str], tr: Translate
) -> EventText:
    """How an instance began, with which context; or that a new part of its journal does."""
    if event.origin is Origin.SEGMENT:
        text = tr("journal goes on with part {}, generation {}").format(event.segment, event.generation)
        return EventText(text)
    what = {
        Origin.NEW: tr("started"),
        Origin.IMPORT: tr("imported"),
        Origin.FORK: tr("sandbox made"),
    }[event.origin]
    context = event.version.get("context")
    changes = Changes(context) if isinstance(context, dict) else Changes(whole=(context,))
    source = tr("from {}").format(event.source) if event.source else ""
    return EventText(what, "", _clauses(source, changes_text(changes, {}) if changes else ""), event.by)


def sentence(text: EventText) -> str:
    """The text as one line: `sign waits: no pen`, `by hand (ops): skipped sign: not needed`."""
    if text.by:
        head = f"by hand ({text.by}): {text.what}{f' {text.task}' if text.task else ''}"
    else:
        head = f"{text.task} {text.what}" if text.task else text.what
    return ": ".join(filter(None, (head, "; ".join(text.details))))


def token_moves(event: Intervened, tr: Translate = str) -> list[str]:
    """What an intervention did to tokens: `sign: waiting → complete`. Empty: not known."""
    if event.tokens is None or event.stood is None:
        return []
    before, after = dict(event.stood), dict(event.tokens)
    nowhere = tr("no token")
    gone = tr("skipped") if event.kind is InterventionKind.SKIP else nowhere
    return [
        f"{name}: {_state(before.get(name), nowhere, tr)} → {_state(after.get(name), gone, tr)}"
        for name in {**before, **after}
        if before.get(name) is not after.get(name)
    ]


def _state(state: TaskState | None, absent: str, tr: Translate) -> str:
    return absent if state is None else tr(state.name.lower())


def _end(state: TaskState, tr: Translate) -> str:
    if state is TaskState.WAITING:
        return tr("waits")
    return tr("failed") if state is TaskState.FAILED else tr("done")


# Made once: a history has a hundred thousand lines.
_INTERVENTIONS: dict[InterventionKind, Callable[[Translate], str]] = {
    InterventionKind.COMPLETE: lambda tr: tr("completed"),
    InterventionKind.SKIP: lambda tr: tr("skipped"),
    InterventionKind.RETRY: lambda tr: tr("retry"),
    InterventionKind.CONTEXT: lambda tr: tr("context changed"),
    InterventionKind.TOKENS: lambda tr: tr("tokens placed"),
    InterventionKind.MIGRATE: lambda tr: tr("migrated"),
    InterventionKind.RESTORE: lambda tr: tr("restored"),
    InterventionKind.FORK: lambda tr: tr("sandbox made"),
    InterventionKind.OUTSIDE: lambda tr: tr("changed outside"),
    InterventionKind.PRUNE: lambda tr: tr("history pruned"),
    InterventionKind.NOTE: lambda tr: tr("note"),
}


def _clauses(*parts: str) -> tuple[str, ...]:
    return tuple(filter(None, parts))
