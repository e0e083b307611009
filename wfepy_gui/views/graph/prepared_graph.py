"""What is computed of a graph before it is shown: plain data, so that a worker thread can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_gui.views.graph.drawn_graph import DrawnGraph
from wfepy_gui.views.graph.graph_item import overview_of
from wfepy_gui.views.graph.parallel_edges import separate_parallel_edges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.drawing.placement import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.overview import Overview


class PreparedGraph(NamedTuple):
    """A graph ready to be shown; whoever shows it owns `drawn` from then on.

    Attributes:
        drawn: the graph, its places, statuses and badges.
        overview: its picture to blit from far away; None: it is small enough to be painted.
    """

    drawn: DrawnGraph
    overview: Overview | None


def prepare(
    graph: Graph,
    placement: Placement,
    look: Look,
    *,
    statuses: Mapping[str, TaskStatus] | None = None,
    transitions: Sequence[TransitionStatus] = (),
    badges: Mapping[str, str] | None = None,
) -> PreparedGraph:
    """Compute everything of a graph that its first picture needs.

    Args:
        graph: what to show.
        placement: where, for exactly this graph.
        look: of the first picture.
        statuses: of tasks; the others are not reached.
        transitions: one status for every transition; empty: all undecided.
        badges: a few characters beside the status word of some tasks.
    """
    drawn = DrawnGraph(graph, separate_parallel_edges(graph, placement))
    drawn.set_statuses(statuses or {})
    if transitions:
        drawn.set_transitions(transitions)
    drawn.set_badges(badges or {})
    return PreparedGraph(drawn=drawn, overview=overview_of(drawn, look))
