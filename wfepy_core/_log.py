"""Lines for `logging`, where the program has loaded it: a cron trigger that does not log pays nothing.

Import this module late, where `"logging" in sys.modules`. The loggers are those of `wfepy` 0.1.1:
`wfepy.workflow` for what its engine told, and others below `wfepy`.
"""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import Logger


def logger_of(part: str) -> Logger:
    """The logger `wfepy.PART`. What it is told is seen only where the program has set up logging.

    Without a handler of its own, `logging` would print a library's errors to stderr: once more beside the
    message that `wfepy advance` prints.
    """
    logging = sys.modules["logging"]
    ours = logging.getLogger("wfepy")
    if not any(isinstance(handler, logging.NullHandler) for handler in ours.handlers):
        ours.addHandler(logging.NullHandler())
    logger: Logger = logging.getLogger(f"wfepy.{part}")
    return logger
