"""Many instances: found in folders, summed up from the heads of their files, advanced side by side."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import WfepyError
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, never
from wfepy_core.storage.file_access import disk_error
from wfepy_core.storage.file_names import STATE_SUFFIX, is_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from wfepy_core.errors import StateFileError
    from wfepy_core.storage.state_file import Head

_DEFAULTS = PassOptions()


class Summary(NamedTuple):
    """One row of a list of instances: its head, or why that cannot be read."""

    path: str
    head: Head | None
    error: WfepyError | None = None


def find_state_files(
    paths: Iterable[str],
    *,
    sandboxes: bool = True,
    unlisted: Callable[[StateFileError], None] | None = None,
) -> list[str]:
    """State files: a file is itself, a folder stands for the `*.wfstate` directly in it, sorted by name.

    A path that does not exist is kept, so that whoever reads it can say so. Nothing is listed twice.

    Args:
        paths: state files and folders.
        sandboxes: whether a folder stands for the sandboxes in it too; who advances says no.
        unlisted: called with the error of a folder that cannot be listed; None: it is raised.

    Raises:
        StateFileError: a folder cannot be listed.
    """
    found: dict[str, str] = {}  # by the path that is the same whatever way leads there
    for path in paths:
        if not os.path.isdir(path):
            found.setdefault(os.path.realpath(path), path)
            continue
        try:
            with os.scandir(path) as entries:
                is_link = {
                    each.name: each.is_symlink() for each in entries if each.name.endswith(STATE_SUFFIX)
                }
        except OSError as error:
            if unlisted is None:
                raise disk_error("list", path, error) from error
            unlisted(disk_error("list", path, error))
            continue
        real, folder = os.path.join(os.path.realpath(path), ""), os.path.join(path, "")
        for name in sorted(is_link):
            whole = os.path.realpath(real + name) if is_link[name] else real + name
            if is_link[name] and whole.startswith(real) and is_link.get(whole[len(real) :]) is False:
                continue  # what it leads to is listed itself; a circle of links leads to none
            if sandboxes or not (is_sandbox(name) or is_sandbox(whole)):
                found.setdefault(whole, folder + name)
    return list(found.values())


def read_summaries(paths: Iterable[str]) -> Iterator[Summary]:
    """The head of each state file, in order; what cannot be read is a row with its error."""
    from wfepy_core.storage.state_file import summarize

    for path in paths:
        try:
            yield Summary(path, summarize(path))
        except WfepyError as error:
            yield Summary(path, None, error)


# -- many passes --------------------------------------------------------------------------------------------


def advance_all(
    paths: Sequence[str],
    *,
    jobs: int = 1,
    options: PassOptions = _DEFAULTS,
    executor: Executor | None = None,
    listen: Callable[[Outcome], None] | None = None,
    stop: Callable[[], bool] = never,
) -> list[Outcome]:
    """One pass over each instance, each in a worker process; no failure of one keeps the others back.

    Args:
        paths: state files.
        jobs: how many passes run at a time.
        options: what each pass is run with.
        executor: run them there instead; it must see the same files under the same paths.
        listen: called with each outcome as it comes, for progress.
        stop: says when no more passes are to be begun.

    Returns:
        The outcomes, in the order of `paths`; of all of them, unless it was stopped.
    """
    found: dict[str, Outcome] = {}

    def collect(outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            found[outcome.path] = outcome
            if listen is not None:
                listen(outcome)

    if executor is not None:
        from wfepy_core.passes.foreign_workers import advance_on

        collect(advance_on(executor, paths, options))
    else:
        from wfepy_core.passes.own_workers import OwnWorkers

        with OwnWorkers(jobs, options) as workers:
            collect(workers.advance(paths, stop))
    return [found[path] for path in paths if path in found]
