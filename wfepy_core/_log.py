"""Lines for `logging`, where the program has loaded it: a cron trigger that does not log pays nothing.

Import this module late, where `"logging" in sys.modules`. The loggers are those of `wfepy` 0.1.1:
`wfepy.workflow` for what its engine told, and others below `wfepy`.
"""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import Logger

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


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


def show_log(level: str) -> None:
    """Write the log records of the engine and of tasks to stderr, whatever stderr is when they come.

    Args:
        level: from which level on, one of `LEVELS`.
    """
    import logging

    class CurrentStderr(logging.StreamHandler):  # type: ignore[type-arg]  # whatever stream is there
        @property
        def stream(self) -> object:
            return sys.stderr

        @stream.setter
        def stream(self, _stream: object) -> None:
            """Taken anew each time."""

    handler = CurrentStderr()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
