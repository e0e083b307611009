"""Rows of small trees that explain something: text, perhaps with the status of a task it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.explain.list_text import and_more
from wfepy_gui.text.secrets import without_secrets
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.status import TaskStatus

MOST_ROWS = 200
"""Rows in one section; more would be read by nobody."""


class Row(NamedTuple):
    """One row of the tree.

    Attributes:
        text: what it says.
        task: the task it leads to; empty for none.
        status: of that task, for the icon; None for none.
        is_false: a condition that was false: greyed.
        children: rows below it.
    """

    text: str
    task: str = ""
    status: TaskStatus | None = None
    is_false: bool = False
    children: tuple[Row, ...] = ()

    def without(self, secrets: frozenset[str]) -> Row:
        """The same with dots for secrets that a reason or an error quotes."""
        if not secrets:
            return self
        children = tuple(child.without(secrets) for child in self.children)
        return self._replace(text=without_secrets(self.text, secrets), children=children)


def section(caption: str, rows: Sequence[Row]) -> Row:
    """A heading with rows below it, the first `MOST_ROWS` of them."""
    if len(rows) > MOST_ROWS:
        rows = [*rows[:MOST_ROWS], Row(and_more(len(rows) - MOST_ROWS, tr))]
    return Row(caption, children=tuple(rows))


def lines_of(row: Row, depth: int = 0) -> list[str]:
    """A row and all below it as indented lines."""
    own = f"{'    ' * depth}{row.text}"
    return [own, *(line for child in row.children for line in lines_of(child, depth + 1))]
