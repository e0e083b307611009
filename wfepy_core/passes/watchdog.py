"""Ends this process when a pass takes too long, whatever the pass is doing."""

from __future__ import annotations


def start(seconds: float) -> None:
    """End this process with exit code 1 after `seconds`, telling on stderr where it was; 0: never.

    The clock is a thread that needs nothing of the interpreter, so it ends even a task that never lets go of
    it. The journal holds what was done; the task that was running is shown as interrupted.
    """
    if seconds > 0:
        import faulthandler

        faulthandler.dump_traceback_later(seconds, exit=True)


def stop() -> None:
    """The pass is over; harmless if nothing was started."""
    import faulthandler

    faulthandler.cancel_dump_traceback_later()
