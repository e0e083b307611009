"""A failure leaves the instance consistent: nothing that completed runs again, nothing is forgotten."""

from __future__ import annotations

import pytest

from tests.core.story import Story


def test_siblings_that_completed_never_run_again_after_a_failure():
    story = Story(">a: b c d; b:; c:; d:", c=[ValueError("broken"), True])

    with pytest.raises(ValueError, match="broken"):
        story.run()
    assert story.calls == ["a", "b", "c"]
    assert story.state() == {"c": "FAILED", "d": "READY"}
    assert story.run() == ["c", "d"]


def test_a_failure_keeps_the_context_and_is_remembered_with_its_traceback():
    def half_done(context):
        context["sent"] = 3
        raise ValueError("no more paper")

    story = Story(">a: b; b:", a=[half_done, True])
    with pytest.raises(ValueError, match="paper"):
        story.run()

    error = story.record("a").error
    assert story.runner.context == {"sent": 3}
    assert (error.type, error.message, error.condition) == ("ValueError", "no more paper", "")
    assert "in half_done" in error.traceback
    assert "wfepy_core" not in error.traceback
    story.run()
    assert story.record("a").error is None


def test_a_condition_that_fails_leaves_its_task_complete():
    story = Story(">a: b c?; b:; c:", a_c=[KeyError("choice"), True])

    with pytest.raises(KeyError, match="choice"):
        story.run()
    assert story.state() == {"a": "COMPLETE"}
    assert story.record("a").error.condition == "c"
    assert story.run() == ["b", "c"]
    assert story.record("a").iterations == 1
    assert story.record("a").error is None


def test_keep_going_finishes_the_other_branches_and_raises_everything():
    story = Story(">a: b c d; b: e; c: f?; d:; e:; f:", b=[ValueError("one")], c_f=[OSError("two")])

    with pytest.raises(ExceptionGroup) as caught:
        story.run(keep_going=True)
    assert [str(error) for error in caught.value.exceptions] == ["one", "two"]
    assert story.calls == ["a", "b", "c", "d"]
    assert story.state() == {"b": "FAILED", "c": "COMPLETE"}


def test_what_ends_the_process_in_a_condition_does_not_repeat_the_task():
    def stop(_context):
        raise KeyboardInterrupt

    story = Story(">a: b?; b:", a_b=[stop, True])
    with pytest.raises(KeyboardInterrupt):
        story.run()

    assert story.state() == {"a": "COMPLETE"}
    assert story.run() == ["b"]


def test_an_error_whose_text_cannot_be_had_is_a_failure_like_any_other():
    class StrangeError(Exception):
        def __str__(self):
            raise RuntimeError

    story = Story(">a: b; b:", a=[StrangeError()])
    with pytest.raises(StrangeError):
        story.run()

    assert story.state() == {"a": "FAILED"}
    assert "RuntimeError" in story.record("a").error.message
