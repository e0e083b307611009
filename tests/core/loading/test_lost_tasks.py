"""A task whose name is defined again in its module would be lost silently: it is told with both lines."""

from __future__ import annotations

import pytest

HEAD = "{imports}\n\n@{mark}\n@start_point()\n@end_point()\n"
TWICE = "def a(context):\n    return {result}\n"


def module_text(imports, mark):
    head = HEAD.format(imports=imports, mark=mark)
    later = head.partition("\n")[2]
    return f"{head}{TWICE.format(result=True)}\n{later}{TWICE.format(result=False)}"


OURS = "from wfepy_core import end_point, start_point, task"


@pytest.mark.parametrize(
    ("imports", "mark"),
    [
        (OURS, "task()"),
        (OURS, "task"),
        (OURS, "task('first')"),
        (f"{OURS} as step", "step()"),
        (f"import wfepy_core as w; {OURS}", "w.task(labels=['x'])"),
        ("from wfepy import *", "task()"),
        (f"import helper; {OURS}", "task()"),
    ],
)
def test_a_name_that_is_defined_twice_is_told_with_both_lines(tmp_path, monkeypatch, run, imports, mark):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "helper.py").write_text("")
    (tmp_path / "twice.py").write_text(module_text(imports, mark))

    code, _, told = run("check", "twice.py")

    assert code == 1
    assert "a is defined twice" in told
    assert f"{tmp_path / 'twice.py'}:10" in told
    assert f"{tmp_path / 'twice.py'}:3" in told


def test_the_tasks_of_a_helper_are_looked_at_too(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "steps_of_test.py").write_text(module_text(OURS, "task()"))
    (tmp_path / "twice_by_helper.py").write_text("from steps_of_test import *\n")

    code, _, told = run("check", "twice_by_helper.py")

    assert code == 1
    assert f"{tmp_path / 'steps_of_test.py'}:10" in told


IN_BRANCHES = """
if len(__name__):
    @task()
    @start_point()
    @end_point()
    def a(context): return True
else:
    @task()
    @start_point()
    @end_point()
    def a(context): return False
"""

NO_TASK_BEFORE = """
def a(number): return number

@task()
@start_point()
@end_point()
def a(context): return True
"""


@pytest.mark.parametrize("body", [IN_BRANCHES, NO_TASK_BEFORE])
def test_what_replaces_no_task_is_no_mistake(tmp_path, monkeypatch, run, body):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sound_one.py").write_text(f"{OURS}\n\n{body}")

    assert run("check", "sound_one.py")[0] == 0


def test_such_a_module_starts_no_instance(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "twice.py").write_text(module_text(OURS, "task()"))

    assert run("new", "a.wfstate", "--module", "twice.py")[0] != 0
    assert not (tmp_path / "a.wfstate").exists()
