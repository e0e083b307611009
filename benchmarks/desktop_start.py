"""CPU time until the desktop's window shows an instance, against a bare window with a dock.

    python benchmarks/desktop_start.py [ROUNDS]        (default: 12)

Each round is three processes one after the other, off screen, measured whole by `wait4`: (1) a QApplication
with a QMainWindow, one dock, two text panes, shown; (2) for information, the same with as many docks, menus
and actions as the desktop has, a table, a graphics view and a style sheet, and none of this project's code;
(3) the desktop, which reads a state file of `data_delivery` size and shows it. All end as soon as their
window was painted (and, for the desktop, the instance is in it) without tidying up. The layout of the graph
comes from a process of its own and is not waited for. Printed: the medians, and the median and quartiles of
the ratios of each round to its bare window.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "data_delivery" / "workflow.py"
DEFAULT_ROUNDS = 12
DOCKS, MENUS, ACTIONS, TASKS = 11, 6, 96, 12


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


def show_equipped() -> None:
    """What Qt alone costs a window with the desktop's furniture; nothing in it does anything."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415  each side pays for its own imports
    from PySide6.QtGui import QColor, QStandardItemModel  # noqa: PLC0415  likewise
    from PySide6.QtWidgets import (  # noqa: PLC0415  likewise
        QApplication,
        QDockWidget,
        QGraphicsScene,
        QGraphicsView,
        QLabel,
        QLineEdit,
        QMainWindow,
        QPlainTextEdit,
        QTableView,
        QTabWidget,
        QVBoxLayout,
        QWidget,
    )

    application = QApplication(["equipped", "-style", "Fusion"])
    window = QMainWindow()
    window.setStyleSheet("QLineEdit, QPlainTextEdit, QAbstractItemView { border: 1px solid gray; }")
    scene = QGraphicsScene(window)
    for number in range(TASKS):
        scene.addRect(60 * number, 0, 50, 30, QColor("black"), QColor("white"))
    window.setCentralWidget(QGraphicsView(scene, window))
    table = QTableView(window)
    table.setModel(QStandardItemModel(TASKS, 6, table))
    facts = QWidget(window)
    column = QVBoxLayout(facts)
    for _ in range(TASKS):
        column.addWidget(QLabel("a fact", facts))
    tabs = QTabWidget(facts)
    for _ in range(3):
        tabs.addTab(QPlainTextEdit(tabs), "text")
    column.addWidget(QLineEdit(facts))
    column.addWidget(tabs)
    areas = Qt.DockWidgetArea.BottomDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    first: dict[Qt.DockWidgetArea, QDockWidget] = {}
    for number, panel in enumerate([table, facts, *(None for _ in range(DOCKS - 2))]):
        area = areas[number % 2]
        dock = QDockWidget(f"dock {number}", window)
        if panel is not None:
            dock.setWidget(panel)
        window.addDockWidget(area, dock)
        if area in first:
            window.tabifyDockWidget(first[area], dock)
        first.setdefault(area, dock)
    for dock in first.values():
        dock.raise_()
    add_menus(window)
    window.resize(1440, 900)
    window.show()
    QTimer.singleShot(0, window, leave)
    application.exec()


def add_menus(window: QMainWindow) -> None:
    """As many menus and actions as the desktop has, each action with a key."""
    from PySide6.QtGui import QAction, QKeySequence  # noqa: PLC0415  as above

    for number in range(MENUS):
        menu = window.menuBar().addMenu(f"menu {number}")
        for action in range(ACTIONS // MENUS):
            made = QAction(f"action {action}", window)
            made.setShortcuts([QKeySequence(f"Ctrl+Alt+F{action}")])
            menu.addAction(made)
            window.addAction(made)


def show_desktop(state: str, settings: str) -> None:
    """The desktop as `wfepy-gui STATE` starts it."""
    from wfepy_gui import application  # noqa: PLC0415  likewise

    launch = application.launch

    def watched(*given: Any) -> Any:
        from PySide6.QtCore import QTimer  # noqa: PLC0415  likewise

        desktop = launch(*given)

        def leave_when_shown() -> None:
            if desktop.session.view is not None:
                QTimer.singleShot(0, desktop.window, leave)

        desktop.session.instance_changed.connect(leave_when_shown)
        return desktop

    application.launch = watched  # type: ignore[assignment]  # the benchmark's own way of watching a start
    application.main([state, "--settings", settings])


def leave() -> None:
    """End at once; what tidying up costs is not asked here."""
    os._exit(0)


def cpu_of(cache: str, *arguments: str) -> float:
    """CPU seconds of one child process, which keeps its compiled modules in `cache`."""
    from tests.cron_environment import cron_environment  # noqa: PLC0415  the children measure what they import

    environment = cron_environment(
        QT_QPA_PLATFORM="offscreen",
        QT_LOGGING_RULES="default.warning=false",  # the platform warns of what it cannot do
        PYTHONPYCACHEPREFIX=cache,
    )
    process = os.posix_spawn(sys.executable, [sys.executable, __file__, *arguments], environment)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"{arguments} ended with {status}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measures rounds and prints their ratios."""
    from tests.cron_environment import cron_environment  # noqa: PLC0415  the children measure what they import

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_ROUNDS
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        state, settings = str(Path(folder, "a.wfstate")), str(Path(folder, "settings.ini"))
        command = [sys.executable, "-m", "wfepy_core", "new", state, "--module", str(EXAMPLE)]
        subprocess.run(command, env=cron_environment(), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        kinds = ("bare",), ("equipped",), ("desktop", state, settings)
        for arguments in kinds:
            cpu_of(folder, *arguments)  # compiles what is not compiled yet
        measured = [[cpu_of(folder, *arguments) for arguments in kinds] for _ in range(rounds)]
    bare, *others = zip(*measured, strict=True)
    print(f"bare window {statistics.median(bare) * 1000:.0f} ms CPU (medians of {rounds} rounds)")
    for name, column in zip(("same furniture, no code of ours", "desktop; budget 1.30"), others, strict=True):
        low, ratio, high = statistics.quantiles(
            [one / other for one, other in zip(column, bare, strict=True)], n=4
        )
        whole = statistics.median(column) * 1000
        print(f"{name}: {whole:.0f} ms, ratio {ratio:.2f} (quartiles {low:.2f} to {high:.2f})")


if __name__ == "__main__":
    sides: dict[str, Callable[..., None]]
    sides = {"bare": show_bare, "equipped": show_equipped, "desktop": show_desktop}
    if len(sys.argv) > 1 and sys.argv[1] in sides:
        sides[sys.argv[1]](*sys.argv[2:])
    else:
        main()
