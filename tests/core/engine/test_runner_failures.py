"""A failure leaves the instance consistent: nothing that completed runs again, nothing is forgotten."""

from __future__ import annotations

import pytest

from tests.core.story import Story
from wfepy_core.engine.error_text import describe_error


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


def _raised(function):
    with pytest.raises(Exception) as raised:  # noqa: PT011  whatever it is, it is described
        function()
    return raised.value


def test_an_endless_message_leaves_the_places_of_its_traceback():
    def shouts():
        raise ValueError("A" * 10_000_000)

    told = describe_error(_raised(shouts))

    assert "in shouts" in told.traceback
    assert "characters left out" in told.traceback
    assert "characters left out" in told.message
    assert len(told.traceback) + len(told.message) < 30_000


@pytest.mark.parametrize("mark", ["\n", "\x0b", " "])
def test_a_traceback_of_any_shape_is_bounded(mark):
    def shouts():
        raise ValueError(f"some words{mark}" * 1_000_000)

    told = describe_error(_raised(shouts))

    assert len(told.traceback) < 30_000
    assert "in shouts" in told.traceback


def test_an_endless_recursion_keeps_where_it_began_and_where_it_ended():
    def begins():
        return even(0)

    def even(depth):
        return odd(depth + 1)

    def odd(depth):
        return even(depth + 1)

    told = describe_error(_raised(begins))

    assert "in begins" in told.traceback
    assert "RecursionError" in told.traceback.splitlines()[-1]
    assert "characters left out" in told.traceback
    assert len(told.traceback) < 25_000


def test_a_group_of_errors_is_remembered_with_each_of_them():
    def fails():
        raise ExceptionGroup("two", [KeyError("a"), _raised(lambda: int("x"))])

    told = describe_error(_raised(fails))

    assert (told.type, told.message) == ("ExceptionGroup", "two (2 sub-exceptions)")
    assert "KeyError: 'a'" in told.traceback
    assert "invalid literal" in told.traceback
