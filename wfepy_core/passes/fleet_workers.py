"""Where the passes of a fleet run: worker processes of our own, or an executor somebody else has.

Each worker process has an executor of its own. When one dies it is known which instance it was on, no other
worker is ended with it (as a shared pool would do), and a fresh one takes its place.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from shlex import quote

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import WfepyError
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, Result, advance_one
from wfepy_core.passes.process_guard import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor
    from types import TracebackType
    from typing import Self


def _never() -> bool:
    return False


class _Running(NamedTuple):
    path: str
    worker: ProcessPoolExecutor
    started: float


class OwnWorkers:
    """Worker processes on this machine; a context manager that ends them."""

    def __init__(self, jobs: int, options: PassOptions, *, finish_on_interrupt: bool = False) -> None:
        """Prepare for `jobs` passes at a time; processes are started when they are needed.

        With `finish_on_interrupt` Ctrl+C in the terminal lets running passes end; else it ends them too.
        """
        self._options = options._replace(keeps_output=True)
        self._finish = finish_on_interrupt
        self._free = [self._worker() for _ in range(jobs)]
        self._running: dict[Future[Outcome], _Running] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in [*self._free, *(running.worker for running in self._running.values())]:
            worker.shutdown(cancel_futures=True)

    def advance(self, paths: Sequence[str], stop: Callable[[], bool] = _never) -> Iterator[Outcome]:
        """One pass over each instance; outcomes as they come. When `stop` says so, no more are begun."""
        waiting = deque(paths)
        while (waiting and not stop()) or self._running:
            while waiting and self._free and not stop():
                self._begin(waiting.popleft())
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in done:
                yield self._end(future)

    def _worker(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the same on every platform, and no thread of the parent is cut in two.
        with _safe_path():
            return ProcessPoolExecutor(
                1, get_context("spawn"), _prepare_worker, (self._finish, _SAFE_PATH, self._options.log_level)
            )

    def _begin(self, path: str) -> None:
        worker = self._free.pop()
        try:
            future = self._submit(worker, path)
        except BrokenExecutor:  # it died between two passes, of nothing that concerns this instance
            worker.shutdown()
            worker = self._worker()
            future = self._submit(worker, path)
        self._running[future] = _Running(path, worker, time.monotonic())

    def _submit(self, worker: ProcessPoolExecutor, path: str) -> Future[Outcome]:
        with _safe_path():  # the first one starts its process
            return worker.submit(advance_one, os.path.abspath(path), self._options)

    def _end(self, future: Future[Outcome]) -> Outcome:
        running = self._running.pop(future)
        error = future.exception()
        if isinstance(error, BrokenExecutor):
            running.worker.shutdown()
            self._free.append(self._worker())
        else:
            self._free.append(running.worker)
        if error is None:
            return _with_given_path(future.result(), running.path)
        took = time.monotonic() - running.started
        if isinstance(error, BrokenExecutor) and 0 < self._options.timeout <= took:
            message = f"the pass took longer than {self._options.timeout:g} s and was ended"
            return Outcome(running.path, Result.DIED, message=message, hint=_HINT)
        return death_outcome(running.path, error)


def _with_given_path(outcome: Outcome, path: str) -> Outcome:
    """An outcome with the path as it was given here; the worker got it from the root."""
    return outcome._replace(path=path, hint=outcome.hint.replace(quote(outcome.path), quote(path)))


_HINT = "the task it was on is shown as interrupted; the next pass runs it again"


def death_outcome(path: str, error: BaseException) -> Outcome:
    """The outcome of a pass whose process ended without an answer."""
    if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
        return Outcome(path, Result.DIED, message="its process died in the middle of the pass", hint=_HINT)
    return Outcome(path, Result.DIED, message=f"{type(error).__name__}: {error}")


_SAFE_PATH = os.environ.get("PYTHONSAFEPATH")


@contextmanager
def _safe_path() -> Iterator[None]:
    """Processes started meanwhile do not search the working directory for their imports: see `wfepy_core`."""
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        _restore_safe_path(_SAFE_PATH)


def _restore_safe_path(value: str | None) -> None:
    """Programs that tasks start search as they did before."""
    if value is None:
        os.environ.pop("PYTHONSAFEPATH", None)
    else:
        os.environ["PYTHONSAFEPATH"] = value


def _prepare_worker(finish_on_interrupt: bool, safe_path: str | None, log_level: str) -> None:
    die_with_parent()
    _restore_safe_path(safe_path)
    sys.stdout.flush()
    os.dup2(2, 1)  # what tasks print is no result: stdout belongs to the parent
    if log_level:
        from wfepy_core._log import show_log

        show_log(log_level)
    if finish_on_interrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    elif signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as it is in the background of a script
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def advance_on(executor: Executor, paths: Sequence[str], options: PassOptions) -> Iterator[Outcome]:
    """One pass over each instance on somebody else's executor; outcomes as they come.

    The files must be the same, under the same path, wherever the executor runs.
    """
    pending = {executor.submit(advance_one, path, options): path for path in paths}
    try:
        while pending:
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                path = pending.pop(future)
                error = future.exception()
                yield future.result() if error is None else death_outcome(path, error)
    finally:
        for future in pending:
            future.cancel()


_CONNECT_SECONDS = 5


class Cluster:
    """An existing Dask cluster as an executor; a context manager that leaves the cluster running."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at `address`, `tcp://host:8786`.

        Raises:
            WfepyError: the `distributed` library is missing, or nobody answers there.
        """
        try:
            # Not an import statement: the library is an extra, heavy, and without types.
            distributed = import_module("distributed")
        except ImportError as error:
            raise WfepyError(
                "a cluster needs the library `distributed`", hint="pip install 'wfepy-desk[cluster]'"
            ) from error
        try:
            self._client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WfepyError(
                f"no Dask scheduler answers at {address}", hint="name it as tcp://HOST:PORT, as it prints it"
            ) from error

    def __enter__(self) -> Executor:
        # Not pure: the same call a second time is a second pass, never the remembered result of the first.
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
