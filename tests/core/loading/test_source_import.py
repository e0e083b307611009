"""What runs is the source as it is: not what was compiled of it once, and not what has its name."""

from __future__ import annotations

import json
import os
import py_compile
import subprocess
import sys
from hashlib import sha256

import pytest

from tests.cron_environment import cron_environment
from tests.system_needs import require_semaphores
from wfepy_core.loading import loader
from wfepy_core.loading.code_cache import read_entry
from wfepy_core.loading.code_files import find_code

FLOW = """
from wfepy_core import end_point, start_point, task
import helper

@task()
@start_point()
@end_point()
def only(context):
    context["ran"] = ["flow 1", helper.WORD]
    return False
"""

FAILS = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def only(context):
    raise ValueError("the partner's file is empty")
"""


@pytest.fixture
def wfepy(tmp_path):
    """Runs a command in the folder of the test; returns what it printed."""

    def run(*arguments, code=0, **environment):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "wfepy_core", *arguments],
            cwd=tmp_path,
            env=cron_environment(**{"XDG_CACHE_HOME": str(tmp_path / "cache"), **environment}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def edit(path, old, new):
    """Change a file, but neither its size nor its times, as a copy with kept times does."""
    times = path.stat()
    text = path.read_text(encoding="utf-8")
    assert len(old) == len(new)
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def ran(wfepy):
    return wfepy("context", "get", "a.wfstate", "ran").split('"')[1::2]


@pytest.fixture
def instance(tmp_path, wfepy):
    """An instance of a workflow with a helper, after its first pass."""
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    (tmp_path / "helper.py").write_text("WORD = 'help 1'\n", encoding="utf-8")
    wfepy("new", "a.wfstate", "--module", "flow.py")
    wfepy("advance", "a.wfstate")
    assert ran(wfepy) == ["flow 1", "help 1"]
    return tmp_path


@pytest.mark.parametrize("where", [("a.wfstate",), (".",)])
def test_an_edit_that_keeps_size_and_times_is_used_by_the_next_pass(instance, wfepy, where):
    edit(instance / "flow.py", "flow 1", "flow 2")
    wfepy("advance", *where)
    assert ran(wfepy) == ["flow 2", "help 1"]

    edit(instance / "helper.py", "help 1", "help 2")
    wfepy("advance", *where)
    assert ran(wfepy) == ["flow 2", "help 2"]


def test_a_change_that_makes_no_other_difference_is_recorded(instance, wfepy):
    edit(instance / "helper.py", "'help 1'", '"help 1"')
    wfepy("advance", "a.wfstate")

    recorded = json.loads((instance / "a.wfstate").read_text())["workflow"]["source_sha256"]
    assert recorded == find_code(["flow.py"], str(instance)).sha256


def spoil_bytecode(instance):
    """Leave bytecode of other sources that says that nobody needs to check it."""
    for name in ("flow", "helper"):
        path = instance / f"{name}.py"
        honest = path.read_text(encoding="utf-8")
        path.write_text(honest.replace("1", "X"), encoding="utf-8")
        py_compile.compile(str(path), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        path.write_text(honest, encoding="utf-8")


def test_compiled_code_that_nobody_checks_does_not_run(instance, wfepy):
    spoil_bytecode(instance)

    wfepy("advance", "a.wfstate")

    assert ran(wfepy) == ["flow 1", "help 1"]


ON_AN_EXECUTOR = """
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from wfepy_core.passes.single_pass import run_pass

