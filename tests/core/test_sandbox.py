"""Sandboxes and what-if: trying things on a copy, and nothing else changes."""

from __future__ import annotations

import json

import pytest

from wfepy_core import fleet
from wfepy_core.cli import main
from wfepy_core.errors import UnreadableStateError
from wfepy_core.preflight import from_json
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import history
from wfepy_core.storage.sandbox import fork, is_sandbox

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
    before, past = state_file.read(state), history(state).events

    target = fork(state)
    assert main(["context", "set", target, "signed=true"]) == 0
    assert main(["advance", target]) == 0

    assert is_sandbox(target)
    assert not is_sandbox(state)
    assert state_file.read_head(target).status.value == "finished"
    assert state_file.read(state) == before
    assert history(state).events == past


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


@pytest.mark.parametrize("command", [["advance"], ["watch", "--once"]])
def test_who_advances_a_folder_leaves_its_sandboxes_alone(state, tmp_path, command):
    target = fork(state)
    before = state_file.read(target)

    assert main([*command, str(tmp_path)]) == 0

    assert state_file.read(target) == before
    assert state_file.read_head(state).status.value == "waiting"
    assert target in fleet.find([str(tmp_path)])


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
