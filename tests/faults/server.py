"""The fault server: one warm process that forks a child for each case, in which the fault strikes.

Reads one JSON request a line on stdin and answers each with one JSON line. Started by `harness.Faults`,
with `shim` or `python` as its argument.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from injectors import Mode, PythonInjector, ShimInjector, Strike

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

CASE_SECONDS = 60


@functools.cache
def load(source: str) -> ModuleType:
    """The test module that has the operation, imported once for all cases."""
    spec = importlib.util.spec_from_file_location(Path(source).stem, source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def run_case(request: dict[str, Any], injector: ShimInjector | PythonInjector) -> dict[str, Any]:
    """Run the operation in a forked child, and tell how that ended."""
    operation = getattr(load(request["source"]), request["function"])
    with tempfile.TemporaryFile() as log:
        child = os.fork()
        if child == 0:
            run_in_child(operation, request, injector, log.fileno())
        _, status = os.waitpid(child, 0)
        log.seek(0)
        answer: dict[str, Any] = {"status": status, "calls": [], "told": [], "error": None}
        for line in log.read().decode().splitlines():
            kind, _, text = line.partition("\t")
            if kind == "error":
                answer["error"] = json.loads(text)
            else:
                answer["calls" if kind == "call" else "told"].append(
                    text if kind == "call" else json.loads(text)
                )
        return answer


def run_in_child(
    operation: Any, request: dict[str, Any], injector: ShimInjector | PythonInjector, log: int
) -> None:
    """The child: the fault is armed just around the operation."""
    signal.alarm(CASE_SECONDS)  # a case that hangs ends, and not by the signal that is asked for

    def tell(text: object) -> None:
        os.write(log, f"told\t{json.dumps(str(text))}\n".encode())

    folder = Path(request["folder"])
    try:
        injector.arm(
            Strike(
                Mode(request["mode"]),
                request["number"],
                request["failure"],
                request["sticky"],
                request["calls"],
                str(folder),
                log,
            )
        )
        operation(folder, tell)
        injector.disarm()
    except BaseException as error:  # noqa: BLE001  whatever it raised is the answer
        injector.disarm()
        lines = traceback.format_exception(error)
        text = json.dumps([type(error).__name__, str(error), "".join(lines)])
        os.write(log, f"error\t{text}\n".encode())
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Serve until stdin ends; what tests print goes to stderr, never between the answers."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    injector = ShimInjector() if sys.argv[1] == "shim" else PythonInjector()
    for line in sys.stdin:
        answers.write(json.dumps(run_case(json.loads(line), injector)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
