"""The `wfepy` command in this process: what each command says, and its exit code."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.cli.arguments import parse_assignment
from wfepy_core.cli.command_table import COMMANDS, parser_of
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock

MODULE = """
import os
from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task

@task()
@start_point()
@followed_by("sign")
@followed_by("legal")
def build(context):
    return True

@task()
@followed_by("publish")
def sign(context):
    return True if context.get("signed") else Waiting("no signature yet")

@task()
@followed_by("publish", lambda context: context["approved"])
@followed_by("reject", lambda context: not context["approved"])
def legal(context):
    return True

@task()
@end_point()
def reject(context):
    return True

@task()
@join_point()
@end_point()
def publish(context):
    if context.get("broken"):
        raise RuntimeError("server is down")
    return True
"""


@pytest.fixture
def state(tmp_path, run, monkeypatch):
    """A new instance in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release.py").write_text(MODULE)
    assert run("new r.wfstate --module release.py --set approved=true")[0] == 0
    return "r.wfstate"


def test_every_command_teaches_with_an_example(run):
    for command in COMMANDS:
        code, out, _ = run(f"{command} --help")
        assert code == 0
        assert re.search(r"\nexamples?:\n  .*wfepy", out), command


def test_every_example_in_a_help_text_is_a_command_line_that_parses():
    for command in COMMANDS:
        parser = parser_of(command)
        for line in parser.epilog.partition("\n\n")[0].splitlines()[1:]:
            words = shlex.split(line.partition("wfepy ")[2], comments=True)
            for end in ("|", ">"):
                words = words[: words.index(end)] if end in words else words
            assert words[0] == command
            parser.parse_args(words[1:])


def test_a_wrong_command_line_exits_with_2_and_says_what_to_do(run):
    assert run("")[0] == 0
    code, _, err = run("statu x")
    assert code == 2
    assert "did you mean `wfepy status`?" in err
    code, _, err = run("advance x --jobs 0")
    assert code == 2
    assert "`wfepy advance --help` shows how" in err


def test_an_instance_goes_from_new_to_finished(run, state):
    assert "is new: no pass has run yet; the next one begins with build" in run(f"why {state}")[1]
    assert run(f"advance {state}") == (0, "r.wfstate: waiting\n", "")
    out = run(f"why {state}")[1]
    assert re.match(r"sign has waited .*: no signature yet \(1 pass\); publish is blocked by it\n", out)
    run(f"context set {state} signed=true --reason 'by phone'")
    assert run(f"advance {state}") == (0, "r.wfstate: finished\n", "")
    assert "is finished" in run(f"why {state}")[1]


def test_a_failed_task_exits_with_1_and_why_shows_its_traceback(run, state):
    run(f"context set {state} signed=true broken=true")
    code, out, err = run(f"advance {state}")
    assert (code, out) == (1, "")
    assert err == (
        "r.wfstate: failed: publish: RuntimeError: server is down (release.py:33)\n"
        "  `wfepy why r.wfstate` shows the traceback; the next pass tries it again\n"
    )
    out = run(f"why {state} publish")[1]
    assert out.startswith("publish failed")
    assert 'raise RuntimeError("server is down")' in out


@pytest.mark.usefixtures("state")
def test_an_unreadable_state_exits_with_65_and_is_left_alone(run, tmp_path):
    (tmp_path / "bad.wfstate").write_text('{"format": "wfepy-state"')
    for command in ("advance", "status", "why", "preflight", "context get", "history", "restore"):
        code, _, err = run(f"{command} bad.wfstate")
        assert code == 65, command
        assert err.startswith("wfepy: ")
        assert "Traceback" not in err
    assert (tmp_path / "bad.wfstate").read_text() == '{"format": "wfepy-state"'
    assert run("advance missing.wfstate")[0] == 65


def test_a_drifted_module_exits_with_65_and_names_the_way_out(run, state, tmp_path):
    (tmp_path / "changed.py").write_text(MODULE.replace("reject", "refuse"))
    text = (tmp_path / state).read_text().replace("release.py", "changed.py")
    (tmp_path / state).write_text(text)
    code, _, err = run(f"advance {state}")
    assert code == 65
    assert "added: refuse; removed: reject; changed: legal" in err
    assert "wfepy migrate" in err
    assert run(f"migrate {state} --map reject=refuse")[0] == 0
    assert run(f"advance {state}")[0] == 0


def test_a_locked_instance_exits_with_75_and_names_the_holder(run, state):
    with StateLock(state):
        for line in (f"advance {state}", f"context set {state} signed=1", f"complete {state} build"):
            code, _, err = run(line)
            assert code == 75, line
            assert str(os.getpid()) in err


