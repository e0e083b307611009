"""Sandboxes and what-if: trying things on a copy, and nothing else changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from tests.histories import history
from wfepy_core.cli import main
from wfepy_core.errors import UnreadableStateError
from wfepy_core.explain.preflight import from_json
from wfepy_core.model.events import encode
from wfepy_core.model.status import InterventionKind, Origin
from wfepy_core.operations.interventions import context_event, task_event
from wfepy_core.passes import fleet
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import is_sandbox
from wfepy_core.storage.sandbox import fork

MODULE = """
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("publish", lambda context: context["approved"])
@followed_by("reject", lambda context: not context["approved"])
def sign(context):
    print("signing")
    return context.get("signed", False)

@task()
@end_point()
def publish(context):
    return True

@task()
@end_point()
def reject(context):
    return True
"""


@pytest.fixture
def state(tmp_path, capsys):
    (tmp_path / "release.py").write_text(MODULE, encoding="utf-8")
    path = str(tmp_path / "release.wfstate")
    module = str(tmp_path / "release.py")
    assert main(["new", path, "--module", module, "--set", "approved=true"]) == 0
    capsys.readouterr()
    return path


def test_a_fork_stands_where_the_instance_stands_and_leaves_it_alone(state):
    main(["advance", state])
    before, past = state_file.read(state), history(state)

    target = fork(state)
    assert main(["context", "set", target, "signed=true"]) == 0
    assert main(["advance", target]) == 0

    assert is_sandbox(target)
    assert not is_sandbox(state)
    assert state_file.read_head(target).status.value == "finished"
    assert state_file.read(state) == before
    assert history(state) == past


def test_each_fork_gets_a_name_of_its_own(state):
    names = [fork(state), fork(state), fork(fork(state))]

    assert len(set(names)) == 3
    assert all(is_sandbox(name) for name in names)


def test_a_fork_of_what_cannot_be_read_is_refused_and_nothing_is_made(tmp_path):
    broken = tmp_path / "broken.wfstate"
    broken.write_text("{", encoding="utf-8")

    with pytest.raises(UnreadableStateError):
        fork(str(broken))

    assert list(tmp_path.glob("*.sandbox.wfstate")) == []


def test_the_command_line_forks_too_and_the_history_of_the_copy_says_from_where(state, tmp_path, capsys):
    main(["advance", state])
    before, past = state_file.read(state), history(state)
    target = str(tmp_path / "trial.sandbox.wfstate")
    capsys.readouterr()

    assert main(["fork", state, target]) == 0

    assert capsys.readouterr().out == f"{target}: a sandbox of {state}, waiting\n"
    [first] = history(target)
    assert (first.origin, first.source) == (Origin.FORK, f"{state}, generation 2")
    copy = state_file.read(target)
    assert (copy.tokens, copy.context, copy.generation) == (before.tokens, before.context, before.generation)
    assert (state_file.read(state), history(state)) == (before, past)
    assert main(["history", target]) == 0
    assert "sandbox made: from " in capsys.readouterr().out


def test_a_fork_into_another_folder_still_finds_the_module(state, tmp_path):
    (tmp_path / "trials").mkdir()
    target = str(tmp_path / "trials" / "one.sandbox.wfstate")

    assert main(["fork", state, target]) == 0

    assert state_file.read(target).workflow.modules == ("../release.py",)
    assert main(["context", "set", target, "signed=true"]) == 0
    assert main(["advance", target]) == 0
    assert state_file.read_head(target).status.value == "finished"


@pytest.mark.parametrize("name", ["trial", "trial.wfstate", ".sandbox.wfstate", "gone/a.sandbox.wfstate"])
def test_a_name_that_cannot_be_a_sandbox_is_refused_with_a_way_out(state, tmp_path, capsys, name):
    files = sorted(tmp_path.iterdir())

    assert main(["fork", state, str(tmp_path / name)]) == 2

    told = capsys.readouterr().err
    assert ".sandbox.wfstate" in told or "does not exist" in told
    assert sorted(tmp_path.iterdir()) == files


def test_a_fork_never_overwrites(state, tmp_path, capsys):
    target = tmp_path / "trial.sandbox.wfstate"
    target.write_text("mine", encoding="utf-8")

    assert main(["fork", state, str(target)]) == 2

    assert "exists already" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"


def test_what_cannot_be_forked_has_the_exit_code_of_an_unreadable_file(tmp_path, capsys):
    assert main(["fork", str(tmp_path / "gone.wfstate"), str(tmp_path / "a.sandbox.wfstate")]) == 65
    assert "does not exist" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["advance"], ["watch", "--once"]])
def test_who_advances_a_folder_leaves_its_sandboxes_alone(state, tmp_path, command):
    target = fork(state)
    before = state_file.read(target)

    assert main([*command, str(tmp_path)]) == 0

    assert state_file.read(target) == before
    assert state_file.read_head(state).status.value == "waiting"
    assert target in fleet.find_state_files([str(tmp_path)])


def test_what_if_tells_which_conditions_flip_and_saves_nothing(state, capsys):
    before = state_file.read(state)

    assert main(["preflight", state, "--set", "approved=false"]) == 0

    told = capsys.readouterr().out
    assert "sign → publish: context['approved']: true, then false" in told
    assert "→ publish: if it returned true, not taken" in told
    assert state_file.read(state) == before


def test_preflight_for_programs_is_one_object_that_reads_back(state, capsys):
    assert main(["preflight", state, "--json", "--set", "other=1"]) == 0

    found, trials = from_json(json.loads(capsys.readouterr().out))
    assert found.calls == ("sign",)
    assert [(follow.dest, follow.taken) for follow in found.steps[0].follows] == [
        ("publish", True),
        ("reject", False),
    ]
    assert [trial.flips for trial in trials] == [False, False]


def test_a_tagged_value_is_tried_as_what_it_means(state, capsys):
    main(["preflight", state, "--json", "--set", 'approved={"$set": []}'])

    _, trials = from_json(json.loads(capsys.readouterr().out))
    assert [trial.then for trial in trials] == [False, True]


@pytest.mark.parametrize("text", ["{}", "[]", '{"steps": [{}], "trials": []}'])
def test_what_is_no_preflight_is_refused(text):
    with pytest.raises(ValueError, match="no preflight"):
        from_json(json.loads(text))


def lines(*events):
    return b"".join(encode(event) + b"\n" for event in events)


def test_changes_by_hand_are_tried_on_a_copy(state, tmp_path, capsys):
    before = state_file.read(state)
    edited = context_event(before, {"approved": False}, by="ops")
    done = task_event(before, InterventionKind.COMPLETE, "sign", by="ops")
    (tmp_path / "changes").write_bytes(lines(edited, done))

    assert main(["preflight", state, "--changes", str(tmp_path / "changes")]) == 0

    told = capsys.readouterr().out
    assert "sign → publish: context['approved']: true, then false" in told
    assert "an advance would call reject now" in told
    assert "decide what follows sign" in told
    assert "→ reject: taken" in told
    assert state_file.read(state) == before


def test_a_value_can_be_tried_away(state, capsys):
    assert main(["preflight", state, "--unset", "approved"]) == 0
    assert "true, then raises KeyError: 'approved'" in capsys.readouterr().out


@pytest.mark.parametrize("generation", [0, 7])
def test_changes_made_on_another_generation_are_refused_as_a_conflict(state, tmp_path, capsys, generation):
    event = context_event(state_file.read(state), {"approved": False}, by="ops")
    (tmp_path / "changes").write_bytes(lines(event._replace(generation=generation)))

    assert main(["preflight", state, "--changes", str(tmp_path / "changes")]) == 75

    assert "made on another" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", [b"{}", b"nonsense", b"[1]", b"\xff", b'{"e":"start","g":1,"t":1,"task":"sign"}']
)
def test_what_is_no_change_by_hand_is_refused(state, tmp_path, capsys, text):
    (tmp_path / "changes").write_bytes(text)
    assert main(["preflight", state, "--changes", str(tmp_path / "changes")]) == 2
    assert main(["preflight", state, "--changes", str(tmp_path / "gone")]) == 2
    assert "--changes" in capsys.readouterr().err


KILLED_FORK = """
import os, signal, sys
from wfepy_core.storage import {module}
from wfepy_core.storage.sandbox import fork
{step} = lambda *_arguments, **_how: os.kill(os.getpid(), signal.SIGKILL)
fork(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    "step",
    [
        "state_creation.set_aside",
        "state_creation.begin_segment",
        "state_creation.write",
        "atomic_file.os.replace",
        "atomic_file.os.fsync",
    ],
)
def test_a_fork_that_was_killed_leaves_nothing_to_the_next_one(state, tmp_path, step):
    code = KILLED_FORK.format(module=step.partition(".")[0], step=step)
    subprocess.run([sys.executable, "-c", code, state], env=cron_environment(), check=False)
    assert os.path.basename(state) in os.listdir(tmp_path)
    before = {name for name in os.listdir(tmp_path) if "sandbox" not in name}

    target = fork(state)

    name = os.path.basename(target)
    made = {entry for entry in os.listdir(tmp_path) if "sandbox" in entry}
    assert made == {name, f"{name}.journal", f"{name}.lock"}
    assert {entry for entry in os.listdir(tmp_path) if "sandbox" not in entry} == before
    assert len(history(target)) == 1
