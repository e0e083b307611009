"""What an operator does in the window as commands for a terminal. Pure.

Secrets are dots in them: a command is copied into tickets and shell histories.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wfepy_gui.masking import DOTS, Masking
from wfepy_gui.pending import ABSENT, WHOLE
from wfepy_gui.workers.pass_process import shell_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wfepy_core.status import TaskState
    from wfepy_gui.pending import KeyChange

_MASKING = Masking()


def on_tasks(program: Sequence[str], path: str, kind: str, tasks: Iterable[str], reason: str) -> str:
    """Completing, skipping or retrying tasks, one after the other."""
    return " && ".join(shell_line((*program, kind, path, task, *_because(reason))) for task in tasks)


def on_tokens(
    program: Sequence[str],
    path: str,
    before: Iterable[tuple[str, TaskState]],
    after: Iterable[tuple[str, TaskState]],
    reason: str,
) -> str:
    """Placing tokens by hand."""
    now, then = dict(before), dict(after)
    items = [f"{task}=" for task in now if task not in then]
    items += [f"{task}={state.name}" for task, state in then.items() if now.get(task) is not state]
    return shell_line((*program, "tokens", path, *items, *_because(reason)))


def on_file(program: Sequence[str], command: str, path: str, reason: str = "", *more: str) -> str:
    """A command of the whole instance, as `restore`; `more` are its further arguments."""
    return shell_line((*program, command, path, *more, *_because(reason)))


def of_preflight(
    program: Sequence[str], path: str, changes: Iterable[KeyChange], tries: Mapping[str, Any]
) -> str:
    """A preflight with pending changes of the context and values to try; empty where no command says that."""
    words: list[str] = []
    for change in changes:
        if change.key == WHOLE or not _is_one_word(change.key, change.before is not ABSENT):
            return ""
        if change.key in tries:
            continue
        words += (
            ("--unset", change.key)
            if change.after is ABSENT
            else ("--set", assignment(change.key, change.after))
        )
    for key, value in tries.items():
        words += ("--set", assignment(key, value))
    return shell_line((*program, "preflight", path, *words))


def assignment(key: str, value: Any) -> str:
    """KEY=VALUE as commands take it; dots for a value that is a secret or holds one."""
    if _MASKING.masked((key,), value) != value:
        return f"{key}={DOTS}"
    return f"{key}={json.dumps(value, ensure_ascii=False)}"


def _is_one_word(key: str, exists: bool) -> bool:
    """Whether a command takes this top-level key as such: a new one with dots in it would be a path."""
    return "=" not in key and (exists or not set(key) & set(".[]"))


def _because(reason: str) -> tuple[str, ...]:
    return ("--reason", reason) if reason else ()