@pytest.mark.usefixtures("state")
def test_status_lists_the_good_files_and_reports_the_bad_one(run, tmp_path):
    (tmp_path / "bad.wfstate").write_text("[]")
    code, out, err = run("status .")
    assert code == 65
    assert out.split("\t")[0] == "new"
    assert out.endswith("\trelease\tbuild ready\t./r.wfstate\n")
    assert "bad.wfstate" in err
    code, out, _ = run("status . --json")
    assert code == 65
    (row,) = json.loads(out)
    assert (row["path"], row["status"], row["generation"]) == ("./r.wfstate", "new", 1)
    assert "tasks" not in row


def test_status_of_one_file_tells_programs_of_the_last_pass_and_why_there_is_none(run, state, tmp_path):
    (row,) = json.loads(run(f"status {state} --json")[1])
    assert (row["last_pass"], row["obstacle"]) == (None, "")
    run(f"advance {state}")
    (row,) = json.loads(run(f"status {state} --json")[1])
    assert (row["last_pass"]["ended"], row["obstacle"]) == ("waiting", "")

    (tmp_path / "release.py").write_text("import nothing_of_this_name\n")
    run(f"advance {state}")
    (row,) = json.loads(run(f"status {state} --json")[1])
    assert row["last_pass"]["ended"].startswith("ModuleLoadError: ")
    assert row["obstacle"].startswith("no pass takes place: ")


def test_status_of_one_file_tells_every_task(run, state):
    run(f"advance {state}")
    (row,) = json.loads(run(f"status {state} --json")[1])
    assert row["tasks"] == {
        "build": "complete",
        "sign": "waiting",
        "legal": "complete",
        "reject": "skipped",
        "publish": "blocked",
    }
    (same,) = json.loads(run("status . --json --tasks")[1])
    assert same["tasks"] == row["tasks"]
    live = run(f"status {state}")[1]
    assert "\nsign\twaiting\t" in live
    assert "\nbuild\t" not in live
    assert "\nbuild\tcomplete\t" in run(f"status {state} --tasks")[1]


def test_preflight_evaluates_conditions_and_runs_no_task(run, state):
    run(f"complete {state} build")
    before = state_file.read(state)
    out = run(f"preflight {state}")[1]
    assert out.splitlines()[0] == "an advance would call sign, legal now"
    assert "→ publish: if it returned true, taken (context['approved'] is true)" in out
    assert "→ reject: if it returned true, not taken" in out
    assert "join points that would follow if all of these returned true: publish" in out
    assert state_file.read(state) == before
    run(f"context unset {state} approved")
    assert "raises KeyError: 'approved'" in run(f"preflight {state}")[1]


def test_context_values_are_json_where_they_read_as_json(run, state, tmp_path):
    (tmp_path / "note.txt").write_text("from a file")
    tagged = json.dumps({"$datetime": "2026-12-01T09:00:00+01:00"})
    run(f"context set {state} n=3 text=hello note=@note.txt", f"due={tagged}")
    assert json.loads(run(f"context get {state} n")[1]) == 3
    assert json.loads(run(f"context get {state} text note")[1]) == {"text": "hello", "note": "from a file"}
    assert json.loads(run(f"context get {state} due")[1]) == json.loads(tagged)
    run(f"context set {state} --text n=3")
    assert json.loads(run(f"context get {state} n")[1]) == "3"
    code, _, err = run(f"context set {state} --json n=three")
    assert code == 2
    assert "is no JSON" in err
    assert run(f"context set {state}")[0] == 2
    assert run(f"context get {state} nothing")[0] == 2


def test_an_assignment_may_hold_equals_signs_and_refuses_what_json_does_not_have():
    assert parse_assignment("a=b=c") == ("a", "b=c")
    assert parse_assignment("a=NaN") == ("a", "NaN")
    with pytest.raises(ValueError, match="KEY=VALUE"):
        parse_assignment("=b")


def test_an_intervention_tells_what_it_does_and_a_dry_run_does_not_do_it(run, state):
    run(f"advance {state}")
    before = state_file.read(state)
    code, out, _ = run(f"skip {state} sign --dry-run")
    assert (code, out) == (0, "sign is not run and its branch ends here; publish no longer waits for it\n")
    assert state_file.read(state) == before
    run(f"skip {state} sign --reason 'not needed'")
    assert run(f"advance {state}")[1] == "r.wfstate: finished\n"
    code, _, err = run(f"complete {state} sign")
    assert code == 2
    assert "cannot be completed" in err


def test_history_tells_who_did_what_and_why(run, state):
    run(f"advance {state}")
    run(f"context set {state} approved=false --reason 'second thoughts'")
    run(f"complete {state} sign --reason 'on paper'")
    out = run(f"history {state}")[1]
    assert "sign waits: no signature yet" in out
    assert "context changed: second thoughts; approved = True → False" in out
    assert out.splitlines()[-1].endswith("completed sign: on paper; sign: waiting → complete")
    assert len(run(f"history {state} --last 2")[1].splitlines()) == 2
    only = run(f"history {state} --task sign")[1]
    assert "legal" not in only
    lines = [json.loads(line) for line in run(f"history {state} --json")[1].splitlines()]
    assert lines[-1]["reason"] == "on paper"
    assert lines[-1]["time"].endswith("+00:00")


