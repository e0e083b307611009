"""Reading a state file for those who show it; to be run in the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.storage import state_file
from wfepy_gui.instance_view import view_of
from wfepy_gui.pending import sharing

if TYPE_CHECKING:
    from wfepy_gui.instance_view import View


def read_view(path: str, known: object) -> View:
    """Read a state file; what is the same in the context `known` is the same object, cheap to compare.

    Raises:
        UnreadableStateError: it cannot be read.
    """
    snapshot = state_file.read(path)
    return view_of(snapshot._replace(context=sharing(known, snapshot.context)))
