"""How the previous version of a state file differs from the present one. Reads both; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.errors import WfepyError
from wfepy_core.repair import Versions, restore_backup
from wfepy_core.snapshot import instance_status, task_statuses
from wfepy_core.storage import state_file
from wfepy_gui.clock import age, local_time
from wfepy_gui.models.rows import Row, section
from wfepy_gui.pending import ABSENT, difference

if TYPE_CHECKING:
    from wfepy_core.snapshot import Snapshot


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


def compare_backup(path: str, current: int) -> Comparison:
    """What restoring the backup of a state file would bring.

    Raises:
        UnreadableStateError: there is no readable previous version.
    """
    old = state_file.read_document(path + state_file.BACKUP_SUFFIX).snapshot()
    try:
        new = state_file.read(path)
    except WfepyError as error:
        lost = Row(f"The present file cannot be read: {error}")
        kept = Row("What its journal says happened since is added to the previous version")
        return Comparison(old.generation, None, (_facts("Previous version", old, current), lost, kept))
    rows = (_facts("Now", new, current), _facts("Afterwards", old, current), *_differences(new, old))
    return Comparison(old.generation, new.generation, rows)


def restore_compared(path: str, seen: Comparison, reason: str) -> Snapshot:
    """Restore the backup if both files are still those that were compared; the snapshot afterwards.

    Raises:
        StateConflictError: somebody saved since.
        WfepyError: as `repair.restore_backup`.
    """
    return restore_backup(path, reason=reason, expected=Versions(seen.backup, seen.present))


def _facts(caption: str, snapshot: Snapshot, current: int) -> Row:
    saved = snapshot.saved
    by = f" by {saved.by} on {saved.host}" if saved.by else ""
    tokens = ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens[:12]) or "no token"
    return section(
        f"{caption}: generation {snapshot.generation}, {instance_status(snapshot).value}",
        [Row(f"saved {local_time(saved.at)} ({age(saved.at, current)}){by}"), Row(f"stands at {tokens}")],
    )


def _differences(new: Snapshot, old: Snapshot) -> list[Row]:
    if new.graph != old.graph:
        return [Row("The graph is another one")]
    was, then = task_statuses(new), task_statuses(old)
    tasks = [
        Row(f"{name}: {was[name].value} → {then[name].value}", name, then[name])
        for name in was
        if was[name] is not then[name]
    ]
    keys = [Row(_told(each.key, each.before, each.after)) for each in difference(new.context, old.context)]
    sections = (section("Tasks that change", tasks), section("Context keys that change", keys))
    return [each for each in sections if each.children]


def _told(key: str, before: object, after: object) -> str:
    if after is ABSENT:
        return f"{key} is removed"
    return f"{key} comes back" if before is ABSENT else f"{key} gets its previous value"
