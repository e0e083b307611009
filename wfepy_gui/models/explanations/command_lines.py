"""What an operator does in the window as commands for a terminal. Pure.

Secrets are dots in them: a command is copied into tickets and shell histories.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wfepy_core.model.snapshot import apply
from wfepy_gui.instance.context_difference import ABSENT, WHOLE
from wfepy_gui.text.command_text import shell_line
from wfepy_gui.text.secrets import DOTS, Masking
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wfepy_core.model.json_values import JsonValue
    from wfepy_core.model.status import InterventionKind, TaskState
    from wfepy_gui.instance.context_difference import KeyChange
    from wfepy_gui.instance.pending_changes import Pending

_MASKING = Masking()


def on_tasks(
    program: Sequence[str], path: str, kind: InterventionKind, tasks: Iterable[str], reason: str
) -> str:
    """Completing, skipping or retrying tasks, one after the other."""
    return " && ".join(shell_line((*program, kind.value, path, task, *_because(reason))) for task in tasks)


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


def of_changes(program: Sequence[str], path: str, pending: Pending) -> str:
    """All pending changes as lines for a shell; a line of comment where no command says a change."""
    lines = _context_lines(program, path, pending)
    snapshot = pending.base
    for change in pending.changes:
        event, before = change.event, snapshot
        snapshot = apply(snapshot, [event])
        if event.task:
            lines.append(on_tasks(program, path, event.kind, (event.task,), event.reason))
        elif event.tokens is not None:
            lines.append(on_tokens(program, path, before.tokens, snapshot.tokens, event.reason))
    return "\n".join(lines)


def _context_lines(program: Sequence[str], path: str, pending: Pending) -> list[str]:
    lines: list[str] = []
    sets: list[str] = []
    unsets: list[str] = []
    for change in pending.key_changes():
        if change.key == WHOLE or not _is_one_word(change.key, change.before is not ABSENT):
            lines.append(tr("# no command says this change of the context: {}").format(shown_key(change.key)))
        elif change.after is ABSENT:
            unsets.append(change.key)
        else:
            sets.append(assignment(change.key, change.after))
    lines += [shell_line((*program, "context", "set", path, *sets))] if sets else []
    lines += [shell_line((*program, "context", "unset", path, *unsets))] if unsets else []
    return lines


def shown_key(key: str) -> str:
    """A key in a line of comment, which it must not end."""
    return key if key.isprintable() else repr(key)


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


def assignment(key: str, value: JsonValue) -> str:
    """KEY=VALUE as commands take it; dots for a value that is a secret or holds one."""
    if _MASKING.mask((key,), value) != value:
        return f"{key}={DOTS}"
    return f"{key}={json.dumps(value, ensure_ascii=False)}"


def _is_one_word(key: str, exists: bool) -> bool:
    """Whether a command takes this top-level key as such: a new one with dots in it would be a path."""
    return "=" not in key and (exists or not set(key) & set(".[]"))


def _because(reason: str) -> tuple[str, ...]:
    return ("--reason", reason) if reason else ()
