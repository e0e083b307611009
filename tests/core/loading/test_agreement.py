"""What runs is what was agreed to: a real process, told which files may run, holds each against it."""

from __future__ import annotations

import importlib.util
import json
import os
import py_compile
import shutil
import zipfile

import pytest

from tests.core.agreed_workflow import FLOW, LEAVES_A_TRACE
from wfepy_core.loading.agreement import Agreement
from wfepy_core.loading.source_file import SourceFile


def test_what_was_agreed_to_runs(start, write, agree, advance, trace):
    write("helper.py", "import inner\n")
    write("inner.py", LEAVES_A_TRACE.format(str(trace)))
    start(body="import helper")

    code, told = advance(agree())

    assert code == 0, told
    assert trace.exists()


def test_a_module_that_is_another_one_by_then_does_not_run(start, write, agree, advance, evil, trace):
    start()
    agreement = agree()
    write("flow.py", evil)

    code, told = advance(agreement)

    assert code == 77
    assert "flow.py is not what was agreed to" in told
    assert not trace.exists()


@pytest.mark.parametrize("name", ["evil.py", "../evil.py", "deep/../evil.py", "Flow.py", "evil", "pack.evil"])
def test_a_state_file_that_names_another_module_by_then_runs_none(
    start, write, agree, advance, evil, trace, tmp_path, name
):
    state = start()
    agreement = agree()
    (tmp_path / "deep").mkdir()
    above = tmp_path.parent / "evil.py"
    for place in (above, tmp_path / "evil.py", tmp_path / "Flow.py"):
        place.write_text(evil)
    write("pack/__init__.py", evil)
    write("pack/evil.py", evil)
    text = (tmp_path / state).read_text()
    assert '"flow.py"' in text
    (tmp_path / state).write_text(text.replace('"flow.py"', json.dumps(name)))

    code, told = advance(agreement)

    above.unlink()
    assert (code, trace.exists()) == (77, False), told


def test_nor_does_one_that_is_named_absolutely(start, write, agree, advance, evil, trace, tmp_path):
    state = start()
    agreement = agree()
    other = write("elsewhere/evil.py", evil)
    text = (tmp_path / state).read_text()
    (tmp_path / state).write_text(text.replace('"flow.py"', json.dumps(str(other))))

    assert advance(agreement)[0] == 77
    assert not trace.exists()


def test_a_state_file_that_is_a_link_runs_what_lies_beside_its_target_or_nothing(
    start, write, agree, advance, evil, trace, tmp_path
):
    start()
    shown = write("shown/flow.py", (tmp_path / "flow.py").read_text())
    write("flow.py", evil)
    (tmp_path / "shown" / "work.wfstate").symlink_to(tmp_path / "work.wfstate")

    code, told = advance(agree("flow.py", folder=shown.parent), "shown/work.wfstate")

    assert (code, trace.exists()) == (77, False), told


@pytest.mark.parametrize("late", [False, True])
def test_what_it_imports_is_held_against_it_too(start, write, agree, advance, trace, late):
    write("pack/__init__.py")
    write("pack/helper.py")
    start(**{"body" if late else "above": "import pack.helper"})
    agreement = agree()

    write("pack/__init__.py", LEAVES_A_TRACE.format(str(trace)))

    assert advance(agreement)[0] == 77
    assert not trace.exists()


SWAPS_ITSELF = "from pathlib import Path; Path(__file__).with_name({!r}).write_text({!r}); import {}"


def test_so_is_what_a_task_imports_when_it_was_changed_in_the_middle_of_the_pass(
    start, write, agree, advance, trace
):
    evil = LEAVES_A_TRACE.format(str(trace))
    write("helper.py")
    start(body=SWAPS_ITSELF.format("helper.py", evil, "helper"))

    code, told = advance(agree())

    # The text that was read, and agreed to, is what runs.
    assert code == 0, told
    assert not trace.exists()


def test_what_nobody_saw_does_not_run_when_a_task_asks_for_it_by_a_made_up_name(
    start, write, agree, advance, trace
):
    write("plugin.py", LEAVES_A_TRACE.format(str(trace)))
    start(body="import importlib; importlib.import_module('plu' + 'gin')")
    unseen = agree()

    code, told = advance(unseen)

    assert code == 1
    assert "plugin.py is not what was agreed to" in told
    assert not trace.exists()
    both = Agreement({**unseen.files, **agree("plugin.py").files})
    assert advance(both)[0] == 0
    assert trace.exists()


LOADS = {
    "runpy": "import runpy; runpy.run_path(str(Path(__file__).with_name('plugin.py')))",
    "spec": "from importlib import util; at = Path(__file__).with_name('plugin.py');"
    " spec = util.spec_from_file_location('plug', at); spec.loader.exec_module(util.module_from_spec(spec))",
    "exec": "p = Path(__file__).with_name('plugin.py'); exec(compile(p.read_text(), str(p), 'exec'))",
}


