"""The text of an exception that somebody else defined: asking for it runs their code."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def text_of(error: BaseException) -> str:
    """The text of an exception, also of one that cannot say it."""
    return text_by(lambda: str.__str__(str(error)))  # of no class of its own


def text_by(tell: Callable[[], str]) -> str:
    """What an author's object says of itself: its mistakes there must not hide the failure that is told.

    Raises:
        KeyboardInterrupt: somebody presses Ctrl-C meanwhile.
    """
    try:
        return tell()
    except KeyboardInterrupt:
        raise
    except BaseException as trouble:  # noqa: BLE001  whatever it is
        return f"(its text cannot be shown: {type(trouble).__name__})"
