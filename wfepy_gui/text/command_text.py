"""Commands and their ends as people read them: one line for a shell, the reason it gave, why it crashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.text.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_REASON = "wfepy: "
_CRASHES = {
    "SIGSEGV": QT_TR_NOOP("crashed: it used memory it does not have (a fault in compiled code)"),
    "SIGBUS": QT_TR_NOOP(
        "crashed: it used memory that is not there (a fault in compiled code, or a full disk)"
    ),
    "SIGABRT": QT_TR_NOOP("crashed: it gave itself up (abort, often a failed check in compiled code)"),
    "SIGFPE": QT_TR_NOOP("crashed: impossible arithmetic in compiled code"),
    "SIGILL": QT_TR_NOOP("crashed: it ran an instruction this processor does not have"),
    "SIGKILL": QT_TR_NOOP("was killed: by somebody, or by the system for want of memory"),
    "SIGTERM": QT_TR_NOOP("was terminated by somebody"),
    "SIGINT": QT_TR_NOOP("was interrupted by somebody"),
    "SIGHUP": QT_TR_NOOP("lost its terminal"),
    "SIGXCPU": QT_TR_NOOP("used up the processor time it may have"),
}
_BY_SIGNAL = QT_TR_NOOP("was ended by a signal")


def shell_line(command: Sequence[str]) -> str:
    """A command as one line for a POSIX shell."""
    import shlex  # noqa: PLC0415  start-up time

    return shlex.join(command)


def reason_in(printed: str) -> tuple[str, str]:
    """What a `wfepy` command gave as its reason at the end of its output, and its hint; both may be empty."""
    lines = printed.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(_REASON)]
    if not starts or not all(line.startswith("  ") for line in lines[starts[-1] + 1 :]):
        return "", ""
    hint = " ".join(line.strip() for line in lines[starts[-1] + 1 :])
    return lines[starts[-1]].removeprefix(_REASON), hint


def crash_text(code: int) -> str:
    """What ended a process, after its name.

    Args:
        code: its exit code; below zero: minus the number of the signal that ended it.
    """
    if code >= 0:
        return tr("ended with the unknown exit code {}").format(code)
    import signal  # noqa: PLC0415  start-up time

    try:
        name = str(signal.Signals(-code).name)
    except ValueError:
        return tr("was ended by signal {}").format(-code)
    return f"{tr(_CRASHES.get(name, _BY_SIGNAL))} ({name})"
