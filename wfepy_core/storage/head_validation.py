"""The members on the first line of a state file, checked; and the values made of them."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.snapshot import Saved
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.model.summary import Summary, TaskSummary
from wfepy_core.storage.iso_time import END_OF_TIME, from_iso
from wfepy_core.storage.state_serialization import HEAD, LATER_HEAD
from wfepy_core.storage.state_validation import (
    BadStateError,
    check_version,
    expect,
    members,
    row_of,
    short_text,
    shorten,
    text,
    whole_number,
)

if TYPE_CHECKING:
    from typing import Any

_STATUSES = {status.value: status for status in InstanceStatus}
_TASK_STATUSES = {status.value: status for status in TaskStatus}
_MOST_OF_ID = 64  # characters


class Head(NamedTuple):
    """What the beginning of a state file says.

    Attributes:
        generation: grows by one with every save.
        status: of the instance, when it was saved.
        saved: when and by whom.
        name: of the workflow.
        id: of the instance; empty in files of older versions.
        summary: where it stood when it was saved; None in files of older versions.
    """

    generation: int
    status: InstanceStatus
    saved: Saved
    name: str
    id: str = ""
    summary: Summary | None = None


def check_head(value: Any, name: str) -> Head:
    """The members on the first line; `name` is that of the workflow."""
    check_version(value)
    found = members(value, "the first line", HEAD, LATER_HEAD)
    status = _STATUSES.get(text(found["status"], "status"))
    if status is None:
        raise BadStateError(f"status: {shorten(found['status'])} is not one of {', '.join(_STATUSES)}")
    saved = members(found["saved"], "saved", ("at", "by", "host", "pid", "journal"))
    try:
        at = from_iso(text(saved["at"], "saved.at"))
    except ValueError as error:
        raise BadStateError(f"saved.at: {error}") from None
    return Head(
        whole_number(found["generation"], "generation"),
        status,
        Saved(
            at,
            short_text(saved["by"], "saved.by"),
            short_text(saved["host"], "saved.host"),
            whole_number(saved["pid"], "saved.pid"),
            whole_number(saved["journal"], "saved.journal"),
        ),
        name,
        _identity(found.get("id", "")),
        check_summary(found["summary"]) if "summary" in found else None,
    )


def _identity(value: Any) -> str:
    found = text(value, "id")
    if len(found) > _MOST_OF_ID:
        raise BadStateError(f"id: it is longer than {_MOST_OF_ID} characters")
    return found


def check_summary(value: Any) -> Summary:
    """The `summary` member; other members than these are of later versions."""
    found: dict[str, Any] = expect(dict, value, "summary", "an object")
    for name in ("at", "more", "done", "tasks"):
        if name not in found:
            raise BadStateError(f"summary: the member {shorten(name)} is missing")
    rows = [
        row_of(row, f"summary.at[{position}]", (6,), "task, status, since, until, why and fingerprint")
        for position, row in enumerate(expect(list, found["at"], "summary.at", "a list"))
    ]
    return Summary(
        tuple(_task_summary(row, f"summary.at[{position}]") for position, row in enumerate(rows)),
        *(whole_number(found[name], f"summary.{name}") for name in ("more", "done", "tasks")),
    )


def _task_summary(row: list[Any], place: str) -> TaskSummary:
    name, word, since, until, why, fingerprint = row
    status = _TASK_STATUSES.get(text(word, place))
    if status is None:
        raise BadStateError(f"{place}: {shorten(word)} is not one of {', '.join(_TASK_STATUSES)}")
    return TaskSummary(
        short_text(name, place),
        status,
        whole_number(since, place, END_OF_TIME - 1),
        0 if until is None else whole_number(until, place, END_OF_TIME - 1),
        short_text(why, place),
        short_text(fingerprint, place),
    )
