"""Worker processes on this machine, for the passes of a fleet.

When one dies it is known which instance it was on, and a fresh one takes its place. One in which a task has
left something behind is replaced too. A pass that takes too long is ended with its process and all that this
has started.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from contextlib import contextmanager
from shlex import quote

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.passes.fleet_outcome import (
    DESCRIPTORS_CLOSED,
    Outcome,
    PassOptions,
    death_outcome,
    never,
)
from wfepy_core.passes.process_guard import SECONDS_TO_LEAVE
from wfepy_core.passes.process_tree import end_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType
    from typing import IO, Self

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop());"
    " from wfepy_core.passes.worker import main; sys.exit(main(*sys.argv[1:]))"
)
_LONGEST_WAIT = 0.2
"""Seconds after which the end of a worker is looked for where the kernel does not tell it."""

SECONDS_TO_START = 60.0
"""How long a process may take until it is ready for its first pass."""


class OwnWorkers:
    """Worker processes on this machine; a context manager that ends them."""

    def __init__(self, jobs: int, options: PassOptions, *, finish_on_interrupt: bool = False) -> None:
        """Prepare for `jobs` passes at a time; processes are started when they are needed.

        With `finish_on_interrupt` Ctrl+C in the terminal lets running passes end; else it ends them too.
        SIGTERM, which a service manager sends to every process, never ends them: leaving this with an error
        does.
        """
        self._jobs = jobs
        self._options = options
        self._arguments = [
            options._replace(keeps_output=True).to_json(),
            "1" if finish_on_interrupt else "0",
            json.dumps(sys.path),
        ]
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._leaving: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._busy:
            worker.end()
        for worker in self._idle:
            worker.leave()
        self._leaving += self._idle
        while self._leaving:
            self._end_those_that_have_left()
            _wait(self._leaving)

    def advance(self, paths: Sequence[str], stop: Callable[[], bool] = never) -> Iterator[Outcome]:
        """One pass over each instance; outcomes as they come. When `stop` says so, no more are begun."""
        waiting = deque(paths)
        while (waiting and not stop()) or self._busy:
            while waiting and self._has_room() and not stop():
                self._begin(waiting.popleft())
            _wait([*self._busy, *self._leaving])
            self._end_those_that_have_left()
            for worker in list(self._busy):
                outcome = worker.read_outcome()
                if outcome is not None:
                    self._put_away(worker)
                    yield outcome

    def _has_room(self) -> bool:
        """Whether another pass may begin: those that leave take descriptors and processes too."""
        return len(self._busy) < self._jobs and len(self._leaving) < self._jobs

    def _end_those_that_have_left(self) -> None:
        self._leaving = [worker for worker in self._leaving if not worker.has_left()]

    def _begin(self, path: str) -> None:
        while self._idle:
            worker = self._idle.pop()
            if worker.begin(path):
                self._busy.append(worker)
                return
            worker.end()  # it died between two passes, of nothing that concerns this instance
        worker = _Worker(self._arguments, self._options.timeout)
        worker.begin(path)
        self._busy.append(worker)

    def _put_away(self, worker: _Worker) -> None:
        self._busy.remove(worker)
        if worker.is_clean:
            self._idle.append(worker)
        else:
            worker.leave()
            if not worker.has_left():
                self._leaving.append(worker)


class _Worker:
    """One worker process.

    Attributes:
        is_clean: whether it can serve another pass.
    """

    def __init__(self, arguments: list[str], limit: float) -> None:
        with _sigterm_blocked():
            # Not where Python would look for a module first: see `wfepy_core`.
            self._process = subprocess.Popen(
                [sys.executable, "-P", *_flags(), "-c", _PROGRAM, str(os.getpid()), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
            )
        self.is_clean = False
        self._path = ""
        self._received = b""
        self._is_silent = False  # nobody writes to `_answers` any more, which then can be read without end
        self._limit = limit or float("inf")  # of a pass, in seconds
        self._deadline = time.monotonic() + SECONDS_TO_START  # of whatever it does now
        self._is_ready = False
        self._watch = -1
        if hasattr(os, "pidfd_open"):
            try:
                self._watch = os.pidfd_open(self._process.pid)
            except OSError:
                self._watch = -1  # a kernel without it

    @property
    def _answers(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101  it was asked for above
        return self._process.stdout

    @property
    def _commands(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101  likewise
        return self._process.stdin

    @property
    def is_watched(self) -> bool:
        """Whether the kernel tells when it ends."""
        return self._watch >= 0

    def descriptors(self) -> list[int]:
        """What can be read when there is news of it."""
        is_silent = self._answers.closed or self._is_silent
        descriptors = [] if is_silent else [self._answers.fileno()]
        return descriptors + ([self._watch] if self.is_watched else [])

    def seconds_left(self) -> float:
        """Until it has taken too long and is to be ended; infinite where there is no limit."""
        return self._deadline - time.monotonic()

    def begin(self, path: str) -> bool:
        """Let it make a pass over an instance; False if it is dead."""
        self._path = path
        if self._is_ready:
            self._deadline = time.monotonic() + self._limit
        self.is_clean = False
        try:
            self._commands.write(json.dumps([os.path.abspath(path), path]).encode() + b"\n")
        except BrokenPipeError:
            return False
        return True

    def read_outcome(self) -> Outcome | None:
        """How its pass ended, if it has; one that has taken too long is ended."""
        is_over = self._process.poll() is not None  # asked first: what it has written is there then
        line = self._read_line()
        if line == b"":
            self._is_ready, self._deadline = True, time.monotonic() + self._limit
            line = self._read_line()
        if line:
            fields, self.is_clean = json.loads(line)
            outcome = Outcome.from_json(fields)
            # The worker got the path from the root.
            hint = outcome.hint.replace(quote(outcome.path), quote(self._path))
            return outcome._replace(path=self._path, hint=hint)
        if is_over:
            return self._death_outcome()
        return self._end_late() if self.seconds_left() <= 0 else None

    def _death_outcome(self) -> Outcome:
        if self._process.returncode != DESCRIPTORS_CLOSED:
            return death_outcome(self._path)
        return death_outcome(
            self._path,
            "a task closed all file descriptors of its process, which could not tell how the pass ended",
            hint="what came of it is saved: `wfepy status` shows it",
        )

    def _end_late(self) -> Outcome:
        """End it because it has taken too long; how its pass ended with that."""
        self.end()
        if not self._is_ready:
            return death_outcome(
                self._path, f"no process was ready for it after {SECONDS_TO_START:g} s", hint=""
            )
        from wfepy_core.passes.time_limit import note_time_limit

        running = note_time_limit(self._path, self._limit)
        where = f" while {', '.join(running)} ran" if running else ""
        return death_outcome(self._path, f"the pass took longer than {self._limit:g} s and was ended{where}")

    def _read_line(self) -> bytes | None:
        """The next whole line it has written, without its end; None if there is none now."""
        while b"\n" not in self._received and _has_data(self._answers.fileno()):
            data = os.read(self._answers.fileno(), 1 << 16)
            if not data:
                self._is_silent = True
                break
            self._received += data
        if b"\n" not in self._received:
            return None
        line, _, self._received = self._received.partition(b"\n")
        return line

    def leave(self) -> None:
        """Let it end; what a task has left in it may take some seconds more."""
        self._commands.close()
        self._answers.close()
        self._deadline = time.monotonic() + 2 * SECONDS_TO_LEAVE

    def has_left(self) -> bool:
        """Whether it is gone, and its descriptors with it; one that has taken too long to leave is ended."""
        if self._process.poll() is None and self.seconds_left() > 0:
            return False
        self.end()
        return True

    def end(self) -> None:
        """End it now, with what it has started, if it still runs."""
        if self._process.poll() is None:
            end_tree(self._process.pid)
            self._process.wait()
        self._commands.close()
        self._answers.close()
        if self._watch >= 0:
            os.close(self._watch)
            self._watch = -1


def _wait(workers: Sequence[_Worker]) -> None:
    """Wait until there may be news of one of them, or it has taken too long; not at all without workers."""
    left = max(0.0, min((worker.seconds_left() for worker in workers), default=0.0))
    if not all(worker.is_watched for worker in workers):
        left = min(left, _LONGEST_WAIT)
    _poll([each for worker in workers for each in worker.descriptors()], left)


def _has_data(descriptor: int) -> bool:
    return bool(_poll([descriptor], 0.0))


def _poll(descriptors: list[int], seconds: float) -> list[tuple[int, int]]:
    """Wait until one of them can be read, at most so long; those that can."""
    if sys.platform == "win32":
        if not descriptors:
            time.sleep(seconds)
        return [(each, 0) for each in descriptors]  # pipes cannot be asked there: reading waits
    import select

    poll = select.poll()
    for each in descriptors:
        poll.register(each, select.POLLIN)
    return poll.poll(None if seconds == float("inf") else 1000 * seconds)


def _flags() -> list[str]:
    """Options with which this Python was started, as far as they have a meaning for tasks."""
    flags = [f"-W{option}" for option in sys.warnoptions]
    flags += [f"-X{name}" if value is True else f"-X{name}={value}" for name, value in sys._xoptions.items()]  # noqa: SLF001  documented
    names = {"ignore_environment": "-E", "no_user_site": "-s", "dont_write_bytecode": "-B"}
    flags += [flag for name, flag in names.items() if getattr(sys.flags, name)]
    return flags + ["-" + "O" * sys.flags.optimize] * bool(sys.flags.optimize)


@contextmanager
def _sigterm_blocked() -> Iterator[None]:
    """A process that is started meanwhile gets SIGTERM when it is ready for it."""
    if sys.platform == "win32":
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
