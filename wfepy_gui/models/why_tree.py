"""The whole answer to "why does it not move?" as rows of a tree. Pure but for module files read as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.explain import why
from wfepy_core.status import TransitionStatus
from wfepy_gui.models.condition_reads import keys_read
from wfepy_gui.models.rows import MOST_ROWS, Row, lines_of, section
from wfepy_gui.wording import marked, said, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wfepy_core.explain import Cause, ConditionResult
    from wfepy_core.explain_text import Times
    from wfepy_core.snapshot import Snapshot
    from wfepy_core.status import TaskStatus
    from wfepy_gui.clock import Clock

_RESULTS = {
    TransitionStatus.TAKEN: marked("was true"),
    TransitionStatus.NOT_TAKEN: marked("was false"),
    TransitionStatus.UNDECIDED: marked("not asked yet"),
}


class WhyTree(NamedTuple):
    """The answer for one task, or for the instance (an empty task).

    Attributes:
        sentence: the answer.
        sections: rows with what belongs to them below; sections without rows are left out.
        generation: of the snapshot it is true for.
        saved_at: when that was saved, microseconds since 1970 UTC; 0: unknown.
    """

    task: str
    sentence: str
    sections: tuple[Row, ...]
    generation: int
    saved_at: int

    def as_text(self, current: int, clock: Clock) -> str:
        """All of it as indented lines, for the clipboard."""
        lines = [self.sentence]
        for each in self.sections:
            lines += ["", *lines_of(each)]
        return "\n".join([*lines, "", stamp(self.generation, self.saved_at, current, clock)])


def stamp(generation: int, saved_at: int, current: int, clock: Clock) -> str:
    """Which pass an answer is true for."""
    when = said(", saved {}").format(clock.full_text(saved_at, current)) if saved_at else ""
    return said("True for generation {}").format(generation) + when


def why_tree(
    snapshot: Snapshot,
    task: str,
    folder: Path,
    current: int,
    statuses: Mapping[str, TaskStatus],
    shown: Callable[[str, Any], str],
    holder: str = "",
    times: Times | None = None,
) -> WhyTree:
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
        return Row(f"{name}: {word(statuses[name])}", name, statuses[name])

    def condition_row(known: ConditionResult) -> Row:
        reads = keys_read(known.condition, snapshot.workflow, folder)
        return _condition_row(known, [_read_row(snapshot.context, key, shown) for key in reads])

    sections = (
        section(said("Causes"), [_cause_row(cause) for cause in found.causes]),
        section(said("Waits for"), [row_of(name) for name in found.upstream] if task else []),
        section(said("Holds up"), [row_of(name) for name in found.downstream]),
        section(said("Conditions"), [condition_row(known) for known in found.conditions[: MOST_ROWS + 1]]),
        section(said("Can never be met"), [Row(text) for text in found.never]),
    )
    return WhyTree(
        task,
        f"{found.sentence}.",
        tuple(each for each in sections if each.children),
        found.generation,
        found.saved_at,
    )


def _cause_row(cause: Cause) -> Row:
    return Row(cause.text, cause.task, cause.status, children=tuple(map(_cause_row, cause.children)))


def _condition_row(known: ConditionResult, reads: Sequence[Row]) -> Row:
    result = said("raised {}").format(known.error) if known.error else said(_RESULTS[known.result])
    text = f"{known.source} → {known.dest}: {known.condition} — {result}"
    is_false = not known.error and known.result is TransitionStatus.NOT_TAKEN
    return Row(text, known.dest, None, is_false, tuple(reads))


def _read_row(context: Any, key: str, shown: Callable[[str, Any], str]) -> Row:
    if isinstance(context, dict) and key in context:
        return Row(said("reads {} = {}").format(key, shown(key, context[key])))
    return Row(said("reads {}, which the context does not have").format(key), is_false=True)
