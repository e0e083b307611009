"""Texts of megabytes: records hold the beginning, the journal has all of it, commands print a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.pass_samples import Instance
from wfepy_core.cli import main
from wfepy_core.errors import UnreadableStateError, WfepyError
from wfepy_core.model.graph import LONGEST_NAME
from wfepy_core.model.records import LONGEST_REASON
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file

FILES = """
from wfepy_core import Waiting, end_point, start_point, task

@task()
@start_point()
@end_point()
def arrive(context):
    return Waiting("missing: " + ", ".join(f"file_{number:06}.csv" for number in range(100_000)))
"""

FAILS = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def fail(context):
    raise type("E" * 1_000_000, (Exception,), {})("m" * 1_000_000)
"""


def test_an_endless_reason_is_remembered_in_short_and_kept_whole(tmp_path):
    instance = Instance(tmp_path, FILES)
    run_pass(instance.path)

    reason = instance.read().record("arrive").reason
    assert len(reason) == LONGEST_REASON
    assert reason.startswith("missing: file_000000.csv, ")
    assert len(instance.bytes()) < 5 * LONGEST_REASON
    assert [line for line in instance.lines() if "file_099999.csv" in line]


def test_a_pass_in_which_it_still_waits_for_that_writes_nothing(tmp_path):
    instance = Instance(tmp_path, FILES)
    run_pass(instance.path)
    before, journal = instance.bytes(), Path(f"{instance.path}.journal").read_bytes()
    run_pass(instance.path)
    assert instance.bytes() == before
    assert Path(f"{instance.path}.journal").read_bytes() == journal


def test_after_a_crash_the_journal_gives_the_same_record(tmp_path):
    instance = Instance(tmp_path, FILES)
    before = instance.bytes()
    run_pass(instance.path)
    saved = instance.read().record("arrive")
    Path(instance.path).write_bytes(before)
    assert instance.read().record("arrive").reason == saved.reason


@pytest.mark.parametrize("source", [FILES, FAILS], ids=["reason", "error"])
def test_commands_print_lines_that_can_be_read(tmp_path, capfd, source):
    instance = Instance(tmp_path, source)
    for words in (["advance"], ["advance"], ["status"], ["status", "--tasks"], ["why"], ["history"]):
        main([words[0], instance.path, *words[1:]])
        told = capfd.readouterr()
        assert max(map(len, f"{told.out}\n{told.err}".splitlines())) < LONGEST_REASON + 500, words


@pytest.mark.parametrize("member", ["reasons", "type", "message", "traceback"])
def test_of_what_a_file_says_too_long_the_beginning_is_read(tmp_path, member):
    instance = Instance(tmp_path, FAILS)
    run_pass(instance.path)
    document = json.loads(instance.bytes())
    if member == "reasons":
        document["records"]["reasons"] = {"fail": "r" * 10_000_000}
    else:
        document["records"]["errors"]["fail"][member] = "r" * 10_000_000
    Path(instance.path).write_text(json.dumps(document))
    record = state_file.read(instance.path).record("fail")
    text = record.reason if member == "reasons" else getattr(record.error, member)
    assert 1000 <= len(text) <= 60_000
    assert text.startswith("rrr")


@pytest.mark.parametrize(
    "place",
    [
        ("saved", "by"),
        ("saved", "host"),
        ("workflow", "name"),
        ("workflow", "module"),
        ("graph", "tasks", 0, "name"),
        ("graph", "tasks", 0, "labels"),
    ],
    ids=lambda place: place[-1],
)
def test_names_that_nobody_wrote_are_refused_by_their_place(tmp_path, place):
    instance = Instance(tmp_path, FILES)
    document = json.loads(instance.bytes())
    *way, last = place
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = ["n" * 1_000_000] if last == "labels" else "n" * 1_000_000
    Path(instance.path).write_text(json.dumps(document))
    with pytest.raises(UnreadableStateError, match="longer than") as told:
        state_file.read(instance.path)
    assert len(str(told.value)) < 500


def test_a_name_that_no_state_file_takes_is_a_mistake_of_the_module(tmp_path):
    source = FILES.replace("@task()", f'@task("n" * {LONGEST_NAME + 1})')
    with pytest.raises(WfepyError, match="1,001 characters"):
        Instance(tmp_path, source)
    Instance(tmp_path, FILES.replace("@task()", f'@task("n" * {LONGEST_NAME})')).read()
