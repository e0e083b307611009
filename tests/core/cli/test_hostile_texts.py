"""Whatever stands in names, reasons, users and paths: a terminal gets text, and each thing its own line."""

from __future__ import annotations

import ast
import json
import logging
from pathlib import Path

import pytest

from wfepy_core import cli
from wfepy_core.cli import main
from wfepy_core.cli.command_table import COMMANDS
from wfepy_core.plain_text import spell_out, spell_out_json, spell_out_line

HOSTILE = "a\x1b[31m\x9b5m\u202e\u2067\x85\u2028\r\nFORGED\t\ud800"
"""What a terminal would obey: escapes, marks of direction, line ends; and half of a character."""

MODULE = f"""
from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task

EVIL = {HOSTILE!r}

@task("begin " + EVIL)
@start_point()
@followed_by("wait " + EVIL)
@followed_by("fail " + EVIL)
def begin(context):
    print(EVIL)
    return True

@task("wait " + EVIL)
@followed_by("end " + EVIL, lambda context: context[{HOSTILE!r}])
def wait(context):
    return Waiting("because " + EVIL)

@task("fail " + EVIL)
@followed_by("end " + EVIL)
def fail(context):
    raise ValueError(EVIL.replace("\\n", ""))

@task("end " + EVIL)
@join_point()
@end_point()
def end(context):
    return True
"""

WORD = HOSTILE.replace("\ud800", "\udcff")
"""The same as a word of a command line can hold it."""

STATE = "s\x1b[5m\n\u202e\udcff.wfstate"
OTHER = "other\x1b[5m\n\u202e.wfstate"
LEGACY = "old\x1b[31m\nFORGED"
WAIT, FAIL = f"wait {HOSTILE}", f"fail {HOSTILE}"

COMMAND_LINES = {
    "new": [["new", OTHER, "--module", "evil.py", "--set", f"k{WORD}=1.10"], ["new", STATE, "--module", "x"]],
    "advance": [["advance", STATE], ["advance", "."]],
    "status": [
        ["status", STATE],
        ["status", "."],
        ["status", STATE, "--tasks"],
        ["status", STATE, "--json"],
        ["status", f"none{WORD}"],
    ],
    "why": [["why", STATE], ["why", STATE, WAIT], ["why", STATE, FAIL], ["why", STATE, f"none {WORD}"]],
    "preflight": [
        ["preflight", STATE],
        ["preflight", STATE, "--json"],
        ["preflight", STATE, "--set", f"{WORD}=true"],
    ],
    "context": [
        ["context", "set", STATE, f"key{WORD}=value{WORD}"],
        ["context", "get", STATE],
        ["context", "get", STATE, f"none{WORD}"],
        ["context", "unset", STATE, f"key{WORD}"],
    ],
    "complete": [["complete", STATE, WAIT, "--dry-run"]],
    "skip": [["skip", STATE, WAIT, "--reason", WORD]],
    "retry": [["retry", STATE, FAIL, "--reason", WORD], ["retry", STATE, f"none{WORD}"]],
    "tokens": [["tokens", STATE], ["tokens", STATE, f"{WAIT}=WAITING"], ["tokens", STATE, f"{WORD}=READY"]],
    "fork": [["fork", STATE, f"copy{STATE}"], ["fork", f"none{STATE}", STATE]],
    "note": [["note", STATE, WORD]],
    "diff": [["diff", STATE, f"copy{STATE}"], ["diff", "--textconv", STATE], ["diff", STATE, "--at", "1"]],
    "history": [
        ["history", STATE],
        ["history", STATE, "--json"],
        ["history", STATE, "--at", "2"],
        ["history", STATE, "--task", f"none{WORD}"],
    ],
    "output": [["output", STATE], ["output", STATE, f"begin {HOSTILE}"], ["output", STATE, "--json"]],
    "graph": [["graph", STATE, "-o", "g.dot"], ["graph", STATE, "-o", f"no{WORD}"]],
    "check": [["check", "evil.py"], ["check", "evil.py", "--json"], ["check", f"none{WORD}.py"]],
    "import": [["import", LEGACY, f"i{STATE}", "--module", "evil.py"]],
    "watch": [["watch", ".", "--once"], ["watch", f"none{WORD}"]],
    "migrate": [
        ["migrate", STATE, "--module", "other.py", "--map", f"{WAIT}={WORD}"],
        ["migrate", STATE, "--map", "x", WORD],
    ],
    "restore": [["restore", STATE, "--dry-run"], ["restore", STATE, "--to", "2", "--yes"]],
    "completion": [["completion", "bash"]],
}


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Workers of pytest-xdist cannot report a log line that holds half of a surrogate pair."""
    caplog.set_level(logging.CRITICAL + 1, "wfepy")


@pytest.fixture
def folder(tmp_path, monkeypatch, capfd):
    """A folder with an instance whose every text is hostile, and its user, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", WORD)
    Path("evil.py").write_text(MODULE)
    Path("other.py").write_text(MODULE.replace('"wait "', '"other "'))
    Path(LEGACY).write_bytes(b"no pickle")
    assert main(["new", STATE, "--module", "evil.py"]) == 0
    assert main(["advance", STATE]) == 1
    text = Path(STATE).read_text()
    host = json.loads(text)["saved"]["host"]
    Path(STATE).write_text(text.replace(f'"host": "{host}"', f'"host": {json.dumps(HOSTILE)}', 1))
    capfd.readouterr()
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_what_a_terminal_would_obey(capfd, command):
    for words in COMMAND_LINES[command]:
        capfd.readouterr()
        main(words)
        told = capfd.readouterr()
        for text in (told.out, told.err):
            assert [char for char in text if not char.isprintable() and char not in "\n\t"] == [], words
            assert [line for line in text.splitlines() if line.startswith("FORGED")] == [], words


@pytest.mark.usefixtures("folder")
def test_json_says_the_same_in_other_letters(capfd):
    main(["context", "set", STATE, f"key={json.dumps(HOSTILE)}"])
    capfd.readouterr()
    main(["context", "get", STATE, "key"])
    assert json.loads(capfd.readouterr().out) == HOSTILE


def test_what_is_spelled_out_is_written_as_python_writes_it():
    assert spell_out_line("a\x1b\n\t\x9b\u202eb\ud800") == "a\\x1b\\n\\t\\x9b\\u202eb\\ud800"
    assert spell_out("a\n\tb\r\u2029") == "a\n\tb\\x0d\\u2029"
    assert spell_out_line("na\u00efve \u05d0 \u200d") == "na\u00efve \u05d0 \u200d"
    assert spell_out_line("\udcff") == "\\xff"  # a byte of a file name
    assert json.loads(spell_out_json(json.dumps(HOSTILE, ensure_ascii=False))) == HOSTILE


WRITERS = {"output", "terminal"}
"""Modules through which what others wrote goes to a terminal."""
OWN_TEXTS = {"command_table", "completion", "moments"}
"""Modules that print what is theirs: an overview, a script, a question."""
SPELLED_OUT = {"history", "output_command", "status", "why"}
"""Modules that print many lines at once, or JSON in ASCII, each spelled out."""


def test_commands_print_through_one_module():
    printing = {
        path.stem
        for path in Path(cli.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "sys.stdout.write", "sys.stderr.write")
    }
    assert printing == WRITERS | OWN_TEXTS | SPELLED_OUT
