"""The Graphviz there is: the `dot` program if installed, else the pygraphviz wheel, which brings its own."""

from __future__ import annotations

import sys

from wfepy_core.errors import DrawingError

CURE = "install Graphviz (`dot`) or the Python package pygraphviz"

LARGE = 1000
"""Nodes beyond which dot's exact network simplex takes minutes; with `BOUNDED` it takes seconds."""

BOUNDED = "nslimit=0.1 nslimit1=1 mclimit=0.1"
"""Graph attributes for a large graph."""


def run_graphviz(
    source: str, output_format: str, *, layout: str = "dot", time_limit: float
) -> tuple[str, bytes]:
    """Run DOT text through Graphviz.

    pygraphviz holds the GIL all the while and can crash the process: call this in a child process only.

    Args:
        source: DOT text.
        output_format: a Graphviz format, for example `json0`, `png`, `pdf`.
        layout: which of Graphviz's layouts; `nop2` only renders what has its place.
        time_limit: seconds; holds for the program only, pygraphviz is stopped by killing this process.

    Returns:
        Which engine it was (`dot` or `pygraphviz`), and its output.

    Raises:
        DrawingError: no Graphviz here, it failed or took too long.
    """
    from shutil import which

    program = which("dot")
    if program:
        return "dot", _run_program([program, f"-K{layout}", f"-T{output_format}"], source, time_limit)
    return "pygraphviz", _run_pygraphviz(source, output_format, layout)


def _run_program(command: list[str], source: str, time_limit: float) -> bytes:
    import subprocess

    try:
        finished = subprocess.run(
            command,
            input=source.encode(),
            capture_output=True,
            timeout=time_limit,
            check=False,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
    except subprocess.TimeoutExpired:
        raise DrawingError(f"Graphviz needed more than {time_limit:g} s") from None
    if finished.returncode:
        said = finished.stderr.decode(errors="replace").strip() or f"exit code {finished.returncode}"
        raise DrawingError(f"Graphviz failed: {said[-500:]}", hint="update Graphviz")
    return finished.stdout


def _end_with_parent() -> None:
    """Have the kernel kill this process when its parent goes: PR_SET_PDEATHSIG of prctl(2)."""
    import ctypes
    import signal

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _run_pygraphviz(source: str, output_format: str, layout: str) -> bytes:
    try:
        import pygraphviz  # type: ignore[import-untyped]  # has no stubs
    except ModuleNotFoundError:
        raise DrawingError("there is no Graphviz here", hint=CURE) from None
    except ImportError as error:  # it is here, and something it needs of the system is not
        raise DrawingError(
            f"pygraphviz cannot be loaded: {error}", hint="install that library, or Graphviz (`dot`)"
        ) from None
    try:
        drawn: bytes = pygraphviz.AGraph(string=source).draw(format=output_format, prog=layout)
    except (OSError, ValueError) as error:
        raise DrawingError(f"pygraphviz failed: {error}", hint="install Graphviz (`dot`)") from None
    except TypeError:  # what it makes of a format that it does not know
        raise DrawingError(f"pygraphviz cannot write {output_format}", hint="use png, svg or pdf") from None
    return drawn
