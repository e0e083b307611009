"""How the previous version of a state file differs from the present one. Reads both; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.errors import WfepyError
from wfepy_core.model.derived_status import instance_status, task_statuses
from wfepy_core.operations.restore import Versions, restore_backup
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_gui.instance.context_difference import ABSENT, difference
from wfepy_gui.models.explanations.rows import Row, section
from wfepy_gui.text.translation import label_of, tr

if TYPE_CHECKING:
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.text.time_format import Clock


class Comparison(NamedTuple):
    """Both versions side by side.

    Attributes:
        backup: generation of the previous version.
        present: generation of the present one; None when it cannot be read.
        rows: what differs.
    """

    backup: int
    present: int | None
    rows: tuple[Row, ...]


def compare_backup(path: str, current: int, clock: Clock) -> Comparison:
    """What restoring the backup of a state file would bring; `clock` tells when both were saved.

    Raises:
        UnreadableStateError: there is no readable previous version.
    """
    old = state_file.read_document(path + BACKUP_SUFFIX).snapshot()
    try:
        new = state_file.read(path)
    except WfepyError as error:
        lost = Row(tr("The present file cannot be read: {}").format(error))
        kept = Row(tr("What its journal says happened since is added to the previous version"))
        before = _facts(tr("Previous version"), old, current, clock)
        return Comparison(old.generation, None, (before, lost, kept))
    now, then = _facts(tr("Now"), new, current, clock), _facts(tr("Afterwards"), old, current, clock)
    rows = (now, then, *_differences(new, old))
    return Comparison(old.generation, new.generation, rows)


def restore_if_unchanged(path: str, seen: Comparison, reason: str) -> Snapshot:
    """Restore the backup if both files are still those that were compared; the snapshot afterwards.

    Raises:
        StateConflictError: somebody saved since.
        WfepyError: as `operations.restore.restore_backup`.
    """
    return restore_backup(path, reason=reason, expected=Versions(seen.backup, seen.present))


def _facts(caption: str, snapshot: Snapshot, current: int, clock: Clock) -> Row:
    saved = snapshot.saved
    by = tr("saved {} by {} on {}") if saved.by else tr("saved {}")
    tokens = ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens[:12]) or tr("no token")
    return section(
        tr("{}: generation {}, {}").format(caption, snapshot.generation, label_of(instance_status(snapshot))),
        [
            Row(by.format(clock.full_text(saved.at, current), saved.by, saved.host)),
            Row(tr("stands at {}").format(tokens)),
        ],
    )


def _differences(new: Snapshot, old: Snapshot) -> list[Row]:
    if new.graph != old.graph:
        return [Row(tr("The graph is another one"))]
    was, then = task_statuses(new), task_statuses(old)
    tasks = [
        Row(f"{name}: {label_of(was[name])} → {label_of(then[name])}", name, then[name])
        for name in was
        if was[name] is not then[name]
    ]
    keys = [
        Row(_describe_change(each.key, each.before, each.after))
        for each in difference(new.context, old.context)
    ]
    sections = (
        section(tr("Tasks that change"), tasks),
        section(tr("Context keys that change"), keys),
    )
    return [each for each in sections if each.children]


def _describe_change(key: str, before: object, after: object) -> str:
    if after is ABSENT:
        text = tr("{} is removed")
    else:
        text = tr("{} comes back") if before is ABSENT else tr("{} gets its previous value")
    return text.format(key)