if __name__ == "__main__":
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        run_pass(sys.argv[1], executor=pool)
"""


def test_a_task_in_another_process_runs_from_the_source_too(instance, wfepy):
    require_semaphores()
    spoil_bytecode(instance)
    (instance / "run_there.py").write_text(ON_AN_EXECUTOR, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-P", "run_there.py", "a.wfstate"],
        cwd=instance,
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert ran(wfepy) == ["flow 1", "help 1"]


def cached(instance):
    (folder,) = (instance / "cache" / "wfepy").iterdir()
    return folder, sorted(path for path in folder.iterdir())


def test_the_cache_holds_what_ran_and_is_for_its_user_alone(instance):
    folder, entries = cached(instance)

    assert len(entries) == 2
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in entries} == {0o600}
    assert not (instance / "__pycache__").exists()


def exchange(entries):
    """Give each entry the content of the other."""
    texts = [path.read_bytes() for path in entries]
    for path, text in zip(entries, reversed(texts), strict=True):
        path.write_bytes(text)


def cut(entries):
    for path in entries:
        path.write_bytes(path.read_bytes()[:-20])


def garble(entries):
    for path in entries:
        path.write_bytes(path.read_bytes()[:-20] + bytes(20))


@pytest.mark.parametrize("spoil", [exchange, cut, garble])
def test_an_entry_of_the_cache_that_is_not_what_it_was_is_not_used(instance, wfepy, spoil):
    spoil(cached(instance)[1])

    wfepy("advance", "a.wfstate")

    assert ran(wfepy) == ["flow 1", "help 1"]


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o755])
def test_a_cache_that_others_may_look_into_or_write_is_not_read(instance, mode):
    folder, entries = cached(instance)
    flow = instance / "flow.py"
    text = sha256(flow.read_bytes()).hexdigest(), str(flow)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(instance / "cache"))
        assert read_entry(*text) is not None
        folder.chmod(mode)
        assert read_entry(*text) is None
        folder.chmod(0o700)
        for entry in entries:
            entry.chmod(0o620)
        assert read_entry(*text) is None


def test_without_a_cache_the_source_is_compiled(instance, wfepy):
    wfepy("advance", "a.wfstate", XDG_CACHE_HOME="", HOME="")
    wfepy("advance", "a.wfstate", XDG_CACHE_HOME=str(instance / "flow.py"))

    assert ran(wfepy) == ["flow 1", "help 1"]


def test_a_process_that_lives_on_runs_a_changed_helper_too(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    (tmp_path / "helper.py").write_text("WORD = 'help 1'\n", encoding="utf-8")
    words, prints = [], []
    for _ in range(3):
        loaded = loader.load(["flow.py"], str(tmp_path))
        context = {}
        loaded.workflow.create_runner(context).run()
        words.append(context["ran"][1])
        prints.append(loaded.ref.source_sha256)
        if len(words) == 2:
            edit(tmp_path / "helper.py", "help 1", "help 2")

    assert words == ["help 1", "help 1", "help 2"]
    assert prints[0] == prints[1] != prints[2]
    for name in ("flow", "helper"):
        del sys.modules[name]


# -- names of the standard library --------------------------------------------------------------------------


def test_no_file_beside_a_workflow_takes_the_place_of_the_standard_library(tmp_path, wfepy):
    (tmp_path / "flow.py").write_text(FAILS, encoding="utf-8")
    for name in sys.stdlib_module_names:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')\n", encoding="utf-8")
    wfepy("new", "a.wfstate", "--module", "flow.py")

    told = [wfepy("advance", place, code=1) for place in ("a.wfstate", ".")]
    told += [wfepy(command, "a.wfstate") for command in ("why", "history")]

    assert ["ValueError: the partner's file is empty" in text for text in told] == [True] * 4
    assert "Traceback (most recent call last)" in told[2]


OWN = """
from wfepy_core import end_point, start_point, task
import secrets
import test.words
from test import words as again
from statistics import GREETING

@task()
@start_point()
@end_point()
def only(context):
    import tempfile  # needs random, which needs statistics in its own way
    context["ran"] = [secrets.NAME, test.words.WORD, again.WORD, GREETING, secrets.other]
    raise ValueError(tempfile.gettempprefix())
"""


def test_a_workflow_that_imports_its_own_neighbour_of_such_a_name_gets_it(tmp_path, wfepy):
    (tmp_path / "flow.py").write_text(OWN, encoding="utf-8")
    (tmp_path / "secrets.py").write_text("NAME = 'own'\nfrom test.words import WORD as other\n")
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "__init__.py").write_text("from . import words\n")
    (tmp_path / "test" / "words.py").write_text("WORD = 'word'\n")
    (tmp_path / "statistics.py").write_text("GREETING = 'hello'\n")
    wfepy("new", "a.wfstate", "--module", "flow.py")

    assert "ValueError: tmp" in wfepy("advance", "a.wfstate", code=1)
    assert ran(wfepy) == ["own", "word", "word", "hello", "word"]


IN_PROCESSES = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from wfepy_core import end_point, start_point, task

def square(number):
    return number * number

@task()
@start_point()
@end_point()
def only(context):
    for method in ("fork", "spawn", "forkserver"):
        with ProcessPoolExecutor(1, get_context(method)) as pool:
            context.setdefault("ran", []).extend(map(str, pool.map(square, [3])))
    return True
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
@pytest.mark.parametrize("name", ["calendar", "flow.v2", "workflow"])
def test_a_module_of_any_name_can_use_processes(tmp_path, wfepy, name):
    require_semaphores()
    (tmp_path / f"{name}.py").write_text(IN_PROCESSES, encoding="utf-8")
    wfepy("new", "a.wfstate", "--module", f"{name}.py")

    wfepy("advance", "a.wfstate")

    assert ran(wfepy) == ["9", "9", "9"]