def test_a_graph_is_drawn_without_running_the_module(run, state, tmp_path):
    (tmp_path / "release.py").write_text("raise SystemExit('was run')")
    for name in ("g.svg", "g.dot", "g.mmd"):
        assert run(f"graph {state} -o {name}")[0] == 0
        assert "publish" in (tmp_path / name).read_text()
        assert "new, generation 1, saved 20" in (tmp_path / name).read_text()
    code, _, err = run(f"graph {state} -o g.bmp")
    assert code == 2
    assert "svg" in err


@pytest.mark.usefixtures("state")
def test_check_tells_the_mistakes_of_a_module_with_their_cure(run, tmp_path):
    assert "is sound: 5 tasks, 5 transitions; starts at build; ends at" in run("check release.py")[1]
    (tmp_path / "broken.py").write_text(MODULE.replace('"sign")', '"sing")'))
    code, _, err = run("check broken.py")
    assert code == 1
    assert "sing" in err
    assert "Traceback" not in err
    assert run("check nowhere.py")[0] == 2


def test_new_refuses_an_existing_file_and_a_context_that_is_no_json(run, state):
    assert run(f"new {state} --module release.py")[0] == 2
    assert run("new other.wfstate --module release.py --context nonsense")[0] == 2
    assert not os.path.exists("other.wfstate")


def test_a_dump_of_wfepy_is_imported_and_goes_on(run, state, tmp_path):
    # A pickle of protocol 0 is text: wfepy's TaskState.WAITING (2) on the task `sign`.
    dump = (
        b"(dp0\nVstate\np1\n(lp2\n(Vsign\np3\ncwfepy.workflow\nTaskState\np4\n(I2\ntp5\nRp6\ntp7\nasVcontext\n"
        b"p8\n(dp9\nVsigned\np10\nI01\nss."
    )
    (tmp_path / "old.pickle").write_bytes(dump)
    code, out, err = run("import old.pickle old.wfstate --module release.py")
    assert (code, out) == (0, "old.wfstate: imported, stands at sign\n"), err
    assert run("advance old.wfstate")[1] == "old.wfstate: finished\n"
    (tmp_path / "evil.pickle").write_bytes(b"cos\nsystem\n(S'touch owned'\ntR.")
    code, _, err = run("import evil.pickle evil.wfstate --module release.py")
    assert code == 65
    assert "system" in err
    assert not (tmp_path / "owned").exists()
    assert run(f"import old.pickle {state} --module release.py")[0] == 2


@pytest.mark.usefixtures("state")
def test_a_module_near_the_state_file_is_named_so_that_both_can_be_moved(run, tmp_path):
    (tmp_path / "instances").mkdir()
    assert run("new instances/a.wfstate --module release.py")[0] == 0
    assert state_file.read("instances/a.wfstate").workflow.modules == ("../release.py",)
    (tmp_path / "x" / "y" / "z").mkdir(parents=True)
    run("new x/y/z/a.wfstate --module release.py")
    assert state_file.read("x/y/z/a.wfstate").workflow.modules == (str(tmp_path / "release.py"),)


def test_a_restore_undoes_the_last_change(run, state):
    run(f"context set {state} approved=false")
    code, out, _ = run(f"restore {state}")
    assert code == 0
    assert "approved = True → False" in out
    assert out.endswith("r.wfstate: restored as generation 3, new\n")
    assert json.loads(run(f"context get {state} approved")[1]) is True


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh", "powershell"])
def test_completion_scripts_know_every_command_and_option(run, shell):
    code, out, _ = run(f"completion {shell}")
    assert code == 0
    for command in COMMANDS:
        assert command in out
    assert "durability" in out
    assert ".wfstate" in out


BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None, reason="needs bash")
@pytest.mark.usefixtures("state")
def test_bash_completes_commands_options_and_state_files(run, tmp_path):
    script = tmp_path / "completion.bash"
    script.write_text(run("completion bash")[1])

    def completed(*words):
        line = " ".join(shlex.quote(word) for word in words)
        ask = f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _shtab_wfepy; "
        ask += 'printf "%s\\n" "${COMPREPLY[@]}"'
        ended = subprocess.run(
            [BASH, "-c", ask],
            env=cron_environment(),
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        return ended.stdout.split()

    assert completed("wfepy", "pre") == ["preflight"]
    assert completed("wfepy", "advance", "--dur") == ["--durability"]
    assert completed("wfepy", "advance", "--durability", "p") == ["pass"]
    assert completed("wfepy", "why", "r.wf") == ["r.wfstate"]
    assert completed("wfepy", "check", "rel") == ["release.py"]
    assert completed("wfepy", "context", "get", "r.wf") == ["r.wfstate"]
    assert completed("wfepy", "migrate", "r.wfstate", "--module", "rel") == ["release.py"]
    assert "unset" in completed("wfepy", "context", "")
