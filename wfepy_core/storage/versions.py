"""Whole versions of an instance inside the journal: its members as they stand in a state file.

What replaces an instance as a whole (`restore`, `migrate`) writes it into its line of the journal, so that
the line alone brings the change back, as every other line does.
"""

from __future__ import annotations

import json

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.storage.state_serialization import MEMBERS, snapshot_parts
from wfepy_core.storage.state_validation import (
    BadStateError,
    check_graph,
    check_records,
    check_running,
    check_tokens,
    check_workflow,
    index_of,
    members,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def version_of(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as the `version` of an event.

    Raises:
        ValueError, RecursionError: the context has no JSON form.
    """
    return {
        name: json.loads(part) for name, part in zip(MEMBERS, snapshot_parts(snapshot), strict=True) if part
    }


def read_version(version: Mapping[str, Any]) -> Snapshot | None:
    """The snapshot in the `version` of an event, without generation and save; None: it makes no sense."""
    try:
        found = members(dict(version), "version", MEMBERS)
        graph = check_graph(found["graph"])
        index = index_of(task.name for task in graph.tasks)
        running = check_running(found["running"], index)
        return Snapshot(
            generation=0,
            workflow=check_workflow(found["workflow"]),
            graph=graph,
            tokens=check_tokens(found["tokens"], index),
            records=check_records(found["records"], index),
            context=found["context"],
            running=running,
            interrupted=bool(running),
        )
    except (BadStateError, RecursionError):
        return None
