"""The start of the desktop: reads the command line, makes sure that Qt is there, and hands over."""

from __future__ import annotations

import argparse
import builtins
import gc
import os
import sys
from typing import TYPE_CHECKING

from wfepy_core.errors import WfepyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from wfepy_gui.composition import Desktop

SETTINGS_VARIABLE = "WFEPY_GUI_SETTINGS"
USAGE_ERROR = 2
_INSTALL = "install it with:  pip install 'wfepy-desk[gui]'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the desktop; returns the exit code.

    Args:
        arguments: the command line without the program; None: that of this process.
    """
    asked = _parser().parse_args(arguments)
    if asked.install_desktop_files or asked.uninstall_desktop_files:
        return _make_known(is_wanted=asked.install_desktop_files)
    problem = _screen_problem(asked.screenshot)
    if problem:
        return _refuse(problem)
    gc.disable()  # what is made at a start stays: to look through it for rubbish took a tenth of the start
    plain_import = builtins.__import__
    try:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415  the command line works without Qt
    except ModuleNotFoundError:
        return _refuse(f"the desktop needs PySide6; {_INSTALL}")
    except ImportError as error:  # a system library that Qt needs is not there
        return _refuse(f"Qt cannot be loaded: {error}; install that library")
    finally:
        # PySide6 has put an import function of its own there, for `from __feature__ import ...`. It reads
        # the source of every module that is imported from now on: a twelfth of the start, and nothing here
        # uses it.
        builtins.__import__ = plain_import
    from wfepy_gui.diagnostics import Diagnostics, default_log_path  # noqa: PLC0415  needs Qt

    application = QApplication(["wfepy-gui", "-style", "Fusion"])
    asked.log = asked.log or default_log_path()
    diagnostics = Diagnostics(asked.log)
    diagnostics.install()
    try:
        desktop = launch(application, asked)
        desktop.follow(diagnostics)
        desktop.start()
        return int(application.exec())
    finally:
        diagnostics.restore()


def launch(application: QApplication, asked: argparse.Namespace) -> Desktop:
    """Make the desktop as a command line asks for it; it is not shown yet.

    Args:
        application: outlives the desktop.
        asked: the command line, parsed.
    """
    from wfepy_gui.composition import Desktop, Options  # noqa: PLC0415  needs Qt
    from wfepy_gui.theme import SchemeChoice  # noqa: PLC0415  needs Qt
    from wfepy_gui.workers.gc_pacing import GcPacing  # noqa: PLC0415  needs Qt

    scheme = SchemeChoice(asked.theme) if asked.theme else None
    settings = asked.settings or os.environ.get(SETTINGS_VARIABLE)
    options = Options(
        paths=tuple(asked.paths), scheme=scheme, settings=settings, screenshot=asked.screenshot, log=asked.log
    )
    desktop = Desktop(application, options)
    collector = GcPacing(desktop)
    desktop.session.instance_changed.connect(collector.pause_collections)
    return desktop


def _make_known(*, is_wanted: bool) -> int:
    from wfepy_gui import desktop_entry  # noqa: PLC0415  seldom asked for

    act = desktop_entry.install if is_wanted else desktop_entry.uninstall
    try:
        paths = act(desktop_entry.data_home())
    except (OSError, WfepyError) as error:
        return _refuse(str(error))
    word = "wrote" if is_wanted else "removed"
    lines = [f"{word} {path}\n" for path in paths] or ["nothing was installed\n"]
    sys.stdout.write("".join(lines))
    return 0


def _refuse(reason: str) -> int:
    sys.stderr.write(f"wfepy-gui: {reason}\n")
    return USAGE_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wfepy-gui",
        description="The desktop for those who look after workflow instances. Opening never runs code.",
        epilog="example: wfepy-gui release.wfstate     or: wfepy-gui FOLDER",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="FILE|FOLDER|MODULE",
        help="state files, folders of them, workflow modules, dumps of wfepy 0.1.1",
    )
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="colours for this start")
    parser.add_argument(
        "--settings",
        metavar="FILE",
        help=f"keep settings in this ini file (also: environment variable {SETTINGS_VARIABLE})",
    )
    parser.add_argument(
        "--log",
        metavar="FILE",
        default="",
        help="write faults of the desktop there instead of among the user's files; Help, About says where",
    )
    parser.add_argument(
        "--screenshot", metavar="OUT.png", default="", help="write a picture of the window there and end"
    )
    known = parser.add_mutually_exclusive_group()
    known.add_argument(
        "--install-desktop-files",
        action="store_true",
        help="add the menu entry, the icon and the file type for this user, and end",
    )
    known.add_argument("--uninstall-desktop-files", action="store_true", help="remove them again, and end")
    return parser


def _screen_problem(screenshot: str) -> str:
    """Why there can be no window, or nothing; a picture needs no screen: one that is gone does no harm."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if screenshot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # The offscreen platform warns of size hints it cannot pass on, at every window.
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
        return ""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    return "there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set); use --screenshot OUT.png"


if __name__ == "__main__":
    sys.exit(main())
