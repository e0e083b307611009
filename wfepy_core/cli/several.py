"""What commands that change instances share: several state files at once, and waiting for a lock."""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, exit_code_of, print_error, worst_exit_code
from wfepy_core.errors import InterventionError, LockedError, WfepyError
from wfepy_core.passes.fleet import find_state_files
from wfepy_core.storage.file_names import STATE_SUFFIX
from wfepy_core.storage.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    _T = TypeVar("_T")


def state_files(paths: Sequence[str]) -> list[str]:
    """The state files that are named, and those in the folders that are, without their sandboxes.

    Raises:
        InterventionError: there are none in these folders.
    """
    found = find_state_files(paths, sandboxes=False)
    if not found:
        raise InterventionError(f"there are no state files in {', '.join(paths)}", hint="check the path")
    return found


def is_state_name(word: str) -> bool:
    """Whether a word among others names state files: by its ending, or as a folder that is there."""
    if "=" in word:
        return False
    return word.endswith(STATE_SUFFIX) or (os.sep in word and os.path.isdir(word))


def run_each(paths: Sequence[str], command: str, run: Callable[[str], int]) -> int:
    """Do the same to each of some state files; what cannot be done to one is told, and the others go on.

    Args:
        paths: state files.
        command: for the exit codes.
        run: what is done; its answer is an exit code.

    Returns:
        The worst exit code of all.

    Raises:
        WfepyError: from the only one.
    """
    if len(paths) == 1:
        return run(paths[0])
    codes = []
    for path in paths:
        try:
            codes.append(ExitCode(run(path)))
        except WfepyError as error:
            sys.stdout.flush()
            if path not in error.message:
                error.message = f"{path}: {error.message}"
            print_error(error)
            codes.append(exit_code_of(error, command))
    return worst_exit_code(codes)


def when_free(seconds: float, action: Callable[[], _T]) -> _T:
    """Do something, again and again for that long while another process holds the instance.

    Raises:
        LockedError: it still does.
    """
    patience = Patience(seconds)
    while True:
        try:
            return action()
        except LockedError:
            if not patience.pause():
                raise
