"""Makes the desktop known to the user's session: menu entry, icon, and the type of state files.

Files go where the XDG base directory and shared MIME-info specifications look for those of one user; no
rights are needed. Needs no Qt.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from wfepy_core.interpreter import is_frozen
from wfepy_core.resources import resource

ENTRY = "applications/wfepy-gui.desktop"
_PLACES = {
    ENTRY: "wfepy-gui.desktop",
    "mime/packages/wfepy-mime.xml": "wfepy-mime.xml",
    "icons/hicolor/scalable/apps/wfepy-gui.svg": "wfepy-gui.svg",
    "icons/hicolor/scalable/mimetypes/application-vnd.wfepy.state+json.svg": "wfepy-gui.svg",
}
_REFRESH = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))
_SECONDS = 60


def data_home() -> Path:
    """The folder of this user's data files: `XDG_DATA_HOME`, or `~/.local/share`."""
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".local" / "share"


def program() -> str:
    """How the menu starts this: the `wfepy-gui` beside this Python, else this Python with the module.

    A frozen program is started itself.
    """
    if is_frozen():
        return quote_word(sys.executable)
    beside = Path(sys.executable).parent / "wfepy-gui"
    return quote_word(str(beside)) if beside.is_file() else f"{quote_word(sys.executable)} -P -m wfepy_gui"


def install(home: Path) -> list[Path]:
    """Write the files below a data home and tell the session about them; returns what was written.

    Raises:
        OSError: a file cannot be written.
    """
    written = []
    for place, name in _PLACES.items():
        path = home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        text = Path(resource(name)).read_text(encoding="utf-8")
        path.write_text(_with_program(text) if place == ENTRY else text, encoding="utf-8")
        written.append(path)
    _refresh(home)
    return written


def uninstall(home: Path) -> list[Path]:
    """Remove what `install` wrote; returns what was there.

    Raises:
        OSError: a file cannot be removed.
    """
    found = [home / place for place in _PLACES if (home / place).exists()]
    for path in found:
        path.unlink()
    _refresh(home)
    return found


def _with_program(entry: str) -> str:
    lines = entry.splitlines(keepends=True)
    return "".join(f"Exec={program()} %F\n" if line.startswith("Exec=") else line for line in lines)


def quote_word(word: str) -> str:
    """Quote a word of an Exec line where it must be, with the escapes of the desktop entry specification."""
    if not set(word) & set(" \t\n\"'\\><~|&;$*?#()`%"):
        return word
    inner = "".join(f"\\{one}" if one in '"`$\\' else one for one in word)
    # Backslashes are escaped once more: the value is a string first, and only then a command line.
    return '"' + inner.replace("\\", "\\\\").replace("%", "%%") + '"'


def _refresh(home: Path) -> None:
    """Have the caches made anew, where the programs for that are installed."""
    for name, folder in _REFRESH:
        found = shutil.which(name)
        if found and (home / folder).is_dir():
            command = [found, str(home / folder)]
            subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
