"""`wfepy --agreed BYTES COMMAND ...`, for programs: which code the command may run.

The program has asked a person, and writes to stdin what was agreed to, in so many bytes, ahead of what the
command itself reads there. See `wfepy_core.loading.agreement`.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import WfepyError
from wfepy_core.loading.agreement import decode
from wfepy_core.loading.source_import import SOURCE_FINDER

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_BYTES = 64 * 1024 * 1024


def take_agreement(arguments: Sequence[str]) -> list[str]:
    """Let this process run only what was agreed to; returns the rest of the command line.

    Raises:
        WfepyError: nobody can say what was agreed to, or the command has other processes run code.
    """
    number, rest = arguments[1:2], list(arguments[2:])
    if not number or not (number[0].isascii() and number[0].isdigit()) or int(number[0]) > _MOST_BYTES:
        raise WfepyError("--agreed needs the number of bytes on stdin", hint="it is for programs, not typed")
    if rest[:1] in (["watch"], ["advance"]) and "--events" not in rest:
        raise WfepyError("--agreed is for one process", hint="advance one state file, with --events")
    try:
        SOURCE_FINDER.hold_to(decode(_read_exactly(int(number[0]))))
    except ValueError:
        raise WfepyError("what was agreed to cannot be read from stdin") from None
    return rest


def _read_exactly(size: int) -> bytes:
    """So many bytes, and not one more: the rest belongs to the command."""
    data = b""
    while len(data) < size:
        more = os.read(0, size - len(data))
        if not more:
            raise ValueError("too few bytes")
        data += more
    return data
