"""The desktop's ini file, as somebody may have left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from tests.fuzz.damage import damage
from tests.fuzz.targets import Target
from wfepy_core.time_text import HOUR, SECOND
from wfepy_gui.preferences.settings import Left, Settings
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.theme import SchemeChoice

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_READ = ("scheme", "animates", "marks_stuck", "recent", "reopens", "left", "interpreters", "search_paths")
_ODD_LINES = (
    *("a, b", '""', "@Invalid()", "@Variant(\\0\\0)", "@ByteArray(\\xff)"),
    *("9" * 5000, "%00", "\\xd800"),
)


class DesktopSettings(Target):
    """Ini files, damaged as bytes or with a value of another kind."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.path = folder / "wfepy-gui.ini"
        settings = Settings(str(self.path))
        settings.scheme, settings.animates, settings.marks_stuck = SchemeChoice.DARK, False, True
        settings.time_style, settings.reopens = TimeStyle.UTC, False
        settings.add_recent("/srv/a.wfstate")
        settings.left = Left("/srv/a.wfstate", ("/srv",), "sign", "sign", 1.5, 2.0, 3.0)
        settings.trust(["0a1b /srv/flow.py"])
        settings.trust_folder("/srv")
        settings.choose_interpreter("/srv", "/usr/bin/python3")
        settings.remember_search_path("/usr/bin/python3", ["/srv", "/lib"])
        settings.set_plan("/srv/a.wfstate", Plan(HOUR, 2_000_000_000 * SECOND))
        settings.set_bytes("main", QByteArray(b"\1\2"))
        settings.sync()
        self.sound = self.path.read_bytes()

    def make(self, rng: Random) -> bytes:
        if rng.random() < 0.5:
            return damage(rng, self.sound)
        lines = self.sound.decode("ascii").splitlines()
        at = rng.choice([number for number, line in enumerate(lines) if "=" in line])
        lines[at] = f"{lines[at].partition('=')[0]}={rng.choice(_ODD_LINES)}"
        return "\n".join(lines).encode("ascii")

    def attempt(self, data: bytes) -> bool:
        self.path.write_bytes(data)
        settings = Settings(str(self.path))
        values = [getattr(settings, name) for name in _READ]
        values += [settings.time_style, settings.plans, settings.bytes_of("main")]
        settings.trusts(["0a1b /srv/flow.py"])
        settings.trusts_folder("/srv/flow.py")
        settings.paths_agreed_to()
        settings.add_recent("/srv/b.wfstate")
        settings.set_plan("/srv/b.wfstate", Plan(SECOND, 1))
        settings.choose_interpreter("/srv/b", "")
        assert settings.recent[0] == "/srv/b.wfstate"
        assert all(value is not None for value in values[2:])
        return "/srv/a.wfstate" in settings.recent
