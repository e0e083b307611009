"""One notice for a pass that did not go well: what happened, what to do, and the details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.explain.sentences import error_summary
from wfepy_gui.passes.pass_outcome import PassEnd, PassOutcome
from wfepy_gui.preferences.interpreters import install_line
from wfepy_gui.text.command_text import reason_in
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.notices import Notices

MOST_NAMED = 3
"""Failures in one sentence; all of them stand in its details."""


def post_failure_notice(
    notices: Notices,
    outcome: PassOutcome,
    name: str,
    snapshot: Snapshot | None,
    python: str,
    failed: Sequence[str] = (),
) -> None:
    """Post the notice of a pass; none for one that is done or was cancelled.

    Args:
        notices: where it goes.
        outcome: how the pass ended.
        name: of the state file.
        snapshot: what is known of the instance after it.
        python: the Python that ran it.
        failed: names of the tasks that failed in it; those that failed before are no news.
    """
    if outcome.end in (PassEnd.DONE, PassEnd.CANCELLED):
        return
    reason, hint = reason_in(outcome.details)
    details = ""
    if "`wfepy migrate " in hint:
        details, hint = hint, tr("Move to the changed module (Instance) says what became of each task.")
    if reason:
        post = notices.warning if outcome.end is PassEnd.LOCKED else notices.error
        post(reason, hint=hint, details=details)
    elif outcome.end is PassEnd.TASK_FAILED and snapshot is not None:
        _post_task_failures(notices, outcome, snapshot, failed)
    else:
        hint = tr("What it completed is kept. See Output for what it printed.")
        if outcome.end is PassEnd.NO_CORE:
            hint = tr("Choose another (Instance, Python interpreter), or: {}").format(install_line(python))
        elif outcome.end is PassEnd.NOT_STARTED:
            hint = tr("{} cannot be run. Choose a Python for it: Instance, Python interpreter.").format(
                python
            )
        notices.error(f"{name}: {outcome.sentence}", hint=hint, details=outcome.details)


def _post_task_failures(
    notices: Notices, outcome: PassOutcome, snapshot: Snapshot, names: Sequence[str]
) -> None:
    errors = {snapshot.graph.tasks[number].name: error for number, error in snapshot.records.errors.items()}
    news = [(name, errors[name]) for name in dict.fromkeys(names) if name in errors] or list(errors.items())
    told = [tr("{} failed: {}").format(name, error_summary(error)) for name, error in news[:MOST_NAMED]]
    told += [tr("{} more failed").format(len(news) - MOST_NAMED)] if len(news) > MOST_NAMED else []
    details = "\n\n".join(f"{name}\n{error.traceback}" for name, error in news)
    hint = tr("Correct the cause and advance again: the next pass retries it.")
    if news and all(error.condition for _, error in news):
        hint = tr(
            "Correct the cause and advance again: the next pass evaluates the condition again, not the task."
        )
    notices.error("; ".join(told) or outcome.sentence, hint=hint, details=details or outcome.details)
