"""The options that commands which run passes share."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentTypeError

from wfepy_core._log import LEVELS
from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.parser import seconds
from wfepy_core.model.status import Durability

if TYPE_CHECKING:
    from wfepy_core.cli.parser import CommandParser


def add_pass_options(parser: CommandParser) -> None:
    """Declare the options of every command that runs passes."""
    parser.add_argument(
        "--stop-at-failure", action="store_true", help="end a pass at its first failure; else others go on"
    )
    # What passes do anyway: command lines that were written when they did not go on working.
    parser.add_argument("--keep-going", action="store_false", dest="stop_at_failure", help=SUPPRESS)
    parser.add_argument(
        "--durability",
        type=_durability,
        choices=list(Durability),
        default=Durability.TASK,
        help="what survives a power cut: every completed task (default), or only the whole pass (faster)",
    )
    parser.add_argument(
        "-v",
        "--verbose",
        action="store_const",
        const="INFO",
        dest="log_level",
        help="write to stderr what the engine does and what tasks log",
    )
    parser.add_argument(
        "--log-level",
        type=str.upper,
        choices=LEVELS,
        default="",
        help="the same, from this level on",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=0.0,
        metavar="SECONDS",
        help="end a pass that takes longer, telling where it was (exit 1); its task is shown as interrupted",
    )


def _durability(word: str) -> Durability:
    try:
        return Durability(word)
    except ValueError:
        words = ", ".join(map(repr, map(str, Durability)))
        raise ArgumentTypeError(f"invalid choice: {word!r} (choose from {words})") from None
