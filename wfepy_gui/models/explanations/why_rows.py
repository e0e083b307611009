"""The whole answer to "why does it not move?" as rows of a tree. Pure but for module files read as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.explain.cause_tree import WAITS_FOR_OTHERS
from wfepy_core.explain.list_text import and_more
from wfepy_core.explain.sentences import join_names
from wfepy_core.explain.why import why
from wfepy_core.model.status import TransitionStatus
from wfepy_gui.models.explanations.condition_source import keys_read
from wfepy_gui.models.explanations.rows import MOST_ROWS, Row, lines_of, section
from wfepy_gui.models.explanations.task_facts import module_sentence
from wfepy_gui.text.secrets import without_secrets
from wfepy_gui.text.translation import label_of, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wfepy_core.explain.cause_tree import Cause
    from wfepy_core.explain.facts import Times
    from wfepy_core.explain.why import ConditionResult, Why
    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.json_values import JsonValue
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.text.time_format import Clock


class WhyRows(NamedTuple):
    """The answer for one task, or for the instance (an empty task).

    Attributes:
        sentence: the answer.
        sections: rows with what belongs to them below; sections without rows are left out.
        generation: of the snapshot it is true for; 0: of a module, there is no instance.
        saved_at: when that was saved, microseconds since 1970 UTC; 0: unknown.
    """

    task: str
    sentence: str
    sections: tuple[Row, ...]
    generation: int
    saved_at: int

    def without(self, secrets: frozenset[str]) -> WhyRows:
        """The same with dots for secrets that a reason or an error quotes."""
        sections = tuple(each.without(secrets) for each in self.sections)
        return self._replace(sentence=without_secrets(self.sentence, secrets), sections=sections)

    def as_text(self, current: int, clock: Clock) -> str:
        """All of it as indented lines, for the clipboard."""
        lines = [self.sentence]
        for each in self.sections:
            lines += ["", *lines_of(each)]
        if not self.generation:
            return "\n".join(lines)
        return "\n".join([*lines, "", stamp_text(self.generation, self.saved_at, current, clock)])


def stamp_text(generation: int, saved_at: int, current: int, clock: Clock) -> str:
    """Which pass an answer is true for."""
    when = tr(", saved {}").format(clock.full_text(saved_at, current)) if saved_at else ""
    return tr("True for generation {}").format(generation) + when


def why_rows(
    snapshot: Snapshot,
    task: str,
    folder: Path,
    current: int,
    statuses: Mapping[str, TaskStatus],
    shown: Callable[[str, Any], str],
    holder: str = "",
    times: Times | None = None,
) -> WhyRows:
    """Why a task (empty: the instance) does not move.

    Args:
        snapshot: the instance.
        task: its name, or empty.
        folder: where the state file lies, to find module files.
        current: the present, microseconds since 1970 UTC.
        statuses: of all tasks.
        shown: what is shown of a context value, given its key; secrets masked.
        holder: who runs the present pass, in words.
        times: how its sentences tell moments; None: as on the command line.
    """
    found = why(snapshot, task or None, now=current, holder=holder, times=times)

    def row_of(name: str) -> Row:
        return Row(f"{name}: {label_of(statuses[name])}", name, statuses[name])

    def condition_row(known: ConditionResult) -> Row:
        reads = keys_read(known.condition, snapshot.workflow, folder)
        is_decided = known.result is not TransitionStatus.UNDECIDED
        return _condition_row(
            known, [_read_row(snapshot.context, key, shown, is_now=is_decided) for key in reads]
        )

    waits = not task or statuses[task] in WAITS_FOR_OTHERS
    before = tr("Waits for") if waits else tr("Tokens that can still arrive")
    after = tr("Comes after it") if task else tr("Still to come")
    # Those beyond are not even made: the source of each is read for the keys in it.
    conditions, unread = found.conditions[:MOST_ROWS], len(found.conditions) - MOST_ROWS
    sections = (
        section(tr("Causes"), _cause_rows(found)),
        section(before, [row_of(name) for name in found.upstream] if task else []),
        section(after, [row_of(name) for name in found.downstream]),
        section(tr("Conditions"), [*map(condition_row, conditions), *_left_out(unread)]),
        section(tr("Can never be met"), [Row(text) for text in found.never]),
    )
    return WhyRows(
        task,
        f"{found.sentence}.",
        tuple(each for each in sections if each.children),
        found.generation,
        found.saved_at,
    )


def module_rows(snapshot: Snapshot, task: str, folder: Path, statuses: Mapping[str, TaskStatus]) -> WhyRows:
    """What is known of a task (empty: of the whole) where a workflow is shown and no instance is open."""
    name = snapshot.workflow.name
    starts = [each.name for each in snapshot.graph.tasks if each.start]
    sentence = tr("{} has no instance here, so nothing waits. New instance… starts one, with {}")
    if not task:
        return WhyRows("", f"{sentence.format(name, join_names(starts))}.", (), 0, 0)

    def edge_row(edge: GraphTransition, other: str) -> Row:
        condition = tr(" — if {}").format(edge.condition) if edge.condition else ""
        keys = keys_read(edge.condition, snapshot.workflow, folder) if edge.condition else ()
        reads = tuple(Row(tr("reads {}").format(key)) for key in keys)
        return Row(f"{other}{condition}", other, statuses[other], children=reads)

    edges = snapshot.graph.transitions
    before = [edge_row(edge, edge.source) for edge in edges if edge.dest == task]
    after = [edge_row(edge, edge.dest) for edge in edges if edge.source == task]
    sections = (section(tr("Comes after"), before), section(tr("Comes before"), after))
    return WhyRows(task, module_sentence(task), tuple(each for each in sections if each.children), 0, 0)


def _cause_rows(found: Why) -> list[Row]:
    """None where the only cause is the task itself, of which the sentence says all."""
    if found.task and not any(cause.children or cause.more for cause in found.causes):
        return []
    return [*map(_cause_row, found.causes), *_left_out(found.more)]


def _cause_row(cause: Cause) -> Row:
    children = (*map(_cause_row, cause.children), *_left_out(cause.more))
    return Row(cause.text, cause.task, cause.status, children=children)


def _left_out(count: int) -> list[Row]:
    return [Row(and_more(count, tr))] if count > 0 else []


def _condition_row(known: ConditionResult, reads: Sequence[Row]) -> Row:
    text = f"{known.source} → {known.dest}: {known.condition} — {known.in_words(tr)}"
    is_false = not known.error and known.result is TransitionStatus.NOT_TAKEN
    return Row(text, known.dest, None, is_false, tuple(reads))


def _read_row(context: JsonValue, key: str, shown: Callable[[str, Any], str], *, is_now: bool) -> Row:
    """A value a condition reads; `is_now` tells it from the one it read when it was decided."""
    if isinstance(context, dict) and key in context:
        text = tr("reads {} now = {}") if is_now else tr("reads {} = {}")
        return Row(text.format(key, shown(key, context[key])))
    text = (
        tr("reads {}, which the context does not have now")
        if is_now
        else tr("reads {}, which the context does not have")
    )
    return Row(text.format(key), is_false=True)
