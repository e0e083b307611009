"""`render_graph` draws a workflow into files, as wfepy does."""

import pytest

from tests.needs_graphviz import needs_graphviz
from wfepy_core import TaskState, Workflow, end_point, followed_by, render_graph, start_point, task
from wfepy_core.errors import DrawingError

pytestmark = needs_graphviz


@pytest.fixture
def workflow():
    made = Workflow()

    @task()
    @start_point()
    @followed_by("last")
    def first(_context):
        return True

    @task()
    @end_point()
    def last(_context):
        return True

    made.tasks |= {"first": first, "last": last}
    return made


@pytest.mark.parametrize(
    ("output_format", "beginning"),
    [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("gif", b"GIF8"), ("jpg", b"\xff\xd8")],
)
def test_any_format_of_graphviz_is_written_beside_its_dot_text(workflow, tmp_path, output_format, beginning):
    output = tmp_path / "graph"
    render_graph(workflow, str(output), output_format)
    assert (tmp_path / f"graph.{output_format}").read_bytes().startswith(beginning)
    assert "first" in output.read_text(encoding="utf-8")


def test_a_runners_state_is_shown(workflow, tmp_path):
    render_graph(workflow, str(tmp_path / "graph"), "svg", [("last", TaskState.WAITING)])
    assert "waiting" in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_a_format_that_graphviz_does_not_know_is_told(workflow, tmp_path):
    with pytest.raises(DrawingError, match=r"(?i)holograph"):
        render_graph(workflow, str(tmp_path / "graph"), "holograph")
