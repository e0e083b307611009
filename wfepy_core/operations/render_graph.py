"""`render_graph`, as in wfepy: a workflow as a picture file."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.dot import dot_text
from wfepy_core.drawing.image import graphviz_image
from wfepy_core.drawing.picture import Picture
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.model.derived_status import task_statuses
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot, WorkflowRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.engine.workflow import Workflow
    from wfepy_core.model.status import TaskState


def render_graph(
    workflow: Workflow,
    output: str,
    format: str = "png",  # noqa: A002  the name it has in wfepy
    state: Iterable[tuple[str, TaskState]] | None = None,
) -> None:
    """Draw a workflow with Graphviz: writes DOT text to `output` and the picture to `output.FORMAT`.

    Args:
        workflow: whose transitions all lead somewhere.
        output: file name without the ending of the format.
        format: any that the installed Graphviz writes, for example png, svg or pdf.
        state: `Runner.state`, to show where an instance stands.

    Raises:
        DrawingError: there is no Graphviz, or it failed.
        OSError: a file cannot be written.
    """
    graph = graph_of(workflow)
    statuses = None
    if state is not None:
        ref = WorkflowRef("workflow", ())
        statuses = task_statuses(Snapshot(0, ref, graph, tuple(state), Records(len(graph.tasks)), None))
    source = dot_text(Picture(graph, statuses))
    with open(output, "w", encoding="utf-8") as file:
        file.write(source)
    drawn = graphviz_image(source, format)
    with open(f"{output}.{format}", "wb") as file:
        file.write(drawn)
