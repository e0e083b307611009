"""The ways of edges as numbers: what goes in comes out, in portions too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfepy_core.drawing.edge_paths import EdgePath, EdgePaths

number = st.floats(-1e6, 1e6)
point = st.tuples(number, number)
path = st.builds(
    EdgePath,
    points=st.integers(0, 3).flatmap(
        lambda curves: st.lists(point, min_size=3 * curves + 1, max_size=3 * curves + 1).map(tuple)
    ),
    tip=st.none() | point,
    label=st.none() | point,
)


@given(st.lists(path | st.just(EdgePath((), None, None)), max_size=9), st.integers(1, 5))
def test_edges_sent_in_portions_are_the_edges_that_were_there(edges, portion):
    kept = EdgePaths(edges)
    assert list(kept) == edges
    received = EdgePaths()
    for first in range(0, len(edges), portion):
        received.add_arrays(**kept.arrays(first, min(first + portion, len(edges))))
    assert list(received) == edges
    assert received.boxes == kept.boxes


@given(st.lists(path, min_size=1, max_size=4))
def test_the_box_of_an_edge_holds_its_points_and_its_tip(edges):
    boxes = EdgePaths(edges).boxes
    for index, edge in enumerate(edges):
        left, top, right, bottom = boxes[4 * index : 4 * index + 4]
        held = [*edge.points, *([edge.tip] if edge.tip else [])]
        assert (left, right) == (min(x for x, _ in held), max(x for x, _ in held))
        assert (top, bottom) == (min(y for _, y in held), max(y for _, y in held))


def test_arrays_that_do_not_fit_together_are_refused():
    one = EdgePaths([EdgePath(((0.0, 0.0),), None, None)]).arrays(0, 1)
    with pytest.raises(ValueError, match="fit"):
        EdgePaths().add_arrays(**{**one, "tips": b""})
