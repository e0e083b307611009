"""Conditions as pictures show them: short, in one line, and never two that look alike."""

import pytest

from wfepy_core.drawing.node_shape import pill_texts
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition

LONG = "the customer has agreed to all of the conditions of the contract"


def texts(*conditions):
    edges = [GraphTransition("a", f"b{number}", text) for number, text in enumerate(conditions)]
    tasks = [GraphTask(name) for name in ("a", *(edge.dest for edge in edges))]
    return pill_texts(Graph(tuple(tasks), tuple(edges)))


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([f"{LONG} and signed", f"{LONG} but not signed"], id="at the end"),
        pytest.param([LONG.replace("all", "none"), LONG.replace("all", "some")], id="in the middle"),
        pytest.param([f"{LONG}{'!' * number}" for number in range(30)], id="by their length"),
        pytest.param([f"{LONG} {a} {LONG} {b}" for a in "xy" for b in "xy"], id="in two places"),
    ],
)
def test_long_conditions_that_begin_alike_are_told_apart(others):
    shown = texts(*others)

    assert len(set(shown.values())) == len(others)
    assert all(len(text) <= 42 for text in shown.values())


def test_what_is_unlike_the_others_keeps_its_beginning():
    assert texts(LONG, "short") == {LONG: f"{LONG[:39]}…", "short": "short"}


def test_lines_are_joined_and_control_characters_are_symbols():
    assert texts("one\n  two\x01")["one\n  two\x01"] == "one two␁"
