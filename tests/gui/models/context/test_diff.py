"""Where two contexts differ."""

from __future__ import annotations

from hypothesis import given

from tests.gui.context_values import JSON_VALUES
from wfepy_core.model.json_values import equal
from wfepy_gui.instance.context_difference import ABSENT
from wfepy_gui.models.context.diff import differences, path_text


def test_differences_name_the_innermost_place():
    before = {"a": [1, 2, 3], "b": {"x": 1, "y": 2}, "gone": 1, "kind": 1}
    after = {"a": [1, 9, 2, 3], "b": {"x": 1, "y": 3}, "kind": 1.0, "new": None}

    found = {path_text(each.keys): (each.before, each.after) for each in differences(before, after)}

    assert found == {
        "a[1]": (ABSENT, 9), "b.y": (2, 3), "kind": (1, 1.0), "new": (ABSENT, None), "gone": (1, ABSENT),
    }  # fmt: skip


@given(before=JSON_VALUES, after=JSON_VALUES)
def test_there_are_differences_exactly_where_contexts_differ(before, after):
    assert bool(differences(before, after)) is not equal(before, after)
