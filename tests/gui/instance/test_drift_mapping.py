"""Which task of before is which now: suggestions, the command's options, and where tokens go."""

from __future__ import annotations

import pytest

from wfepy_core.model.status import TaskState
from wfepy_gui.instance.drift_mapping import Drift, drift_in, map_arguments, moved_tokens, suggestions


def test_similar_names_are_suggested_once_each_and_strange_ones_not():
    drift = Drift(("review_text", "publish_all"), ("review", "publish", "coffee"))
    assert suggestions(drift) == {"review": "review_text", "publish": "publish_all", "coffee": None}
    assert suggestions(Drift(("abc",), ("abd", "abe"))) == {"abd": "abc", "abe": None}


def test_the_mapping_becomes_options_and_tokens_follow_it():
    mapping = {"old": "new", "gone": None}
    tokens = (("old", TaskState.WAITING), ("gone", TaskState.READY), ("same", TaskState.BLOCKED))
    assert map_arguments(mapping) == ["--map", "old=new", "--map", "gone="]
    assert [target for _, _, target in moved_tokens(tokens, mapping)] == ["new", "", "same"]


@pytest.mark.parametrize("printed", ["", "{}", "[]", '{"added": 1, "removed": [], "changed": []}'])
def test_an_answer_that_makes_no_sense_is_none(printed):
    assert drift_in(printed) is None
