"""CPU time until the desktop's window shows an instance, against a bare window with a dock.

    python benchmarks/desktop_start.py [PAIRS]        (default: 12)

Each pair is two processes one after the other, off screen, measured whole by `wait4`: (1) a QApplication with
a QMainWindow, one dock, two text panes, shown; (2) the desktop, which reads a state file of `data_delivery`
size and shows it in all its panels. Both end as soon as their window was painted (and, for the desktop, the
instance is in it) without tidying up. The layout of the graph comes from a process of its own and is not
waited for. Printed: the medians, and the median and quartiles of the ratios of the pairs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "data_delivery" / "workflow.py"
DEFAULT_PAIRS = 12


def show_bare() -> None:
    """The floor: what any Qt program with a dock costs."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415  each side pays for its own imports
    from PySide6.QtWidgets import (  # noqa: PLC0415  likewise
        QApplication,
        QDockWidget,
        QMainWindow,
        QPlainTextEdit,
    )

    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QPlainTextEdit(window))
    dock = QDockWidget("dock", window)
    dock.setWidget(QPlainTextEdit(dock))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.resize(1440, 900)
    window.show()
    QTimer.singleShot(0, window, leave)
    application.exec()


def show_desktop(state: str, settings: str) -> None:
    """The desktop as `wfepy-gui STATE` starts it."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415  likewise
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  likewise

    from wfepy_gui.desktop import Desktop, Options  # noqa: PLC0415  likewise

    application = QApplication(["wfepy-gui"])
    desktop = Desktop(application, Options((state,), None, settings))

    def leave_when_shown() -> None:
        if desktop.session.view is not None:
            QTimer.singleShot(0, desktop.window, leave)

    desktop.session.instance_changed.connect(leave_when_shown)
    desktop.start()
    application.exec()


def leave() -> None:
    """End at once; what tidying up costs is not asked here."""
    os._exit(0)


def cpu_of(cache: str, *arguments: str) -> float:
    """CPU seconds of one child process, which keeps its compiled modules in `cache`."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "default.warning=false",  # the platform warns of what it cannot do
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": cache,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = os.posix_spawn(sys.executable, [sys.executable, __file__, *arguments], environment)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"{arguments} ended with {status}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measures pairs and prints their ratios."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_PAIRS
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        state, settings = str(Path(folder, "a.wfstate")), str(Path(folder, "settings.ini"))
        command = [sys.executable, "-m", "wfepy_core", "new", state, "--module", str(EXAMPLE)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for arguments in (("bare",), ("desktop", state, settings)):
            cpu_of(folder, *arguments)  # compiles what is not compiled yet
        measured = [
            (cpu_of(folder, "bare"), cpu_of(folder, "desktop", state, settings)) for _ in range(pairs)
        ]
    ratios = statistics.quantiles([full / bare for bare, full in measured], n=4)
    bare, full = (statistics.median(column) * 1000 for column in zip(*measured, strict=True))
    print(f"bare window {bare:.0f} ms, desktop {full:.0f} ms CPU (medians of {pairs} pairs)")
    print(f"ratio {ratios[1]:.2f} (quartiles {ratios[0]:.2f} to {ratios[2]:.2f}); budget 1.30")


if __name__ == "__main__":
    kinds = {"bare": show_bare, "desktop": show_desktop}
    if len(sys.argv) > 1 and sys.argv[1] in kinds:
        kinds[sys.argv[1]](*sys.argv[2:])
    else:
        main()
