"""Lists that are too long to be written out: `a, b and 3 more`. The parameter `tr` translates."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def and_more(count: int, tr: Callable[[str], str] = str) -> str:
    """The line under a list of which `count` entries are left out."""
    return tr("… and {} more").format(count)


def first_names(names: Sequence[str], limit: int, tr: Callable[[str], str] = str) -> str:
    """The first `limit` names, and how many more there are: `a, b and 3 more`."""
    return names_and_more(names[:limit], len(names) - limit, tr)


def names_and_more(names: Sequence[str], left_out: int, tr: Callable[[str], str] = str) -> str:
    """All these names, and how many are left out behind them: `a, b and 3 more`; `a, b` where none is."""
    shown = ", ".join(names)
    return tr("{} and {} more").format(shown, left_out) if left_out > 0 else shown
