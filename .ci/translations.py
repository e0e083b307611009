"""Writes the template for translators, `resources/translations/wfepy_gui.ts`; `--check` only compares.

Qt's own `lupdate` reads the sources: `self.tr(...)`, and what `wfepy_gui.text.translation` is given. The
words of the core's statuses, which know no translator, are handed to it from the enums themselves.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from wfepy_core.model.status import InstanceStatus, TaskStatus, TransitionStatus
from wfepy_gui.text.translation import CONTEXT

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "resources" / "translations" / "wfepy_gui.ts"
SOURCES = ("wfepy_gui", "wfepy_core")  # some functions of the core take a translator `tr`
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")
OPTIONS = ("-silent", "-no-obsolete", "-locations", "none", "-extensions", "py")


def template() -> bytes:
    """Returns the template as the sources stand now."""
    statuses = [status for kind in (TaskStatus, InstanceStatus, TransitionStatus) for status in kind]
    words = [text for status in statuses for text in (status.value, status.description) if text]
    with tempfile.TemporaryDirectory() as folder:
        unmarked = Path(folder, "statuses.py")
        lines = [f"QT_TRANSLATE_NOOP({CONTEXT!r}, {word!r})\n" for word in words]
        unmarked.write_text("".join(lines), encoding="utf-8")
        written = Path(folder, TEMPLATE.name)
        subprocess.run([LUPDATE, *OPTIONS, *SOURCES, unmarked, "-ts", written], cwd=ROOT, check=True)
        return written.read_bytes()


def main() -> None:
    """Writes the template, or with `--check` ends with 1 when it is out of date."""
    current = template()
    if "--check" not in sys.argv[1:]:
        TEMPLATE.write_bytes(current)
    elif TEMPLATE.read_bytes() != current:
        sys.exit(f"{TEMPLATE.name} is out of date: make translations")


if __name__ == "__main__":
    main()
