"""What the history and whoever looks are told of a pass that its time limit has ended."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import WfepyError
from wfepy_core.storage.locked_state import LockedState
from wfepy_core.storage.state_edit import interruptions
from wfepy_core.storage.state_file import replay

if TYPE_CHECKING:
    from collections.abc import Sequence


def note_time_limit(path: str, seconds: float) -> Sequence[str]:
    """Write why the tasks were cut off that were running in a pass which is ended now; their names.

    Where that cannot be written, they are shown as interrupted all the same.
    """
    try:
        with LockedState(path, purpose="advance") as locked:
            snapshot = replay(locked.document)
            for event in interruptions(snapshot, snapshot.running):
                locked.append(event._replace(reason=f"stopped after {seconds:g} s, its time limit"))
            return snapshot.running
    except WfepyError:
        return ()
