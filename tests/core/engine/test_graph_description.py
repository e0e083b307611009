"""What a workflow looks like without its code: docstrings, places, and the text of conditions."""

from __future__ import annotations

import functools
import sys

import pytest

from wfepy_core import Workflow
from wfepy_core.engine.graph_description import condition_text, graph_of
from wfepy_core.loading import loader

SOURCE = '''
import functools

from wfepy_core import end_point, followed_by, join_point, start_point, task


def logged(function):
    @functools.wraps(function)
    def wrapper(context):
        return function(context)
    return wrapper


def enough(context, least=3):
    return context["n"] >= least


@task(labels=["b", "a"], safe_to_repeat=True)
@start_point()
@followed_by("end", enough)
@followed_by("end", lambda context: context["n"] < 2)
@followed_by("end", functools.partial(enough, least=1))
@followed_by("other")
def start(context):
    """Starts.

        Indented.
    Back.
    """
    return True


@task()
@followed_by("end", lambda c: c["x"])

def other(context):
    return True


@task()
@join_point()
@end_point()
@logged
def end(context):
    return True
'''


@pytest.fixture
def described(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "described_flow.py").write_text(SOURCE, encoding="utf-8")
    loaded = loader.load(["described_flow.py"], str(tmp_path))
    yield graph_of(loaded.workflow, loaded.files)
    del sys.modules["described_flow"]


def test_tasks_are_described_with_points_labels_and_text(described):
    start, other, end = described.tasks

    assert (start.name, start.start, start.join, start.end) == ("start", True, False, False)
    assert (start.labels, start.safe_to_repeat) == (("a", "b"), True)
    assert start.doc == "Starts.\n\n    Indented.\nBack."
    assert (other.doc, other.labels) == ("", ())
    assert (end.join, end.end) == (True, True)


def test_tasks_are_described_with_the_line_where_their_author_wrote_them(described):
    lines = SOURCE.splitlines()

    for task in described.tasks:
        rest = "\n".join(lines[task.line - 1 :])
        assert rest.index(f"def {task.name}(") < 260
    assert lines[described.tasks[2].line - 1].startswith(("@task", "@logged"))


def test_conditions_are_described_by_name_or_source(described):
    assert [(edge.dest, edge.condition) for edge in described.transitions] == [
        ("end", "enough"),
        ("end", "context['n'] < 2"),
        ("end", "enough"),
        ("other", ""),
        ("end", "c['x']"),
    ]


def test_of_several_lambdas_on_one_line_the_right_one_is_described():
    first, second = (lambda context: context["a"], lambda context: context["bb"])

    assert (condition_text(first), condition_text(second)) == ("context['a']", "context['bb']")


def test_conditions_without_source_have_a_word():
    class Ready:
        def __call__(self, _context):
            return True

    made = eval("lambda context: context")  # noqa: S307  a lambda whose source nobody has
    assert condition_text(made) == "lambda"
    assert condition_text(Ready()) == "Ready"
    assert condition_text(functools.partial(Ready())) == "Ready"


def test_a_long_condition_is_cut():
    long = (
        lambda context: context[
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
            "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
        ],
    )

    assert len(condition_text(long[0])) == 200


def test_an_empty_workflow_is_an_empty_graph():
    assert graph_of(Workflow()) == ((), ())
