"""How `status` and `why` tell of the pass that ended last; it may have changed nothing."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import one_line
from wfepy_core.model.status import InstanceStatus
from wfepy_core.time_text import MINUTE, in_words, moment

if TYPE_CHECKING:
    from wfepy_core.model.snapshot import LastPass

_WHOLE = 400
"""Characters of an error that are shown."""


def last_pass_text(last: LastPass, now: int) -> str:
    """When it ended, whose it was, and how it ended, as one line; `now` in microseconds since 1970 UTC."""
    age = now - last.at
    when = f" ({in_words(age)} ago)" if age > -MINUTE else ""
    whose = f"{last.by} on {last.host}, process {last.pid}"
    return one_line(f"last pass {moment(last.at)}{when} by {whose}: {last.ended}")


def obstacle_text(last: LastPass, path: str) -> str:
    """Why the last pass did not take place, as one line; empty where it did.

    What the state file says of its tasks is true then, but no next pass will try anything again.
    """
    kind, colon, message = last.ended.partition(": ")
    if not colon or not kind.endswith("Error") or last.ended in [status.value for status in InstanceStatus]:
        return ""
    from shlex import quote

    return one_line(f"no pass takes place: {message}", _WHOLE) + f"; `wfepy advance {quote(path)}` tells more"
