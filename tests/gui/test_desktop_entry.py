"""Menu entry, icon and file type of the user's session."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cron_environment import cron_environment
from wfepy_gui import desktop_entry
from wfepy_gui.application import main

TYPE = "application/vnd.wfepy.state+json"
# Of the desktop menu specification: an application that has two of them is in the menu twice.
MAIN_CATEGORIES = (
    "AudioVideo",
    "Development",
    "Education",
    "Game",
    "Graphics",
    "Network",
    "Office",
    "Science",
    "Settings",
    "System",
    "Utility",
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def entry_of(home):
    lines = (home / desktop_entry.ENTRY).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    return dict(line.split("=", 1) for line in lines[1:] if line)


def test_the_command_installs_an_entry_that_starts_this_program_and_takes_it_away_again(home, capsys):
    assert main(["--install-desktop-files"]) == 0
    entry = entry_of(home)
    assert entry["Exec"].endswith(" %F")
    assert Path(entry["Exec"].split(" ")[0]).is_file()
    assert entry["MimeType"] == f"{TYPE};"
    assert (home / f"icons/hicolor/scalable/apps/{entry['Icon']}.svg").is_file()
    assert str(home / desktop_entry.ENTRY) in capsys.readouterr().out

    assert main(["--uninstall-desktop-files"]) == 0
    left = [path for path in home.rglob("*wfepy*") if path.is_file() and path.parent.name != "application"]
    assert left == []
    assert main(["--uninstall-desktop-files"]) == 0
    assert "nothing was installed" in capsys.readouterr().out


def test_the_file_type_covers_state_files(home):
    desktop_entry.install(home)
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    found = ET.parse(home / "mime/packages/wfepy-mime.xml").getroot()[0]  # noqa: S314  written here
    assert found.get("type") == TYPE
    assert found.find(f"{space}glob").get("pattern") == "*.wfstate"


def test_a_place_that_cannot_be_written_is_told(home, capsys):
    (home / "applications").write_text("a file where a folder should be", encoding="utf-8")
    assert main(["--install-desktop-files"]) == 2
    assert "applications" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("/opt/a/python", "/opt/a/python"),
        ("/my tools/python", '"/my tools/python"'),
        ("/50%/$x", '"/50%%/\\\\$x"'),
    ],
)
def test_odd_places_are_quoted_for_the_menu(word, quoted):
    assert desktop_entry.quote_word(word) == quoted


def test_the_entry_has_one_place_in_the_menu(home):
    # What desktop-file-validate tells of, where that program is not installed.
    desktop_entry.install(home)
    fields = entry_of(home)
    assert fields["Type"] == "Application"
    assert [name for name in fields["Categories"].split(";") if name in MAIN_CATEGORIES] == ["Office"]
    lists = [fields[name] for name in ("Categories", "MimeType", "Keywords")]
    assert all(text.endswith(";") for text in lists)


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-utils is not installed")
def test_the_entry_is_valid(home):
    desktop_entry.install(home)
    command = ["desktop-file-validate", str(home / desktop_entry.ENTRY)]
    assert subprocess.run(command, env=cron_environment(), check=False, capture_output=True).stdout == b""
