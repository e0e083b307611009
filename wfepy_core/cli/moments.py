"""Moments on the command line: how they are named and asked about, what was then, what was changed since."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentTypeError

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import one_line, print_line
from wfepy_core.cli.terminal import print_table
from wfepy_core.explain.facts import Facts
from wfepy_core.explain.sentences import clause
from wfepy_core.model.derived_status import instance_status
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.moments import Moment
from wfepy_core.time_text import moment_exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.model.events import Changes
    from wfepy_core.model.snapshot import Snapshot

_PRINTED = re.compile(r"(.{19})(?:\.[0-9]+)? (?:UTC|([+-][0-9]{2}:[0-9]{2}))")


def moment_of(text: str) -> Moment:
    """A generation or a time.

    Raises:
        ArgumentTypeError: it is neither.
    """
    try:
        return Moment(generation=int(text)) if text.isdecimal() else Moment(at=_micros_of(text))
    except ValueError:
        raise _refusal(text, "no generation and no time", "14, ") from None


def time_of(text: str) -> int:
    """A time, microseconds since 1970 UTC.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return _micros_of(text)
    except ValueError:
        raise _refusal(text, "no time") from None


def _refusal(text: str, what: str, example: str = "") -> ArgumentTypeError:
    return ArgumentTypeError(
        f"{text[:60]!r} is {what}; write it as {example}2026-11-22, '2026-11-22 10:05' or "
        "2026-11-22T10:05:00+00:00"
    )


def _micros_of(text: str) -> int:
    """A time as it is printed, or in ISO 8601; without a zone on this machine's clock. Microseconds.

    Raises:
        ValueError: it is no time, or in UTC none of the years 1 to 9999.
    """
    from datetime import UTC, datetime, timedelta

    printed = _PRINTED.fullmatch(text)
    named = datetime.fromisoformat(f"{printed[1]}{printed[2] or '+00:00'}" if printed else text)
    try:
        at = (named.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    except OverflowError as error:
        raise ValueError(f"in UTC {text!r} is before the year 1 or after 9999") from error
    # Printed to the second: all of that second is meant.
    return at if named.microsecond else at + (999_999 if printed else 0)


def is_confirmed(question: str) -> bool | None:
    """Ask for a yes on the terminal; None where nobody can be asked."""
    if not (sys.stdin and sys.stdin.isatty()):
        return None
    sys.stdout.flush()
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def changes_text(changes: Changes, old: Mapping[str, object]) -> str:
    """What was changed in a context, with the new values and the old ones that are known."""
    parts = [
        f"{key} removed" + (f" (was: {preview(old[key])})" if key in old else "") for key in changes.unset
    ]
    for key, value in changes.set.items():
        before = f"{preview(old[key])} → " if key in old else ""
        parts.append(f"{key} = {before}{preview(value)}")
    parts += ["the whole context replaced"] if changes.whole else []
    return ", ".join(parts)


def print_past(path: str, snapshot: Snapshot) -> None:
    """Print an instance as it was: where it stood, and its context."""
    at = snapshot.saved.at
    status = instance_status(snapshot).value
    print_line(f"{path} as it was at generation {snapshot.generation}, {moment_exact(at)}: {status}")
    facts = Facts(snapshot, at)
    rows = [
        (task, facts.statuses[task].value, one_line(clause(facts, task)))
        for task in facts.statuses
        if task in facts.tokens or task in snapshot.running
    ]
    if rows:
        print_line("")
        print_table(("task", "status", "what was known"), rows, word=1)
    if isinstance(snapshot.context, dict) and snapshot.context:
        print_line("")
        for key, value in snapshot.context.items():
            print_line(one_line(f"{key} = {preview(value)}"))
