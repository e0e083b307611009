"""Tells a pass that did not go well as one notice: what happened, what to do, and the details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.interpreters import install_line
from wfepy_gui.wording import said
from wfepy_gui.workers.pass_process import PassEnd, PassOutcome, reason_in

if TYPE_CHECKING:
    from wfepy_core.snapshot import Snapshot
    from wfepy_gui.notices import Notices


def tell_pass(
    notices: Notices, outcome: PassOutcome, name: str, snapshot: Snapshot | None, python: str
) -> None:
    """Post the notice of a pass; none for one that is done or was cancelled.

    Args:
        notices: where it goes.
        outcome: how the pass ended.
        name: of the state file.
        snapshot: what is known of the instance after it.
        python: the Python that ran it.
    """
    if outcome.end in (PassEnd.DONE, PassEnd.CANCELLED):
        return
    reason, hint = reason_in(outcome.details)
    if reason:
        say = notices.warning if outcome.end is PassEnd.LOCKED else notices.error
        say(reason, hint=hint)
    elif outcome.end is PassEnd.TASK_FAILED and snapshot is not None:
        _tell_failures(notices, outcome, snapshot)
    else:
        hint = said("What it completed is kept. See Output for what it printed.")
        if outcome.end is PassEnd.NO_CORE:
            hint = said("Choose another (Instance, Python interpreter), or: {}").format(install_line(python))
        notices.error(f"{name}: {outcome.sentence}", hint=hint, details=outcome.details)


def _tell_failures(notices: Notices, outcome: PassOutcome, snapshot: Snapshot) -> None:
    names = [task.name for task in snapshot.graph.tasks]
    failed = [(names[number], error) for number, error in snapshot.records.errors.items()]
    summary = "; ".join(
        said("{} failed: {}: {}").format(name, error.type, error.message) for name, error in failed[:3]
    )
    details = "\n\n".join(error.traceback for _, error in failed)
    hint = said("Correct the cause and advance again: the next pass retries it.")
    notices.error(summary or outcome.sentence, hint=hint, details=details or outcome.details)
