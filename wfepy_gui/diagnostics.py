"""The door for faults of this program: what nothing caught becomes a notice, and lines in a log file.

Whoever catches an exception and goes on without it leaves a trace by `logging`, under `wfepy.`; while a
`Diagnostics` is installed such records are written to the same file.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QStandardPaths, QtMsgType, Signal, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext

LOG = logging.getLogger("wfepy.gui")
LOG_BYTES = 1_000_000
OLDER_LOGS = 2
REPORTED_LINES = 40
_FORMAT = "%(asctime)s %(levelname)s %(name)s [%(process)d %(threadName)s] %(message)s"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_ABOUT_THE_PLATFORM = "This plugin does not support"
"""How Qt's platform plugins say what they cannot do: no news, and no line for every window that opens."""


class Fault(NamedTuple):
    """Something that went wrong inside this program.

    Attributes:
        summary: what it is, in one line.
        details: the traceback, or where Qt said it; may be empty.
        is_error: something was not done; else it is a warning of Qt.
    """

    summary: str
    details: str = ""
    is_error: bool = True


class LogFile(logging.Handler):
    """Appends to a file, which is opened with the first line; a file that cannot be written does no harm."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._rotating: logging.Handler | None = None
        self.setFormatter(logging.Formatter(_FORMAT))

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; the oldest lines give way when there are too many."""
        try:
            if self._rotating is None:
                self._rotating = self._open()
        except OSError:
            return
        self._rotating.emit(record)

    def _open(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415  loads sockets; most starts log nothing

        os.makedirs(os.path.dirname(os.path.abspath(self._path)), exist_ok=True)
        handler = RotatingFileHandler(
            self._path,
            maxBytes=LOG_BYTES,
            backupCount=OLDER_LOGS,
            encoding="utf-8",
            delay=True,
            errors="backslashreplace",
        )
        handler.setFormatter(self.formatter)
        return handler

    def close(self) -> None:
        """Let the file go."""
        if self._rotating is not None:
            with contextlib.suppress(OSError):  # what was not written is lost: the disk is full
                self._rotating.close()
            self._rotating = None
        super().close()


class Diagnostics(QObject):
    """Catches exceptions that nothing else caught (in slots, threads and destructors) and Qt's messages.

    The hooks that were installed before are still called: a terminal shows its traceback as always.

    Signals:
        fault: a `Fault`; from any thread, at any moment. Connect it queued.
    """

    fault = Signal(Fault)

    def __init__(self, log_path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_path = log_path
        self._file = LogFile(log_path)
        self._logger = logging.getLogger("wfepy")
        self._emitting = threading.local()
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._level, self._raises = self._logger.level, logging.raiseExceptions
        self._qt_before: Callable[..., object] | None = None

    def install(self) -> None:
        """Begin to listen."""
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._level, self._raises = self._logger.level, logging.raiseExceptions
        self._logger.addHandler(self._file)
        self._logger.setLevel(logging.INFO)
        logging.raiseExceptions = False  # a full disk is no reason to fill a terminal
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        self._qt_before = qInstallMessageHandler(self._on_qt_message)

    def restore(self) -> None:
        """Leave everything as it was before `install`."""
        qInstallMessageHandler(self._qt_before)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        logging.raiseExceptions = self._raises
        self._logger.setLevel(self._level)
        self._logger.removeHandler(self._file)
        self._file.close()

    # -- the hooks ------------------------------------------------------------------------------------

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            self._report("Nothing caught this", kind, error, trace)
        self._before[0](kind, error, trace)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        if isinstance(error, Exception):
            where = f"Nothing caught this in {arguments.thread.name if arguments.thread else 'a thread'}"
            self._report(where, arguments.exc_type, error, arguments.exc_traceback)
        self._before[1](arguments)

    def _on_unraisable(self, arguments: sys.UnraisableHookArgs) -> None:
        error = arguments.exc_value
        if isinstance(error, Exception):
            where = f"{arguments.err_msg or 'Ignored'}: {arguments.object!r}"
            self._report(where, type(error), error, arguments.exc_traceback)
        self._before[2](arguments)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        is_noise = text.startswith(_ABOUT_THE_PLATFORM)
        level = logging.DEBUG if is_noise else _LEVELS.get(kind, logging.WARNING)
        place = f"{context.category or 'default'} {context.file or ''}:{context.line}".rstrip(":0 ")
        logging.getLogger("wfepy.gui.qt").log(level, "%s (%s)", text, place)
        if level >= logging.WARNING:
            self._emit(Fault(f"Qt: {text}", place, is_error=level > logging.WARNING))
        if self._qt_before is not None:
            self._qt_before(kind, context, text)
        elif sys.stderr is not None:  # what Qt itself would do
            sys.stderr.write(f"{text}\n")

    def _report(
        self, where: str, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        LOG.error("%s", where, exc_info=(kind, error, trace))
        summary = "".join(traceback.format_exception_only(kind, error)).strip()
        details = "".join(traceback.format_exception(kind, error, trace))
        self._emit(Fault(summary.splitlines()[0], details))

    def _emit(self, fault: Fault) -> None:
        """Announce a fault, unless it arose while another was announced."""
        if not getattr(self._emitting, "is_now", False):
            self._emitting.is_now = True
            self.fault.emit(fault)
            self._emitting.is_now = False


def default_log_path() -> str:
    """The log of this user: in the folder for what programs remember about themselves."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation)
    return os.path.join(folder, "wfepy-gui.log")


def last_lines(path: str) -> str:
    """The newest lines of a log, for a report; empty when there are none that can be read.

    A log may lead to a device, which has no end.
    """
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.path.getsize(path) - 100 * REPORTED_LINES))
            lines = file.read(100 * REPORTED_LINES).decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return "\n".join(lines[-REPORTED_LINES:])
