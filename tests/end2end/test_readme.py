"""What the documents tell to type is typed here, and prints what they say.

In a document, a block ```` ```python NAME.py ```` is a file to be written, ```` ```python ```` a script to
be run, and ```` ```console ```` a session: `$ command`, then what it prints, `...` standing for anything.
Times, durations, users, hosts and process ids may differ. A command ends with exit code 0 unless `$ echo $?`
follows. Blocks of other kinds are not run. All blocks of a document share one folder, in which the files of
the README lie.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cron_environment import cron_environment

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "docs/writing-workflows.md", "docs/operating.md"]
SECONDS = 60

BLOCK = re.compile(r"^```(python|console)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
SPAN = r"(?:a moment|\d+ (?:s|min|h|days?)(?: \d+ (?:s|min|h))?)"
VARYING = [
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: UTC|\+00:00)"), "<time>"),
    (re.compile(rf"{SPAN} ago"), "<span> ago"),
    (re.compile(rf"waited {SPAN}"), "waited <span>"),
    (re.compile(rf"\(in {SPAN}\)"), "(in <span>)"),
    (re.compile(r"by \S+ on \S+, process \d+"), "by <user>"),
    (re.compile(r"by hand \([^)]+\)"), "by hand (<user>)"),
    (re.compile(r"(<time>) by [\w.-]+"), r"\1 by <user>"),
    (re.compile(r"is locked by \S+ \(pid \d+ on \S+\) since \d\d:\d\d UTC"), "is locked by <user>"),
    (re.compile(r"process \d+"), "process <pid>"),
]


class Block(NamedTuple):
    """A block of a document: its kind, the name of the file it is, its text and the line it begins on."""

    kind: str
    name: str
    text: str
    line: int


def blocks_of(document: str) -> list[Block]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        Block(found[1], found[2] or "", found[3], text.count("\n", 0, found.start()) + 1)
        for found in BLOCK.finditer(text)
    ]


def commands_of(session: str) -> list[tuple[str, str]]:
    """The commands of a session, each with what the document says it prints."""
    pairs: list[tuple[str, str]] = []
    for line in session.splitlines(keepends=True):
        if line.startswith("$ "):
            pairs.append((line[2:].strip(), ""))
        else:
            command, output = pairs[-1]
            pairs[-1] = (command, output + line)
    return pairs


def settled(output: str) -> str:
    """The output without what differs from run to run."""
    for pattern, replacement in VARYING:
        output = pattern.sub(replacement, output)
    return "\n".join(line.rstrip() for line in output.strip().splitlines())


def agrees(said: str, printed: str) -> bool:
    pattern = re.escape(settled(said)).replace(re.escape("..."), "(?:.|\n)*")
    return re.fullmatch(pattern, settled(printed)) is not None


class Reader:
    """Somebody who types what a document says, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        programs = folder / "programs"
        self.folder = folder / "home"
        programs.mkdir()
        self.folder.mkdir()
        for name, words in {"wfepy": "-m wfepy_core", "python": ""}.items():
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words} "$@"\n')
            program.chmod(0o755)
        self.environment = cron_environment(PATH=f"{programs}:{os.environ['PATH']}", TZ="UTC")
        self.last_code = 0

    def type(self, command: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", f"(exit {self.last_code})\n{command}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        self.last_code = done.returncode
        return done.stdout


@pytest.fixture
def reader(tmp_path):
    reader = Reader(tmp_path)
    for block in blocks_of("README.md"):
        if block.name:
            (reader.folder / block.name).write_text(block.text, encoding="utf-8")
    return reader


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_tells_to_type_does_what_it_says(document, reader):
    for kind, name, text, line in blocks_of(document):
        if name:
            (reader.folder / name).write_text(text, encoding="utf-8")
        elif kind == "python":
            (reader.folder / "snippet").write_text(text, encoding="utf-8")
            printed = reader.type("PYTHONPATH=$PYTHONPATH:. python snippet")
            assert reader.last_code == 0, f"{document}:{line}: {printed}"
        else:
            type_session(reader, text, f"{document}:{line}")


def type_session(reader: Reader, session: str, where: str) -> None:
    commands = commands_of(session)
    followers = [command for command, _ in commands[1:]] + [""]
    for (command, said), follower in zip(commands, followers, strict=True):
        if command.startswith("git ") and shutil.which("git") is None:
            continue  # `make test` installs it where it may
        printed = reader.type(command)
        assert agrees(said, printed), f"{where}: $ {command}\nsaid:\n{said}\nprinted:\n{printed}"
        assert reader.last_code == 0 or follower == "echo $?", f"{where}: $ {command}: {reader.last_code}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_something_to_type(document):
    assert any(block.kind == "console" for block in blocks_of(document))


@pytest.mark.parametrize(
    "document", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda path: path.name
)
def test_every_link_leads_somewhere(document):
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert not missing


def test_the_table_of_commands_names_every_command(reader):
    listed = reader.type("wfepy --help")
    commands = re.findall(r"^  ([a-z]+) {2,}", listed.partition("exit codes")[0], re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(commands) > 10
    assert [command for command in commands if f"`{command}" not in readme] == []


def test_reliability_names_tests_that_exist():
    text = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:core|faults|end2end|gui|examples)/\w+\.py)::(\w+)`", text)
    assert len(named) > 20
    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert not missing
