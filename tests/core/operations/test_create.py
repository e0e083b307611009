"""An instance that wfepy 0.1.1 dumped goes on in a state file."""

import os
import stat

import pytest
import wfepy

from wfepy_core.errors import LegacyImportError, StateFileError
from wfepy_core.model.derived_status import task_statuses
from wfepy_core.model.status import InstanceStatus
from wfepy_core.operations.create import ASSUMED, import_legacy
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file

SOURCE = """
from {package} import *

@task()
@start_point()
@followed_by("build")
@followed_by("sign", lambda context: True)
@followed_by("drop", lambda context: False)
def prepare(context):
    context["log"] = {{"prepare"}}
    return True

@task()
@followed_by("publish")
def build(context):
    context["log"].add("build")
    return True

@task()
@followed_by("publish")
def sign(context):
    return context["signed"]

@task()
@followed_by("publish")
def drop(context):
    return True

@task()
@join_point()
@end_point()
def publish(context):
    return True
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "release.py").write_text(SOURCE.format(package="wfepy_core"))
    return tmp_path


def dump(folder, **context):
    """Runs the same workflow with wfepy itself and dumps it."""
    module = type(wfepy)("old_release")
    module.__file__ = "old_release.py"
    exec(SOURCE.format(package="wfepy"), module.__dict__)  # noqa: S102  the sample above
    workflow = wfepy.Workflow()
    workflow.load_tasks(module)
    runner = workflow.create_runner(context)
    runner.run()
    runner.dump(str(folder / "old.pickle"))
    return str(folder / "old.pickle"), runner


def test_a_dump_goes_on_where_it_stood(folder):
    old, runner = dump(folder, signed=False)
    path = str(folder / "release.wfstate")

    snapshot = import_legacy(old, path, ["release.py"], by="ann")

    assert snapshot == state_file.read(path)
    assert snapshot.context == {"signed": False, "log": {"$set": ["build", "prepare"]}}
    assert {(name, state.name) for name, state in snapshot.tokens} == {
        (name, state.name) for name, state in runner.state if state.name != "CANCELED"
    }
    assert {name: status.value for name, status in task_statuses(snapshot).items()} == {
        "prepare": "complete",
        "build": "complete",
        "sign": "waiting",
        "drop": "complete",
        "publish": "blocked",
    }
    assert snapshot.record("build").reason == ASSUMED
    assert snapshot.saved.by == "ann"
    assert run_pass(path).status is InstanceStatus.WAITING


def test_a_finished_dump_is_finished(folder):
    old, _ = dump(folder, signed=True)

    snapshot = import_legacy(old, str(folder / "a.wfstate"), ["release.py"])

    assert state_file.read_head(str(folder / "a.wfstate")).status is InstanceStatus.FINISHED
    assert snapshot.tokens == ()
    assert snapshot.record("publish").iterations == 1


def test_a_dump_of_another_workflow_is_refused(folder):
    old, _ = dump(folder, signed=False)
    (folder / "other.py").write_text(SOURCE.format(package="wfepy_core").replace("sign", "countersign"))

    with pytest.raises(LegacyImportError, match="does not have: sign"):
        import_legacy(old, str(folder / "a.wfstate"), ["other.py"])

    assert not (folder / "a.wfstate").exists()


def test_an_import_replaces_no_file(folder):
    old, _ = dump(folder, signed=False)
    (folder / "a.wfstate").write_text("mine")

    with pytest.raises(StateFileError, match="exists already"):
        import_legacy(old, str(folder / "a.wfstate"), ["release.py"])

    assert (folder / "a.wfstate").read_text() == "mine"


@pytest.mark.parametrize(("mode", "expected"), [(0o600, 0o600), (0o440, 0o640)], ids=["private", "read-only"])
def test_an_imported_dump_gives_its_permissions_to_all_files(folder, mode, expected):
    old, _ = dump(folder, signed=False)
    os.chmod(old, mode)
    path = str(folder / "imported.wfstate")

    import_legacy(old, path, ["release.py"])
    run_pass(path)

    modes = {file.suffix: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("imported.*")}
    assert modes.pop(".lock") == 0o600  # nobody but who may write
    assert set(modes.values()) == {expected}
