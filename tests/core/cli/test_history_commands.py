"""`history`, `restore --to` and `migrate` on the command line: what they say before, and what they do."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from tests.core.pass_samples import Instance
from tests.histories import history
from wfepy_core.cli import main
from wfepy_core.model.events import Interrupted
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import MAX_BYTES
from wfepy_core.storage.segments import segments_of
from wfepy_core.time_text import moment_exact

MODULE = """
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("sign")
def build(context):
    context.pop("order", None)
    context["built"] = True
    return True

@task()
@end_point()
def sign(context):
    return bool(context.get("signed_by")) or Waiting("no signature yet")
"""


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release.py").write_text(MODULE)
    new_instance("r.wfstate", ["release.py"], {"order": 17}, by="ann")
    run_pass("r.wfstate")
    edit_context("r.wfstate", {"signed_by": "Ada"}, reason="by letter", by="bob")
    run_pass("r.wfstate")
    return "r.wfstate"


@pytest.fixture
def answers(monkeypatch):
    """What is typed on the terminal."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def type_in(text):
        monkeypatch.setattr("sys.stdin", Terminal(text))

    return type_in


def close_journal(state):
    for value in ("x" * (MAX_BYTES + 1000), "", "small"):
        edit_context(state, {"filler": value})


def test_the_history_begins_with_who_started_it_with_what_and_tells_what_went_first(state, capsys):
    assert main(["history", state]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("by hand (ann): started: order = 17")
    [built] = [line for line in lines if "build done" in line]
    assert built.endswith("order removed, built = True")


CHOICE = """
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("accept", lambda context: context["good"])
@followed_by("refuse", lambda context: not context["good"])
def judge(context):
    return True

@task()
@end_point()
def accept(context):
    exec(context.get("in_accept", ""))
    return True

@task()
@end_point()
def refuse(context):
    return True
"""


@pytest.fixture
def judged(tmp_path, monkeypatch):
    """An instance whose pass was stopped while `accept` ran."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "choice.py").write_text(CHOICE)
    stop = "raise KeyboardInterrupt"
    new_instance("c.wfstate", ["choice.py"], {"good": True, "in_accept": stop})
    with pytest.raises(KeyboardInterrupt):
        run_pass("c.wfstate")
    return "c.wfstate"


def test_the_history_names_the_transitions_that_were_taken(judged, capsys):
    assert main(["history", judged]) == 0

    assert "judge decided: to accept; 1 of 2 transitions taken" in capsys.readouterr().out


def test_the_history_names_the_transitions_that_have_no_condition(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    instance = Instance(tmp_path)
    run_pass(instance.path)
    assert main(["history", instance.path, "--task", "prepare"]) == 0

    assert "prepare done: to build, sign; " in capsys.readouterr().out


def test_the_history_tells_of_a_call_that_was_cut_off_once_it_is_repeated(judged, capsys):
    edit_context(judged, {"in_accept": ""})
    run_pass(judged)
    assert main(["history", judged]) == 0

    told = [line.split("  ", 1)[1] for line in capsys.readouterr().out.splitlines()]
    [cut_off] = [line for line in told if line.startswith("accept interrupted: called ")]
    assert cut_off.endswith("; its process ended before it came back")
    after = told[told.index(cut_off) + 1 :]
    assert [line.partition(":")[0] for line in after] == ["pass begins", "accept done", "pass ends"]


def test_the_history_tells_of_a_call_that_was_cut_off_and_then_completed_by_hand(judged):
    assert main(["complete", judged, "accept", "--reason", "it was done"]) == 0
    run_pass(judged)

    cut_off = [event for event in history(judged) if isinstance(event, Interrupted)]
    assert [event.task for event in cut_off] == ["accept"]


def test_a_note_is_in_the_history_and_changes_nothing_else(state, capsys):
    before = state_file.read(state)
    backup = state_file.read_document(state + ".bak").data

    assert main(["note", state, "certificate comes on Monday", "--task", "sign"]) == 0
    assert main(["note", state, "nothing", "--task", "nobody"]) == 2

    after = state_file.read(state)
    assert after._replace(saved=before.saved) == before
    assert state_file.summarize(state).generation == before.generation
    assert state_file.read_document(state + ".bak").data == backup
    capsys.readouterr()
    assert main(["history", state, "--last", "1"]) == 0
    assert capsys.readouterr().out.endswith(": note sign: certificate comes on Monday\n")


def test_the_instance_is_shown_as_it_was_by_generation_and_by_a_printed_time(state, capsys):
    assert main(["history", state, "--at", "2"]) == 0
    by_generation = capsys.readouterr().out
    last = history(state)[-1]
    assert main(["history", state, "--at", moment_exact(last.at)]) == 0
    by_time = capsys.readouterr().out

    assert "r.wfstate as it was at generation 2, " in by_generation
    assert re.search(r"sign\s+waiting", by_generation)
    assert "signed_by" not in by_generation
    assert "at generation 4, " in by_time
    assert "signed_by = 'Ada'" in by_time


def test_a_restore_says_what_it_undoes_before_and_asks_on_a_terminal(state, capsys, answers):
    before = state_file.read(state)
    answers("n\n")
    assert main(["restore", state, "--to", "2"]) == 0
    told = capsys.readouterr()
    assert state_file.read(state) == before
    assert "by hand (bob): context changed: by letter; signed_by = 'Ada'" in told.out
    assert "sign done" in told.out
    assert told.err == "Go back to generation 2? [y/N] "
    assert told.out.endswith("r.wfstate: nothing was changed\n")

    answers("y\n")
    assert main(["restore", state, "--to", "2", "--reason", "forged"]) == 0
    assert capsys.readouterr().out.endswith("r.wfstate: restored generation 2 as 5, waiting\n")
    assert "signed_by" not in state_file.read(state).context
    assert main(["history", state, "--last", "1"]) == 0
    told = capsys.readouterr().out
    assert "restored: back to generation 2; forged; sign: no token → waiting" in told
    assert "signed_by removed (was: 'Ada')" in told


@pytest.mark.usefixtures("state")
def test_a_migration_names_the_module_it_led_to(capsys):
    Path("release2.py").write_text(MODULE.replace("sign", "countersign"))
    new_instance("w.wfstate", ["release.py"], {}, by="ann")
    run_pass("w.wfstate")
    assert main(["migrate", "w.wfstate", "--module", "release2.py", "--map", "sign=countersign"]) == 0
    capsys.readouterr()

    assert main(["history", "w.wfstate", "--last", "1"]) == 0
    assert "migrated: to release2.py; " in capsys.readouterr().out


def test_a_dry_run_of_a_restore_only_tells(state, capsys):
    before = state_file.read(state)

    assert main(["restore", state, "--to", "2", "--dry-run"]) == 0

    assert "what was done since, and is undone:" in capsys.readouterr().out
    assert state_file.read(state) == before


def test_a_note_is_nothing_that_a_restore_undoes(state, capsys):
    assert main(["note", state, "ada is on leave"]) == 0
    capsys.readouterr()

    assert main(["restore", state, "--to", "2", "--dry-run"]) == 0

    told = capsys.readouterr().out
    assert "sign done" in told
    assert "ada is on leave" not in told


def test_a_moment_that_is_none_or_out_of_reach_is_refused(state, capsys):
    assert main(["restore", state, "--to", "yesterday"]) == 2
    assert main(["history", state, "--at", "1990-01-01"]) == 2
    assert "began as generation 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00", "0001-01-01 00:00:00+23:00", "9" * 5000],
)
@pytest.mark.parametrize("argument", ["--at", "--prune"])
def test_a_time_that_utc_cannot_name_is_refused_in_words(state, capsys, argument, text):
    assert main(["history", state, argument, text]) == 2

    err = capsys.readouterr().err
    assert f"{argument}: {text[:60]!r} is no " in err
    assert "; write it as " in err


def test_a_moment_that_has_not_come_yet_is_refused(state, capsys):
    before = state_file.read(state)
    for moment in ("5", "999", "9000-01-01"):
        assert main(["history", state, "--at", moment]) == 2
        assert main(["restore", state, "--to", moment, "--yes"]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("yet: the newest is generation 4, ") == 2
    assert main(["history", state, "--at", "4"]) == 0
    assert state_file.read(state) == before


def test_the_present_is_a_moment_whatever_was_done_last(state, capsys):
    edit_context(state, {"order": 18})
    assert main(["note", state, "the order has grown"]) == 0

    for moment in ("5", moment_exact(history(state)[-1].at)):
        capsys.readouterr()
        assert main(["history", state, "--at", moment]) == 0
        assert "r.wfstate as it was at generation 5, " in capsys.readouterr().out
    assert main(["history", state, "--at", "6"]) == 2


def test_a_restore_tells_that_it_undoes_the_replacement_of_a_whole_context(state, capsys):
    document = json.loads(Path(state).read_text())
    document["context"] = ["only", "a", "list"]
    Path(state).write_text(json.dumps(document))
    assert main(["note", state, "what a mess"]) == 0
    capsys.readouterr()

    assert main(["restore", state, "--to", "4", "--dry-run"]) == 0

    assert "the whole context replaced" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [("why", "sing"), ("output", "sing"), ("history", "--task", "sing"), ("note", "x", "--task", "sing")],
)
def test_a_task_that_does_not_exist_is_refused_alike_by_every_command(state, capsys, command):
    name, *others = command
    assert main([name, state, *others]) == 2

    told = capsys.readouterr().err
    assert "release has no task 'sing'" in told
    assert "its tasks include sign" in told


def test_pruning_says_what_goes_and_wants_a_yes(state, capsys, answers):
    close_journal(state)
    count = len(segments_of(state))
    assert main(["history", state, "--prune", "9000-01-01"]) == 2  # nobody can be asked
    told = capsys.readouterr()
    assert re.match(r"r.wfstate: 1 closed part of the journal, [0-9]+ lines from .* bytes\n", told.out)
    assert "say --yes" in told.err
    answers("\n")
    assert main(["history", state, "--prune", "9000-01-01"]) == 0
    assert len(segments_of(state)) == count == 2

    assert main(["history", state, "--prune", "9000-01-01", "--yes", "--reason", "a year is enough"]) == 0

    assert len(segments_of(state)) == 1
    capsys.readouterr()
    assert main(["history", state, "--last", "1"]) == 0
    assert "history pruned: " in capsys.readouterr().out


def test_a_migration_names_new_tasks_that_can_no_longer_run_and_the_way_to_run_them(state, capsys, tmp_path):
    with_review = MODULE.replace('@followed_by("sign")', '@followed_by("sign")\n@followed_by("review")')
    later = "\n@task()\n@end_point()\ndef review(context):\n    context['reviewed'] = True\n    return True\n"
    (tmp_path / "release2.py").write_text(with_review + later)

    assert main(["migrate", state, "--module", "release2.py"]) == 0

    told = capsys.readouterr().err
    assert "review is new and can no longer run" in told
    [command] = re.findall(r"`wfepy (tokens .*)` lets the next pass run it", told)
    assert main(command.split()) == 0
    run_pass(state)
    assert state_file.read(state).context["reviewed"]


def test_a_migration_tells_whose_record_is_gone_and_the_map_that_keeps_it(state, capsys, tmp_path):
    before = state_file.read(state).record("build")
    (tmp_path / "release2.py").write_text(MODULE.replace("build", "build_all"))
    assert main(["migrate", state, "--module", "release2.py"]) == 0
    told = capsys.readouterr().err
    assert "what was remembered of build is gone" in told

    back, again = re.findall(r"`wfepy ([^`]*)`", told)[:2]
    assert again == f"migrate {state} --map build=build_all --module release2.py"
    assert main(back.split()) == main(again.split()) == 0

    assert state_file.read(state).record("build_all") == before
    assert "remembered" not in capsys.readouterr().err


def test_a_restore_of_the_previous_version_tells_first_what_it_undoes(state, capsys):
    main(["context", "set", state, "note=oops", "--reason", "a slip"])
    before = state_file.read(state)
    capsys.readouterr()

    assert main(["restore", state, "--dry-run"]) == 0
    assert "a slip" in capsys.readouterr().out
    assert state_file.read(state) == before

    assert main(["restore", state]) == 0
    assert "a slip" in capsys.readouterr().out
    assert "note" not in state_file.read(state).context


def test_what_is_no_moment_is_told_with_what_would_be_one(state, capsys):
    assert main(["history", state, "--at", "yesterday"]) == 2
    assert "write it as 14, 2026-11-22" in capsys.readouterr().err


@pytest.mark.parametrize("to", [[], ["--to", "2"]])
def test_a_restore_tells_that_it_undoes_what_an_editor_changed(state, capsys, to):
    document = json.loads(Path(state).read_text())
    document["context"]["by_editor"] = "yes"
    Path(state).write_text(json.dumps(document))
    capsys.readouterr()

    assert main(["restore", state, "--dry-run", *to]) == 0

    told = capsys.readouterr().out
    assert re.search(r"changed outside: the file was written .*; by_editor = 'yes'", told)
    assert main(["restore", state, "--yes", *to]) == 0
    assert "by_editor" not in state_file.read(state).context
