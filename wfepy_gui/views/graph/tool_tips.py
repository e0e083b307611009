"""What is said about a task or a transition: in tool tips, and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.models.node_badges import parts_of
from wfepy_gui.text.translation import QT_TR_NOOP, description, label_of, tr

if TYPE_CHECKING:
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.scene import GraphScene

_LONGEST = 4000
"""Characters of a condition."""

_POINTS = {
    "start": QT_TR_NOOP("start point"),
    "join": QT_TR_NOOP("join point"),
    "end": QT_TR_NOOP("end point"),
}


def task_tip(drawn: DrawnGraph, index: int) -> str:
    """A task's name, status with its meaning, badge, points, labels and description."""
    task, status = drawn.graph.tasks[index], drawn.statuses[index]
    points = [tr(_POINTS[point]) for point in _POINTS if getattr(task, point)]
    laps, age = parts_of(drawn.badges.get(index, ""))
    lines = [
        f"{task.name}: {label_of(status)} ({description(status)})",
        tr("for {} so far").format(age) if age else "",
        tr("done so often: {}").format(laps) if laps else "",
        ", ".join(points) if points else "",
        tr("labels: {}").format(", ".join(task.labels)) if task.labels else "",
        task.doc,
    ]
    return "\n".join(filter(None, lines))


def transition_tip(drawn: DrawnGraph, index: int) -> str:
    """Where a transition leads, whether it was taken, and its whole condition."""
    edge, status = drawn.graph.transitions[index], drawn.transitions[index]
    ends = f"{edge.source} \u2192 {edge.dest}: {label_of(status)}"
    if not edge.condition:
        always = tr("without a condition: taken whenever {} is done").format(edge.source)
        return f"{ends}\n{always}"
    condition = tr("if {}").format(edge.condition[:_LONGEST])
    return f"{ends} ({description(status)})\n{condition}"


def accessible_description(scene: GraphScene) -> str:
    """What is selected, and how many tasks there are of each status, for who cannot see the graph."""
    index, name = scene.transition, scene.selected
    transition = transition_tip(scene.drawn, index) if index is not None else ""
    status = scene.status_of(name)
    task = ", ".join(filter(None, [name, label_of(status), scene.pending_of(name)])) if status else ""
    counts = sorted(scene.counts().items(), key=lambda item: item[0].priority)
    words = ", ".join(f"{count} {label_of(each)}" for each, count in counts)
    return ". ".join(filter(None, [transition, task, words]))
