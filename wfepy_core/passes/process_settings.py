"""The settings of a process that tasks may change, and that would reach the next instance it serves.

Each is one row of `_SETTINGS`: how it is read and how it is put back. What cannot be put back (a lowered
limit, another user) is seen by reading it again: such a process serves no other instance.
"""

from __future__ import annotations

import gc
import locale
import os
import signal
import sys
import time
import warnings

# The same in `signal` makes enums of its answers, which would be most of what is done between two passes.
from _signal import getsignal  # type: ignore[import-not-found]  # known to nobody but Python

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.passes.library_settings import (
    put_attributes_back,
    put_decimal_back,
    put_logging_back,
    put_socket_timeout_back,
    put_start_method_back,
    read_attributes,
    read_decimal,
    read_logging,
    read_socket_timeout,
    read_start_method,
)
from wfepy_core.passes.task_output import streams_of_passes

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from wfepy_core.loading.loader import LoadedWorkflow


class ProcessSettings:
    """The settings of this process as they were when this was made, and what each workflow made of them.

    A module changes settings when it is imported, once: its tasks find them so in each pass, others do not.
    """

    def __init__(self) -> None:
        self._given = _read_all()
        self._of_workflows: dict[tuple[str, ...], tuple[object, list[tuple[_Setting, Any]]]] = {}

    def enter(self, loaded: LoadedWorkflow) -> None:
        """Make the settings what they were when this workflow had been imported.

        They are as they were given: `put_back` has seen to that after the pass before.
        """
        first = next(iter(loaded.workflow.tasks.values())).func
        known, changed = self._of_workflows.get(loaded.files, (None, []))
        if known is not first:  # it was imported just now
            settings = [self._streams_of_module(), *_read_all()[1:]]
            given = [None, *self._given[1:]]
            rows = zip(_SETTINGS, settings, given, strict=True)
            changed = [(setting, value) for setting, value, before in rows if not _are_equal(value, before)]
            self._of_workflows[loaded.files] = first, changed
        else:
            for setting, value in changed:
                setting.put_back(value)

    def _streams_of_module(self) -> tuple[Any, ...] | None:
        """The streams, if the module has put others there than the pass and this process have."""
        streams = _read_streams()
        plain = [*self._given[0], *streams_of_passes()]
        return None if all(any(each is one for one in plain) for each in streams) else streams

    def put_back(self) -> bool:
        """Put everything back as it was given; False if something cannot be."""
        if "random" in sys.modules:
            sys.modules["random"].seed()
        return _put_all_back(self._given)


def _read_all() -> list[Any]:
    return [setting.read() for setting in _SETTINGS]


def _are_equal(value: Any, other: Any) -> bool:
    try:
        return bool(value == other)
    except Exception:  # noqa: BLE001  objects of tasks are compared here: whatever is odd about them
        return False


def _put_all_back(settings: list[Any]) -> bool:
    try:
        rows = zip(_SETTINGS, settings, strict=True)
        changed = [(setting, value) for setting, value in rows if setting.read() != value]
        for setting, value in changed:
            setting.put_back(value)
        return all(setting.read() == value for setting, value in changed)
    except Exception:  # noqa: BLE001  objects of tasks are compared here: whatever is odd about them
        return False


# -- what Python has no pair of functions for ----------------------------------------------------------------


