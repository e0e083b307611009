"""Settings of a process in modules of the standard library: read and put back where they are loaded.

What is read of a module that is not loaded is what it has when it comes.
"""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    LoggingSettings = tuple[int, dict[str, tuple[Any, ...]]]

_WARNING = 30
_OF_LOGGER = ("level", "propagate", "disabled")


_DECIMAL = {
    "prec": 28,
    "rounding": "ROUND_HALF_EVEN",
    "Emin": -999_999,
    "Emax": 999_999,
    "capitals": 1,
    "clamp": 0,
    "traps": {"InvalidOperation", "DivisionByZero", "Overflow"},
}
"""The context of decimal arithmetic, and the one that others are made from, as Python has them."""


def read_decimal() -> tuple[dict[str, Any], dict[str, Any]]:
    """The context of decimal arithmetic, and the one that those of other threads are made from."""
    decimal = sys.modules.get("decimal")
    if decimal is None:
        return _DECIMAL, _DECIMAL
    return _fields(decimal.getcontext()), _fields(decimal.DefaultContext)


def _fields(context: Any) -> dict[str, Any]:
    traps = {signal.__name__ for signal, is_set in context.traps.items() if is_set}
    return {name: getattr(context, name) for name in _DECIMAL if name != "traps"} | {"traps": traps}


def put_decimal_back(given: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Make the context of decimal arithmetic what it was."""
    decimal = sys.modules["decimal"]
    context = decimal.DefaultContext.copy()
    for target, fields in zip((context, decimal.DefaultContext), given, strict=True):
        for name, value in fields.items():
            if name == "traps":
                target.traps.update({signal: signal.__name__ in value for signal in target.traps})
            else:
                setattr(target, name, value)
    decimal.setcontext(context)


def read_logging() -> LoggingSettings:
    """What `logging.disable` was told, and every logger that is not as it was made."""
    logging = sys.modules.get("logging")
    if logging is None:
        return 0, {}
    changed = {}
    for name, logger in _loggers():
        found = _read_logger(logger)
        if found != _new_logger(name):
            changed[name] = found
    return logging.root.manager.disable, changed


def _loggers() -> Iterator[tuple[str, Any]]:
    logging = sys.modules["logging"]
    yield "", logging.root
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if hasattr(logger, "handlers"):  # else it only stands for those below it
            yield name, logger


def _read_logger(logger: Any) -> tuple[Any, ...]:
    logging = sys.modules["logging"]
    # Libraries give themselves a NullHandler when they are imported, once.
    handlers = [handler for handler in logger.handlers if not isinstance(handler, logging.NullHandler)]
    return (*(getattr(logger, name) for name in _OF_LOGGER), handlers, list(logger.filters))


def _new_logger(name: str) -> tuple[Any, ...]:
    return (0 if name else _WARNING, True, False, [], [])


def put_logging_back(given: LoggingSettings) -> None:
    """Make `logging` what it was."""
    logging = sys.modules["logging"]
    disabled, changed = given
    logging.disable(disabled)
    for name, logger in _loggers():
        *values, handlers, filters = changed.get(name) or _new_logger(name)
        if _read_logger(logger) != (*values, handlers, filters):
            for member, value in zip(_OF_LOGGER, values, strict=True):
                setattr(logger, member, value)
            null = [handler for handler in logger.handlers if isinstance(handler, logging.NullHandler)]
            logger.handlers[:] = [*null, *handlers]
            logger.filters[:] = filters
            logger.setLevel(logger.level)  # forgets what was worked out from the old one


def read_socket_timeout() -> float | None:
    """The time limit of new sockets."""
    socket = sys.modules.get("socket")
    limit: float | None = None if socket is None else socket.getdefaulttimeout()
    return limit


def put_socket_timeout_back(given: float | None) -> None:
    """Make the time limit of new sockets what it was."""
    sys.modules["socket"].setdefaulttimeout(given)


def read_start_method() -> str | None:
    """How `multiprocessing` starts processes; None: nobody has said."""
    multiprocessing = sys.modules.get("multiprocessing")
    method: str | None = (
        None if multiprocessing is None else multiprocessing.get_start_method(allow_none=True)
    )
    return method


def put_start_method_back(given: str | None) -> None:
    """Let `multiprocessing` start processes as before."""
    sys.modules["multiprocessing"].set_start_method(given, force=True)


_ATTRIBUTES = {
    ("ssl", "_create_default_https_context"): "create_default_context",
    ("tempfile", "tempdir"): "",
    ("threading", "excepthook"): "__excepthook__",
    ("urllib.request", "_opener"): "",
}
"""What is kept in a variable of a module, and under which name that has it as Python made it; empty: None."""


def read_attributes() -> dict[tuple[str, str], Any]:
    """Those that are not as Python made them: no check of certificates, say, or an opener with a password."""
    found = {}
    for (module, name), default in _ATTRIBUTES.items():
        loaded = sys.modules.get(module)
        value = getattr(loaded, name, None)
        if value is not getattr(loaded, default, None):
            found[module, name] = value
    return found


def put_attributes_back(given: dict[tuple[str, str], Any]) -> None:
    """Make them what they were."""
    for (module, name), default in _ATTRIBUTES.items():
        loaded = sys.modules.get(module)
        if loaded is not None:
            setattr(loaded, name, given.get((module, name), getattr(loaded, default, None)))
