"""The operator's guide says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QKeySequence

from wfepy_gui.commands.rows import TABLE
from wfepy_gui.window.command_ids import Menu

GUIDE = Path(__file__).parents[2] / "docs" / "desktop.md"
OF_ONE_PANEL = {
    "W", "T", "Enter", "Escape", "Down", "Up", "Left", "Right", "Tab", "Shift", "Shift+Tab", "Alt+M",
}  # fmt: skip
"""Keys the guide names that are no command of the whole window."""

LARGEST = 150_000


def table_of(menu: Menu) -> list[str]:
    rows = ["| command | keys | does |", "|---|---|---|"]
    for row in TABLE:
        if row.menu is menu:
            keys = ", ".join(f"`{key}`" for key in row.keys)
            rows.append(f"| {row.text.replace('&', '')} | {keys} | {row.tip} |")
    return rows


def test_its_tables_are_the_programs_own():
    text = GUIDE.read_text(encoding="utf-8")
    for menu in Menu:
        heading = f"### {menu.value.replace('&', '')}\n\n"
        assert heading + "\n".join(table_of(menu)) + "\n" in text


def test_every_key_it_names_is_one():
    told, _, _ = GUIDE.read_text(encoding="utf-8").partition("## All commands and keys")
    known = {QKeySequence(key) for row in TABLE for key in row.keys}
    names = set(re.findall(r"`((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|[A-Z.\]\[]|\d|[A-Z][a-z]+))`", told))
    assert len(names) > 30
    assert {name for name in names - OF_ONE_PANEL if QKeySequence(name) not in known} == set()


def test_its_pictures_are_there_and_small():
    text = GUIDE.read_text(encoding="utf-8")
    pictures = [GUIDE.parent / name for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)]
    assert len(pictures) >= 6
    assert {path.name for path in pictures if not 0 < path.stat().st_size < LARGEST} == set()
