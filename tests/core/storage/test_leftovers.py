"""What an earlier instance of the same name has left: never part of another one, and never lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import wfepy

import wfepy_core
from tests.histories import history
from wfepy_core.errors import StateFileError, UnreadableStateError
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.events import Intervened, SnapshotTaken
from wfepy_core.model.status import InstanceStatus, InterventionKind, Origin
from wfepy_core.operations import interventions
from wfepy_core.operations.create import import_legacy, new_instance
from wfepy_core.operations.restore import restore_backup
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.sandbox import fork
from wfepy_core.storage.segments import lines_of, segments_of

MODULE = """
import os
from {package} import *

@task()
@start_point()
@followed_by("sign")
def build(context):
    return True

@task()
@end_point()
def sign(context):
    if context.get("ends"):
        os._exit(1)
    return bool(context.get("signed"))
"""
NAME = "a.sandbox.wfstate"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "release.py").write_text(MODULE.format(package="wfepy_core"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def leave_files():
    """The files of an instance that is finished but for its last save, and whose state file is gone."""
    new_instance(NAME, ["release.py"], {"of": "the earlier one"})
    run_pass(NAME)
    interventions.edit_context(NAME, {"ends": True})
    if not os.fork():
        run_pass(NAME)
        os._exit(0)
    os.wait()  # its process ended in mid-poll: the lock file tells so
    before = state_file.read(NAME)
    assert before.interrupted
    journal = Path(f"{NAME}.journal")
    with journal.open("ab") as file:
        for task in ("build", "sign"):
            file.write(b'{"e":"end","g":3,"t":9,"task":"%s","state":"COMPLETE"}\n' % task.encode())
        file.write(b'{"e":"end","g":3,"t"')
    os.unlink(NAME)
    return {path.name: path.read_bytes() for path in Path().glob(f"{NAME}.*") if path.suffix != ".lock"}


def begin_new():
    new_instance(NAME, ["release.py"], {"of": "this one"})


def begin_as_fork():
    new_instance("other.wfstate", ["release.py"], {"of": "this one"})
    fork("other.wfstate", NAME)


def begin_by_import():
    module = type(wfepy)("old_release")
    module.__file__ = "old_release.py"
    exec(MODULE.format(package="wfepy"), module.__dict__)  # noqa: S102  the sample above
    workflow = wfepy.Workflow()
    workflow.load_tasks(module)
    workflow.create_runner({"of": "this one"}).dump("old.pickle")
    import_legacy("old.pickle", NAME, ["release.py"])


@pytest.mark.parametrize("begin", [begin_new, begin_as_fork, begin_by_import])
def test_an_instance_begins_at_its_beginning_whatever_an_earlier_one_of_its_name_has_left(begin):
    left = leave_files()

    begin()

    snapshot = state_file.read(NAME)
    assert snapshot.context == {"of": "this one"}
    assert instance_status(snapshot) is InstanceStatus.NEW
    assert not snapshot.running
    assert snapshot.last_pass is None
    [birth] = history(NAME)
    assert isinstance(birth, SnapshotTaken)
    assert birth.origin is not Origin.SEGMENT
    with pytest.raises(UnreadableStateError, match="there is no previous version"):
        restore_backup(NAME)
    kept = {path.name: path.read_bytes() for path in Path().glob("a.earlier-*")}
    assert sorted(kept.values()) == sorted(left.values())


def test_a_runner_that_is_dumped_to_a_new_file_leaves_the_journal_of_an_earlier_one_alone(folder):
    left = leave_files()
    module = type(wfepy)("release")
    module.__file__ = str(folder / "release.py")
    exec(compile(Path("release.py").read_text(), "release.py", "exec"), module.__dict__)  # noqa: S102  the sample
    workflow = wfepy_core.Workflow()
    workflow.load_tasks(module)

    workflow.create_runner({"of": "this one"}).dump(NAME)

    assert state_file.read(NAME).context == {"of": "this one"}
    assert history(NAME) == []
    assert sorted(path.read_bytes() for path in Path().glob("a.earlier-*")) == sorted(left.values())


def test_what_was_set_aside_is_an_instance_again_by_the_documented_repair():
    leave_files()
    begin_new()
    [backup] = Path().glob("a.earlier-*.bak")

    restored = restore_backup(str(backup.with_suffix("")))

    assert restored.context == {"of": "the earlier one", "ends": True}
    assert instance_status(restored) is InstanceStatus.FINISHED


def test_a_state_file_that_took_the_place_of_another_keeps_its_own_history_and_the_other_one_is_kept():
    new_instance("a.wfstate", ["release.py"], {"of": "the first one", "signed": True})
    run_pass("a.wfstate")
    interventions.edit_context("a.wfstate", {"note": "x"})
    first = {path.suffix: path.read_bytes() for path in Path().glob("a.wfstate.*")}
    new_instance("b.wfstate", ["release.py"], {"of": "the other"})
    os.replace("b.wfstate", "a.wfstate")

    # Whoever only looks shows the other one, and changes nothing.
    assert state_file.read("a.wfstate").context == {"of": "the other"}
    assert instance_status(state_file.read("a.wfstate")) is InstanceStatus.NEW
    assert segments_of("a.wfstate") == []
    assert Path("a.wfstate.journal").read_bytes() == first[".journal"]

    run_pass("a.wfstate")

    assert state_file.read("a.wfstate").context == {"of": "the other"}
    told = [event for event in history("a.wfstate") if isinstance(event, Intervened)]
    assert [event.kind for event in told] == [InterventionKind.NOTE]
    aside = f"a.earlier-{first_id(first['.journal'])}.wfstate"
    assert f"it is kept as {aside}.journal" in told[0].reason
    for suffix in (".bak", ".journal"):
        assert Path(aside + suffix).read_bytes() == first[suffix]


def first_id(journal):
    return journal.partition(b'"id":"')[2][:8].decode()


def test_a_previous_version_of_another_instance_is_not_gone_back_to():
    for name in ("a.wfstate", "b.wfstate"):
        new_instance(name, ["release.py"], {"of": name})
        run_pass(name)
    for suffix in ("", ".journal"):
        os.replace(f"b.wfstate{suffix}", f"a.wfstate{suffix}")
    before = {path.name: path.read_bytes() for path in Path().glob("a.*") if path.suffix != ".lock"}

    with pytest.raises(StateFileError, match=r"a\.wfstate\.bak is of another instance than the state file"):
        restore_backup("a.wfstate")

    assert {path.name: path.read_bytes() for path in Path().glob("a.*") if path.suffix != ".lock"} == before


def test_a_torn_file_is_not_repaired_with_the_journal_of_another_instance():
    for name in ("a.wfstate", "b.wfstate"):
        new_instance(name, ["release.py"], {"of": name})
        run_pass(name)
    os.replace("b.wfstate.journal", "a.wfstate.journal")
    Path("a.wfstate").write_bytes(b'{"format": "wfe')

    with pytest.raises(StateFileError, match=r"of another instance than the journal beside it"):
        restore_backup("a.wfstate")

    assert Path("a.wfstate").read_bytes() == b'{"format": "wfe'
    Path("a.wfstate.journal").rename("elsewhere")
    assert restore_backup("a.wfstate").context == {"of": "a.wfstate"}


def test_closed_segments_of_another_instance_are_not_part_of_a_history(monkeypatch):
    monkeypatch.setattr("wfepy_core.storage.locked_state.MAX_BYTES", -1_000_000)  # closed at every change
    for name in ("a.wfstate", "b.wfstate"):
        new_instance(name, ["release.py"], {"of": name})
        for number in range(3):
            interventions.edit_context(name, {"number": number})
    for suffix in ("", ".journal"):
        os.replace(f"b.wfstate{suffix}", f"a.wfstate{suffix}")

    assert [part.number for part in segments_of("a.wfstate")] == [4]
    interventions.edit_context("a.wfstate", {"number": 9})

    lines = [line for part in segments_of("a.wfstate") for line in lines_of(part)]
    assert any(b'"of":"b.wfstate"' in line for line in lines)
    assert not any(b'"of":"a.wfstate"' in line for line in lines)
    assert len(list(Path().glob("a.earlier-*.gz"))) == 3


def test_a_journal_of_an_older_version_which_names_nobody_is_believed():
    new_instance("a.wfstate", ["release.py"], {})
    journal = Path("a.wfstate.journal")
    text = journal.read_bytes()
    old = text.replace(b'"id":"%s",' % text.partition(b'"id":"')[2][:32], b"")
    journal.write_bytes(old + b'{"e":"hand","g":1,"t":9,"kind":"context","by":"ada","set":{"x":1}}\n')
    assert len(old) < len(text)
    assert state_file.read("a.wfstate").context == {"x": 1}
    run_pass("a.wfstate")
    assert len(history("a.wfstate")) > 2
