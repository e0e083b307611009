"""Passes of a fleet on an executor that somebody else has, such as a Dask cluster."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from contextlib import suppress
from importlib import import_module

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import WfepyError
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, advance_one, death_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor
    from socket import socket
    from types import TracebackType


def outcome_of_error(path: str, error: BaseException) -> Outcome:
    """The outcome of a pass whose process ended without an answer."""
    if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
        return death_outcome(path)
    return death_outcome(path, f"{type(error).__name__}: {error}", hint="")


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
                yield future.result() if error is None else outcome_of_error(path, error)
    finally:
        for future in pending:
            future.cancel()


_CONNECT_SECONDS = 5
_HINT = "name it as tcp://HOST:PORT, as it prints it"
_MOST_OF_GREETING = 1 << 20
"""Bytes of what a scheduler says first; a few hundred in truth."""
_LENGTH = 8


def _require_scheduler(address: str) -> None:
    """Ask whether a Dask scheduler answers there: its own client waits for what never comes, for minutes.

    Both sides begin with a message about themselves, and each message with its length (`distributed.comm`).

    Raises:
        WfepyError: it does not.
    """
    scheme, _, place = address.rpartition("://")
    if scheme not in ("", "tcp"):
        raise WfepyError(f"a cluster at {scheme}:// cannot be used, only one at tcp://", hint=_HINT)
    host, _, port = place.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()):
        raise WfepyError(f"{address} is no address of a scheduler", hint=_HINT)
    import socket

    try:
        with socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS) as connection:
            greeting = _read_greeting(connection)
    except (OSError, OverflowError, UnicodeError) as error:
        raise WfepyError(f"no Dask scheduler answers at {address}", hint=_HINT) from error
    if len(greeting) < _LENGTH or not 0 < int.from_bytes(greeting, "little") <= _MOST_OF_GREETING:
        raise WfepyError(f"what answers at {address} is no Dask scheduler", hint=_HINT)


def _read_greeting(connection: socket) -> bytes:
    """The first bytes that a server says, as far as it says any in time."""
    greeting = b""
    with suppress(TimeoutError):
        while len(greeting) < _LENGTH and (more := connection.recv(_LENGTH - len(greeting))):
            greeting += more
    return greeting


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
        _require_scheduler(address)
        try:
            self._client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WfepyError(f"no Dask scheduler answers at {address}", hint=_HINT) from error

    def __enter__(self) -> Executor:
        # Not pure: the same call a second time is a second pass, never the remembered result of the first.
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