def _read_umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def read_folder() -> str:
    """The working directory; empty if it was removed."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


def put_folder_back(folder: str) -> None:
    """Go back to a working directory, if it was there."""
    if folder:
        os.chdir(folder)  # noqa: TID251  a task went elsewhere; the next pass here begins as this one did


def _put_environment_back(given: Mapping[str, str]) -> None:
    zone = os.environ.get("TZ")
    os.environ.clear()
    os.environ.update(given)
    if given.get("TZ") != zone and sys.platform != "win32":
        time.tzset()


def _read_streams() -> tuple[Any, ...]:
    return sys.stdin, sys.stdout, sys.stderr


def _put_streams_back(streams: tuple[Any, ...] | None) -> None:
    if streams is not None:  # else they are those of the pass
        sys.stdin, sys.stdout, sys.stderr = streams


def _put_path_back(path: list[str]) -> None:
    sys.path[:] = path


def _put_arguments_back(arguments: list[str]) -> None:
    sys.argv[:] = arguments


def _read_hooks() -> tuple[Any, ...]:
    return sys.excepthook, sys.displayhook, sys.unraisablehook, sys.breakpointhook, sys.dont_write_bytecode


def _put_hooks_back(hooks: tuple[Any, ...]) -> None:
    sys.excepthook, sys.displayhook, sys.unraisablehook, sys.breakpointhook, sys.dont_write_bytecode = hooks


def _put_tracers_back(tracers: tuple[Any, Any]) -> None:
    sys.settrace(tracers[0])
    sys.setprofile(tracers[1])


def _put_collector_back(enabled: bool) -> None:
    if enabled:
        gc.enable()
    else:
        gc.disable()


_SIGNALS = [int(number) for number in signal.valid_signals()]


def _read_handlers() -> list[Any]:
    return list(map(getsignal, _SIGNALS))


def _put_handlers_back(given: list[Any]) -> None:
    for number, handler in zip(_SIGNALS, given, strict=True):
        if handler is not None and getsignal(number) != handler:
            signal.signal(number, handler)


def _put_warnings_back(filters: list[Any]) -> None:
    warnings.resetwarnings()
    current: Any = warnings.filters
    current.extend(filters)


class _Setting(NamedTuple):
    read: Callable[[], Any]
    put_back: Callable[[Any], object]


_SETTINGS = [
    _Setting(_read_streams, _put_streams_back),  # the first: they alone are others in a pass
    _Setting(os.environ.copy, _put_environment_back),
    _Setting(_read_umask, os.umask),
    _Setting(read_folder, put_folder_back),
    _Setting(lambda: list(sys.path), _put_path_back),
    _Setting(lambda: list(sys.argv), _put_arguments_back),
    _Setting(_read_hooks, _put_hooks_back),
    _Setting(lambda: (sys.gettrace(), sys.getprofile()), _put_tracers_back),
    _Setting(sys.getrecursionlimit, sys.setrecursionlimit),
    _Setting(sys.get_int_max_str_digits, sys.set_int_max_str_digits),
    _Setting(sys.getswitchinterval, sys.setswitchinterval),
    _Setting(gc.isenabled, _put_collector_back),
    _Setting(lambda: locale.setlocale(locale.LC_ALL), lambda given: locale.setlocale(locale.LC_ALL, given)),
    _Setting(_read_handlers, _put_handlers_back),
    _Setting(lambda: list(warnings.filters), _put_warnings_back),
    _Setting(read_decimal, put_decimal_back),
    _Setting(read_logging, put_logging_back),
    _Setting(read_socket_timeout, put_socket_timeout_back),
    _Setting(read_start_method, put_start_method_back),
    _Setting(read_attributes, put_attributes_back),
]


if sys.platform != "win32":
    _TIMERS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
    _LIMITS = sorted({getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")})

    def _read_timers() -> list[bool]:
        return [signal.getitimer(timer)[0] > 0 for timer in _TIMERS]

    def _stop_timers(_given: object) -> None:
        for timer in _TIMERS:
            signal.setitimer(timer, 0)

    def _read_limits() -> list[tuple[int, int]]:
        return list(map(resource.getrlimit, _LIMITS))

    def _put_limits_back(given: list[tuple[int, int]]) -> None:
        for limit, value in zip(_LIMITS, given, strict=True):
            if resource.getrlimit(limit) != value:
                resource.setrlimit(limit, value)

    def _read_rights() -> tuple[object, ...]:
        return os.getuid(), os.geteuid(), os.getgid(), os.getegid(), os.getgroups(), os.nice(0)

    def _leave(_given: object) -> None:
        """Nothing can be done; that it stays changed is seen when it is read again."""

    _SETTINGS += [
        _Setting(_read_timers, _stop_timers),
        _Setting(
            lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ()),
            lambda mask: signal.pthread_sigmask(signal.SIG_SETMASK, mask),
        ),
        _Setting(_read_limits, _put_limits_back),
        _Setting(_read_rights, _leave),
    ]
