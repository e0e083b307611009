"""What `wfepy preflight --json` answered, as a value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.explain.preflight import Preflight, Trial, from_json
from wfepy_gui.text.command_text import reason_in
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from wfepy_gui.workers.command_process import CommandOutcome

KEPT_OUTPUT = 4000
"""Characters of the end of what conditions printed."""


class PreflightAnswer(NamedTuple):
    """What came of it; `found` is None when it failed, then `reason`, `hint` and `details` say why."""

    found: Preflight | None
    trials: tuple[Trial, ...] = ()
    reason: str = ""
    hint: str = ""
    details: str = ""


def answer_in(outcome: CommandOutcome) -> PreflightAnswer:
    """The answer of a preflight's process, or why there is none."""
    details = outcome.complaint[-KEPT_OUTPUT:].strip()
    if outcome.crashed:
        return PreflightAnswer(None, reason=tr("The process of the preflight crashed"), details=details)
    if outcome.code:
        reason, hint = reason_in(details) if outcome.code > 0 else outcome.reason
        reason = reason or tr("The preflight ended with exit code {}").format(outcome.code)
        return PreflightAnswer(None, reason=reason, hint=hint, details=details)
    # Modules may print below Python's stdout; the answer is the last line.
    lines = outcome.printed.strip().rpartition("\n")
    try:
        found, trials = from_json(json.loads(lines[2]))
    except ValueError:
        return PreflightAnswer(None, reason=tr("The preflight gave no answer"), details=details)
    return PreflightAnswer(found, trials)
