"""What a preflight answered, as rows; and the context values worth trying. Pure but for module files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.model.json_values import parse_json
from wfepy_gui.models.explanations.condition_source import keys_read
from wfepy_gui.models.explanations.rows import Row, section
from wfepy_gui.text.translation import how_often, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from wfepy_core.explain.preflight import Follow, Preflight, Step, Trial
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import TaskStatus


class Tried(NamedTuple):
    """A context value that conditions read: its key, and what is shown of it now."""

    key: str
    shown: str


def preflight_rows(
    found: Preflight, trials: tuple[Trial, ...], statuses: Mapping[str, TaskStatus], *, tries: bool
) -> tuple[Row, ...]:
    """The answer as sections; with `tries` the conditions that flip come first."""

    def named(name: str) -> Row:
        return Row(name, name, statuses.get(name))

    called = [_step_row(step, statuses) for step in found.steps if step.called]
    decided = [_step_row(step, statuses) for step in found.steps if not step.called]
    count = len(called)
    call = tr("An advance would call 1 task") if count == 1 else tr("An advance would call {} tasks")
    sections = [
        section(tr("These conditions would flip"), [_flip_row(trial) for trial in trials if trial.flips]),
        section(call.format(count), called),
        section(tr("It would decide what follows"), decided),
        section(tr("Join points nothing else can reach any more"), list(map(named, found.fires))),
        section(tr("Join points that would follow if all returned true"), list(map(named, found.would_fire))),
        section(tr("Join points that stay blocked"), list(map(named, found.blocked))),
    ]
    rows = [each for each in sections if each.children]
    if not found.steps:
        rows.insert(0, Row(tr("An advance would call nothing: no token can move")))
    if tries and not sections[0].children:
        rows.insert(0, Row(tr("With these values no condition would change its result")))
    return tuple(rows)


def _step_row(step: Step, statuses: Mapping[str, TaskStatus]) -> Row:
    text = tr("{} (called {} before)") if step.called and step.attempts else "{}"
    follows = tuple(_follow_row(follow, certain=not step.called) for follow in step.follows)
    return Row(
        text.format(step.task, how_often(step.attempts)), step.task, statuses.get(step.task), children=follows
    )


def _follow_row(follow: Follow, *, certain: bool) -> Row:
    if follow.taken is None:
        return Row(tr("→ {}: {} raises {}").format(follow.dest, follow.condition, follow.error), follow.dest)
    result = tr("taken") if follow.taken else tr("not taken")
    text = "→ {}: {}" if certain else tr("→ {}: if it returned true, {}")
    known = tr(" ({} is true)") if follow.taken else tr(" ({} is false)")
    why = known.format(follow.condition) if follow.condition else ""
    return Row(text.format(follow.dest, result) + why, follow.dest, is_false=not follow.taken)


def _flip_row(trial: Trial) -> Row:
    now, then = _result(trial.now, trial.now_error), _result(trial.then, trial.then_error)
    text = tr("{} → {}: {} — now {}, then {}").format(trial.source, trial.dest, trial.condition, now, then)
    return Row(text, trial.dest)


def _result(result: bool | None, error: str) -> str:
    return tr("raises {}").format(error) if result is None else str(result).lower()


def values_to_try(snapshot: Snapshot, folder: Path, shown: Callable[[str, Any], str]) -> tuple[Tried, ...]:
    """The context keys that the workflow's conditions read, in graph order."""
    conditions = dict.fromkeys(edge.condition for edge in snapshot.graph.transitions if edge.condition)
    keys = dict.fromkeys(
        key for condition in conditions for key in keys_read(condition, snapshot.workflow, folder)
    )
    context = snapshot.context if isinstance(snapshot.context, dict) else {}
    return tuple(
        Tried(key, shown(key, context[key]) if key in context else tr("(not there)")) for key in keys
    )


def json_or_text(typed: str) -> Any:
    """The value that was typed, in JSON form: what it says where that is JSON, else the text itself."""
    try:
        return parse_json(typed)
    except ValueError:
        return typed
