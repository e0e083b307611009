"""How `status` and `why` tell of the pass that ended last; it may have changed nothing."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import one_line
from wfepy_core.time_text import MINUTE, in_words, moment

if TYPE_CHECKING:
    from wfepy_core.model.snapshot import LastPass


def last_pass_text(last: LastPass, now: int) -> str:
    """When it ended, whose it was, and how it ended, as one line; `now` in microseconds since 1970 UTC."""
    age = now - last.at
    when = f" ({in_words(age)} ago)" if age > -MINUTE else ""
    whose = f"{last.by} on {last.host}, process {last.pid}"
    return one_line(f"last pass {moment(last.at)}{when} by {whose}: {last.ended}")
