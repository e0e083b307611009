"""Strike an operation at every call it makes, and look at what is left each time.

A test names an operation (a function at the top level of its module, run in a forked child of a warm
process) and a check (run in the test, on the folder the operation worked in)::

    def save(folder, tell):
        replace_file(str(folder / "a.wfstate"), NEW)
        tell("saved")

    def test_a_kill_leaves_the_old_or_the_new_file(faults):
        def check(folder, case):
            assert (folder / "a.wfstate").read_bytes() in (OLD, NEW)

        faults.kill_everywhere(save, check, prepare=write_old)

`tell` reports to the test, whatever happens afterwards: what was told was acknowledged.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.cron_environment import cron_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    Operation = Callable[[Path, Callable[[object], None]], None]
    Prepare = Callable[[Path], None]
    Check = Callable[["Path", "Case"], None]

HERE = Path(__file__).resolve().parent
MOST_CALLS = 20_000

_TRACE, _KILL_BEFORE, _KILL_AFTER, _FAIL, _FILL = range(1, 6)  # as in injectors.Mode


class Case(NamedTuple):
    """One fault, and what the operation did about it.

    Attributes:
        what: `kill before`, `kill after`, an errno name, `full`, or `none`.
        number: the call that was struck, from 1; for `full` the bytes that fitted.
        call: that call and its path, for example `rename /tmp/a.wfstate`; empty if none was.
        told: what the operation told before it ended.
        error: name of the class it raised, None if it returned or was killed.
        message: the message of that error.
        calls: for `none`: every call, in order.
    """

    what: str
    number: int
    call: str
    told: list[str]
    error: str | None
    message: str
    calls: list[str]


def build_shim(folder: Path) -> Path | None:
    """Compile the preloaded shim; None where there is no C compiler, or nothing is preloaded."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "shim.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "shim.c"), "-ldl"]
    built = subprocess.run(command, env=cron_environment(), capture_output=True, text=True, check=False)
    return library if built.returncode == 0 else None


class Faults:
    """The fault injector of a test session; `close` it.

    Args:
        folder: where cases get their folders.
        shim: the compiled shim; None strikes at the Python level instead.
    """

    def __init__(self, folder: Path, shim: Path | None) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        environment = cron_environment()
        if shim is not None:
            environment["LD_PRELOAD"] = str(shim)
        self._server = subprocess.Popen(
            [sys.executable, str(HERE / "server.py"), "python" if shim is None else "shim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def close(self) -> None:
        """End the server."""
        with self._server:
            assert self._server.stdin is not None
            self._server.stdin.close()

    def trace(self, operation: Operation, *, prepare: Prepare | None = None) -> Case:
        """Run the operation without a fault, listing its calls."""
        case, status, folder = self.run_case("none", 0, operation, prepare, mode=_TRACE)
        assert status == 0, f"the operation failed without a fault: {case.message}"
        shutil.rmtree(folder)
        return case

    def kill_everywhere(
        self, operation: Operation, check: Check, *, prepare: Prepare | None = None, calls: Iterable[str] = ()
    ) -> int:
        """Kill the operation before and after each of its calls, and check what each kill left.

        Args:
            operation: `operation(folder, tell)`.
            check: `check(folder, case)`, raising if what is left is wrong.
            prepare: `prepare(folder)`, called in the test before each case.
            calls: kinds of call to strike; empty strikes all.

        Returns:
            How many kills there were, each of them seen to be one.
        """
        kills = 0
        for what, mode in (("kill before", _KILL_BEFORE), ("kill after", _KILL_AFTER)):
            for number in range(1, MOST_CALLS):
                case, status, folder = self.run_case(what, number, operation, prepare, mode=mode, calls=calls)
                if not case.call:
                    assert status == 0, f"the operation failed without a fault: {case.message}"
                    shutil.rmtree(folder)
                    break
                assert os.WIFSIGNALED(status), case
                assert os.WTERMSIG(status) == signal.SIGKILL, case
                kills += 1
                _checked(check, folder, case)
        assert kills, "no call was struck"
        return kills

    def fail_everywhere(
        self,
        operation: Operation,
        check: Check,
        *,
        error: int,
        calls: Iterable[str] = (),
        sticky: bool = False,
        prepare: Prepare | None = None,
    ) -> int:
        """Make each call in turn fail with `error` (an errno); `sticky` fails all calls after it too.

        Returns:
            How many faults there were.
        """
        for number in range(1, MOST_CALLS):
            case, status, folder = self.run_case(
                errno.errorcode[error],
                number,
                operation,
                prepare,
                mode=_FAIL,
                failure=error,
                sticky=sticky,
                calls=calls,
            )
            assert os.WIFEXITED(status), case
            if not case.call:
                assert status == 0, f"the operation failed without a fault: {case.message}"
                shutil.rmtree(folder)
                assert number > 1, "no call was struck"
                return number - 1
            _checked(check, folder, case)
        raise AssertionError(f"more than {MOST_CALLS} calls")

    def fill_disk(
        self, operation: Operation, check: Check, *, room: Iterable[int], prepare: Prepare | None = None
    ) -> None:
        """Let only so many bytes be written, for each number in `room`: then writes are short, then fail."""
        for fitting in room:
            case, status, folder = self.run_case("full", fitting, operation, prepare, mode=_FILL)
            assert os.WIFEXITED(status), case
            _checked(check, folder, case)

    def run_case(
        self,
        what: str,
        number: int,
        operation: Operation,
        prepare: Prepare | None,
        *,
        mode: int,
        failure: int = 0,
        sticky: bool = False,
        calls: Iterable[str] = (),
    ) -> tuple[Case, int, Path]:
        folder = self._folder / f"case-{next(self._numbers)}"
        folder.mkdir()
        if prepare is not None:
            prepare(folder)
        answer = self._ask(
            source=sys.modules[operation.__module__].__file__,
            function=operation.__qualname__,
            folder=str(folder),
            mode=mode,
            number=number,
            failure=failure,
            sticky=sticky,
            calls=list(calls),
        )
        name, _, trace = answer["error"] or (None, "", "")
        case = Case(what, number, (answer["calls"] or [""])[0], answer["told"], name, trace, answer["calls"])
        return case, answer["status"], folder

    def _ask(self, **request: Any) -> Any:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        answer = self._server.stdout.readline()
        assert answer, "the fault server died; its stderr tells why"
        return json.loads(answer)


def _checked(check: Check, folder: Path, case: Case) -> None:
    """Check; the folder stays for a look if that fails."""
    try:
        check(folder, case)
    except BaseException as error:
        error.add_note(f"{case.what} at call {case.number}: {case.call}; told {case.told}; see {folder}")
        raise
    shutil.rmtree(folder)


def serve(folder: Path, shim: Path | None) -> Iterator[Faults]:
    """A fault injector for as long as the caller of this generator needs it."""
    server = Faults(folder, shim)
    try:
        yield server
    finally:
        server.close()