@pytest.mark.parametrize("way", LOADS)
def test_nor_when_it_is_loaded_by_its_path(start, write, agree, advance, trace, way):
    write("plugin.py", LEAVES_A_TRACE.format(str(trace)))
    start(body=LOADS[way], above="from pathlib import Path")
    unseen = agree()

    code, told = advance(unseen)

    assert (code, trace.exists()) == (1, False), told
    assert "plugin.py is not what was agreed to" in told
    both = Agreement({**unseen.files, **agree("plugin.py").files})
    assert advance(both)[0] == 0
    assert trace.exists()


def test_text_that_a_workflow_makes_itself_may_be_named_like_a_file(start, agree, advance, trace):
    start(body=f"exec(compile({LEAVES_A_TRACE.format(str(trace))!r}, __file__ + '.made.py', 'exec'))")

    code, told = advance(agree())

    assert code == 0, told
    assert trace.exists()


def test_compiled_code_without_source_runs_as_it_was_agreed_to(start, write, agree, advance, trace, tmp_path):
    def compile_helper(text):
        py_compile.compile(str(write("helper.txt", text)), cfile=str(tmp_path / "helper.pyc"))

    compile_helper("WORD = 'good'\n")
    start(body="import helper; assert helper.WORD == 'good'")
    agreement = agree()
    assert str(tmp_path / "helper.pyc") in agreement.files
    code, told = advance(agreement)
    assert code == 0, told

    compile_helper(LEAVES_A_TRACE.format(str(trace)))

    assert advance(agreement)[0] == 77
    assert not trace.exists()


def test_machine_code_runs_as_it_was_agreed_to(start, write, agree, advance, tmp_path):
    found = importlib.util.find_spec("_json")
    if found is None or not str(found.origin).endswith(".so"):
        pytest.skip("this Python has no module of machine code in a file of its own")
    write("pack/__init__.py")
    copy = tmp_path / "pack" / os.path.basename(found.origin)
    shutil.copy(found.origin, copy)
    start(body="from pack import _json; assert _json.encode_basestring('a'); assert 'pack' in _json.__file__")
    agreement = agree()
    assert str(copy) in agreement.files
    code, told = advance(agreement)
    assert code == 0, told

    copy.write_bytes(b"\x7fELF of somebody else")

    assert advance(agreement)[0] == 77


def test_an_archive_that_a_workflow_puts_on_the_path_runs_only_with_its_folder(
    start, agree, advance, trace, tmp_path
):
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        archive.writestr("packed.py", LEAVES_A_TRACE.format(str(trace)))
    start(
        body="sys.path.insert(0, str(Path(__file__).with_name('lib.zip'))); import packed",
        above="import sys; from pathlib import Path",
    )

    assert advance(agree())[0] == 1
    assert not trace.exists()
    assert advance(agree(folders=(str(tmp_path),)))[0] == 0
    assert trace.exists()


def test_a_neighbour_named_like_a_module_of_python_is_held_against_it(start, write, agree, advance, trace):
    start(body="import argparse")
    agreement = agree()

    write("argparse.py", LEAVES_A_TRACE.format(str(trace)))

    assert advance(agreement)[0] == 77
    assert not trace.exists()


def test_in_a_folder_that_is_trusted_everything_runs_and_nothing_beyond_it(
    start, advance, evil, trace, tmp_path
):
    start()
    trusted = Agreement({}, (str(tmp_path),))
    assert advance(trusted)[0] == 0
    outside = tmp_path.parent / "outside.py"
    outside.write_text(evil)
    (tmp_path / "flow.py").unlink()
    (tmp_path / "flow.py").symlink_to(outside)

    code, told = advance(trusted)

    outside.unlink()
    assert (code, trace.exists()) == (77, False), told


def test_a_link_that_is_moved_after_it_was_read_does_not_bring_code_into_a_trusted_folder(
    write, evil, tmp_path
):
    write("outside.py", evil)
    inside = write("trusted/good.py")
    link = tmp_path / "flow.py"
    link.symlink_to("outside.py")
    read = SourceFile(str(link))

    link.unlink()
    link.symlink_to(inside)

    trusted = Agreement({}, (str(inside.parent),))
    assert not trusted.covers(read)
    assert trusted.covers(SourceFile(str(link)))


def test_a_name_that_nobody_could_find_runs_where_it_was_agreed_to_by_name(start, write, advance, trace):
    write("flows.py", LEAVES_A_TRACE.format(str(trace)) + FLOW.format(above="", body="pass"))
    start(module="flows")
    trace.unlink()

    assert advance(Agreement({}))[0] == 77
    assert not trace.exists()
    assert advance(Agreement({}, (), frozenset({"flows"})))[0] == 0
    assert trace.exists()
