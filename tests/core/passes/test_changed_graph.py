"""A state file whose graph and fingerprint were changed apart, by hand, is told as that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NEWER = '{"e":"hand","g":1,"t":1,"kind":"context","by":"x","set":{"k":1}}\n'
APART = "graph and workflow.graph_sha256 do not belong together"
NO_TASK = 'the graph has no task "a"'


def rename_task(document):
    document["graph"]["tasks"][0]["name"] = "other"


def turn_into_no_start(document):
    document["graph"]["tasks"][0]["start"] = False


def name_another_fingerprint(document):
    document["workflow"]["graph_sha256"] = "0" * 64


@pytest.fixture
def change(start):
    """Starts an instance and changes its file, which keeps its layout; optionally with a newer journal."""

    def make(how, *, newer=False):
        path = Path(start("return False"))
        before = path.read_text()
        document = json.loads(before)
        how(document)
        lines = before.splitlines()
        for number, line in enumerate(lines):
            name = line[1:].partition('"')[0]
            if name in ("graph", "workflow"):
                end = line[line.rindex("}") + 1 :] if name == "workflow" else "}"
                lines[number] = f'"{name}": {json.dumps(document[name])}{end}'
        path.write_text("\n".join(lines) + "\n")
        if newer:
            Path(f"{path}.journal").write_text(NEWER)
        return str(path)

    return make


@pytest.mark.parametrize(
    ("how", "newer", "message"),
    [
        (rename_task, False, NO_TASK),
        (rename_task, True, NO_TASK),
        (turn_into_no_start, True, APART),
        (name_another_fingerprint, True, APART),
    ],
)
@pytest.mark.parametrize("place", ["alone", "folder"])
def test_a_graph_that_is_not_that_of_its_fingerprint_is_told(run, change, how, newer, message, place):
    path = change(how, newer=newer)

    code, _, told = run("advance", path if place == "alone" else ".")

    assert code == 65
    assert message in told
    assert "Traceback" not in told


def test_a_graph_in_another_form_is_the_same_graph(run, start):
    path = Path(start("return False"))
    path.write_text(json.dumps(json.loads(path.read_text()), sort_keys=True, indent=1))

    assert run("advance", path)[0] == 0
