"""Our own placement: nothing overlaps, everything is there, and time flows down."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wfepy_core.drawing import node_shape
from wfepy_core.drawing.layered import place as layered
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition


def graph_of(count, pairs, conditions=()):
    conditions = [*conditions, *[""] * (len(pairs) - len(conditions))]
    return Graph(
        tuple(GraphTask(f"t{number}", start=number == 0) for number in range(count)),
        tuple(GraphTransition(f"t{a}", f"t{b}", c) for (a, b), c in zip(pairs, conditions, strict=True)),
    )


@st.composite
def graphs(draw, *, loops=True):
    count = draw(st.integers(1, 14))
    node = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(node, node), max_size=30))
    if not loops:
        pairs = [tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]]
    return graph_of(count, pairs, draw(st.lists(st.sampled_from(["", "maybe"]), max_size=len(pairs))))


def placed(graph):
    sizes = node_shape.estimated_sizes(graph)
    return layered.place(graph, sizes, node_shape.estimated_label_sizes(graph))


@given(graphs())
@settings(deadline=None)
def test_no_two_nodes_overlap_and_all_lie_in_the_picture(graph):
    placement = placed(graph)
    boxes = list(placement.nodes.values())
    assert list(placement.nodes) == [task.name for task in graph.tasks]
    for number, a in enumerate(boxes):
        assert a.x >= -0.01
        assert a.y >= -0.01
        assert a.x + a.width <= placement.width + 0.01
        assert a.y + a.height <= placement.height + 0.01
        for b in boxes[:number]:
            assert (
                a.x >= b.x + b.width or b.x >= a.x + a.width or a.y >= b.y + b.height or b.y >= a.y + a.height
            )


@given(graphs())
@settings(deadline=None)
def test_every_transition_leads_from_the_edge_of_its_source_to_the_edge_of_its_destination(graph):
    placement = placed(graph)
    assert len(placement.edges) == len(graph.transitions)
    for transition, edge in zip(graph.transitions, placement.edges, strict=True):
        assert len(edge.points) % 3 == 1
        for (x, y), name in ((edge.points[0], transition.source), (edge.tip, transition.dest)):
            box = placement.nodes[name]
            assert box.x - 0.01 <= x <= box.x + box.width + 0.01
            assert box.y - 0.01 <= y <= box.y + box.height + 0.01
        assert (edge.label is not None) == bool(transition.condition)


@given(graphs(loops=False))
@settings(deadline=None)
def test_without_loops_every_transition_points_down(graph):
    boxes = placed(graph).nodes
    for transition in graph.transitions:
        assert boxes[transition.source].y + boxes[transition.source].height < boxes[transition.dest].y


def test_a_loop_is_turned_round_where_it_comes_back_to_the_start():
    boxes = placed(graph_of(3, [(2, 0), (0, 1), (1, 2)])).nodes
    assert boxes["t0"].y < boxes["t1"].y < boxes["t2"].y


def test_conditions_of_a_there_and_back_do_not_cover_each_other():
    there, back = placed(graph_of(2, [(0, 1), (1, 0)], ["dirty", "retry"])).edges
    assert abs(there.label[1] - back.label[1]) >= node_shape.LABEL_HEIGHT


def test_a_long_transition_is_led_around_the_tasks_between():
    placement = placed(graph_of(4, [(0, 1), (1, 2), (2, 3), (0, 3)]))
    for name in ("t1", "t2"):
        box = placement.nodes[name]
        assert not any(
            box.x < x < box.x + box.width and box.y <= y <= box.y + box.height
            for x, y in placement.edges[3].points
        )


def test_a_name_is_never_too_long_for_its_node():
    name = "a_task_with_a_very_long_name_that_says_exactly_what_it_does_and_when"
    sizes = node_shape.estimated_sizes(Graph((GraphTask(name),)))
    assert sizes[name][0] > node_shape.text_width(name, node_shape.NAME_SIZE)


def test_an_empty_graph_has_an_empty_placement():
    assert placed(Graph()).nodes == {}
