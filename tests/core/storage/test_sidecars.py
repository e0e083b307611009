"""What lies beside a state file is ours, or is refused in a moment: nothing is followed, or waited for."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from tests.core.pass_samples import Instance
from tests.cron_environment import cron_environment
from wfepy_core.errors import StateConflictError, StateFileError
from wfepy_core.operations.interventions import edit_context
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such links and pipes")

SIDE_FILES = [".lock", ".journal", ".journal.1", ".journal.000001.gz", ".output", ".output.1", ".bak"]
COMMANDS = [
    "advance",
    "why",
    "history",
    "output",
    "status",
    "restore",
    "fork",
    "note hi",
    "context set a=1",
]
READ_BY = {
    ".lock": {"advance", "why", "status", "restore", "fork", "note hi", "context set a=1"},
    ".journal": {"why", "history", "status", "restore", "fork", "note hi", "context set a=1"},
    ".journal.1": {"history"},
    ".journal.000001.gz": {"history"},
    ".output": {"output"},
    ".output.1": {"output"},
    ".bak": {"restore"},
}
TIMEOUT_S = 60


@pytest.fixture
def instance(tmp_path):
    folder = tmp_path / "instances"
    folder.mkdir()
    found = Instance(folder)
    run_pass(found.path)
    edit_context(found.path, {"code": 1})
    return found


def run(instance, command, *more):
    verb, *words = command.split()
    verbs = [verb, words.pop(0)] if verb == "context" else [verb]
    return subprocess.run(
        [sys.executable, "-m", "wfepy_core", *verbs, instance.path, *words, *more],
        env=cron_environment(),
        text=True,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def put(kind, path, precious):
    """Put something else in the place of a sidecar."""
    if os.path.lexists(path):
        os.unlink(path)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        os.mkdir(path)
    else:
        os.symlink(precious if kind == "link" else "/nowhere/at/all", path)


@pytest.mark.parametrize("kind", ["pipe", "link", "dangling link", "folder"])
@pytest.mark.parametrize("suffix", SIDE_FILES)
def test_what_is_no_file_of_ours_is_named_by_every_command_that_needs_it(tmp_path, instance, suffix, kind):
    precious = tmp_path / "precious"
    precious.write_text("precious, without a newline", encoding="utf-8")
    put(kind, instance.path + suffix, precious)

    ended = {command: run(instance, command) for command in COMMANDS}

    named = {command for command in COMMANDS if f"release.wfstate{suffix}" in ended[command].stderr}
    assert named >= READ_BY[suffix], {command: found.stderr for command, found in ended.items()}
    assert all("Traceback" not in found.stderr for found in ended.values())
    assert precious.read_text(encoding="utf-8") == "precious, without a newline"


TURN = "import os; os.remove(context['path']); os.mkfifo(context['path'])"


def test_what_was_done_while_the_state_file_became_a_pipe_is_kept_beside_it(tmp_path):
    instance = Instance(tmp_path, in_build=TURN, path=str(tmp_path / "release.wfstate"))

    with pytest.raises(StateConflictError) as refused:
        run_pass(instance.path)

    (kept,) = tmp_path.glob("*.conflict-*")
    assert kept.name in str(refused.value)
    assert state_file.read(str(kept)).context["log"] == ["prepare", "build"]


def test_a_poll_that_leaves_a_pipe_for_the_state_file_ends_the_pass_with_its_name(instance):
    edit_context(instance.path, {"path": instance.path, "in_sign": TURN, "signed": True})

    with pytest.raises(StateFileError, match=r"release\.wfstate: it is a device or a pipe"):
        run_pass(instance.path)


def test_what_is_kept_of_a_conflict_never_goes_where_a_link_leads(instance, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("precious", encoding="utf-8")
    turn = "with open(context['path'], 'a') as file: file.write(' ')"
    edit_context(instance.path, {"path": instance.path, "in_sign": turn, "signed": True})
    for generation in range(10):
        os.symlink(precious, f"{instance.path}.conflict-{generation}")

    with pytest.raises(StateFileError, match=r"conflict-.*it is a link"):
        run_pass(instance.path)

    assert precious.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("verb", ["import", "status", "why", "advance"])
def test_a_pipe_where_a_state_file_or_a_dump_is_named_is_refused(instance, tmp_path, verb):
    pipe = tmp_path / "x.wfstate"
    os.mkfifo(pipe)
    more = [str(tmp_path / "new.wfstate"), "--module", str(instance.module)] if verb == "import" else []

    ended = subprocess.run(
        [sys.executable, "-m", "wfepy_core", verb, str(pipe), *more],
        env=cron_environment(),
        text=True,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )

    assert ended.returncode == 65
    assert str(pipe) in ended.stderr


# -- folders where everybody may put files ------------------------------------------------------------------


@pytest.fixture
def shared(instance):
    """The instance in a folder such as /tmp, and a user who is neither root nor the owner of its files."""
    if os.geteuid():
        pytest.skip("only root can give files to other users")
    folder = os.path.dirname(instance.path)
    os.chmod(folder, 0o1777)  # noqa: S103  this is what is tried here
    return instance


@pytest.mark.parametrize("suffix", [".lock", ".journal", ".output"])
def test_a_strangers_file_in_a_folder_of_all_is_refused_by_name(shared, suffix):
    run(shared, "advance")
    path = shared.path + suffix
    with open(path, "ab"):
        os.chown(path, 65534, 65534)

    ended = run(shared, "output" if suffix == ".output" else "context set a=1")

    assert ended.returncode == 65
    assert f"release.wfstate{suffix}" in ended.stderr
    assert "everybody may put files into" in ended.stderr


def test_files_of_the_owner_of_the_state_file_are_no_strangers(shared):
    for entry in os.scandir(os.path.dirname(shared.path)):
        os.chown(entry.path, 65534, 65534)

    assert run(shared, "context set a=1").returncode == 0


def test_a_state_file_may_have_the_end_of_a_sidecar_within_its_name(shared):
    folder = os.path.dirname(shared.path)
    os.rename(shared.path, os.path.join(folder, "my.bak.wfstate"))
    shared.path = os.path.join(folder, "my.bak.wfstate")
    assert run(shared, "context set a=1").returncode == 0
    for entry in os.scandir(folder):
        os.chown(entry.path, 65534, 65534)

    assert run(shared, "context set a=2").returncode == 0


def test_in_a_folder_of_a_group_its_members_files_lie_side_by_side(shared):
    os.chmod(os.path.dirname(shared.path), 0o2770)  # noqa: S103  likewise
    os.chown(shared.path + ".journal", 65534, 65534)

    assert run(shared, "context set a=1").returncode == 0


def test_what_root_does_leaves_every_file_to_its_owner(shared):
    folder = os.path.dirname(shared.path)
    os.chmod(folder, 0o700)
    os.chown(shared.path, 65534, 65534)  # all that lies beside it is still root's
    os.chmod(shared.path, 0o640)

    for command in ("advance", "context set signed=false", "restore", "fork", "note hi"):
        assert run(shared, command).returncode == 0, command
    os.unlink(shared.path)
    assert run(shared, "restore").returncode == 0

    for entry in os.scandir(folder):
        if ".wfstate" in entry.name:
            found = entry.stat()
            assert (found.st_uid, found.st_gid) == (65534, 65534), entry.name
            assert stat.S_IMODE(found.st_mode) == (0o600 if entry.name.endswith(".lock") else 0o640)
