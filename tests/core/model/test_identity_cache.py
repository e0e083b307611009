"""The cache by identity: same object, same result; an equal one is another."""

import gc
import weakref

from wfepy_core.model.graph import cached_by_identity


class Source(list):
    """A list, so equal ones exist and none can be hashed; unlike a plain one it can be watched."""


def counting(size):
    calls = []

    @cached_by_identity(size=size)
    def length(source):
        """How long it is."""
        calls.append(len(source))
        return len(source)

    return length, calls


def test_a_result_is_computed_once_for_one_object():
    length, calls = counting(2)
    source = Source([1, 2])

    assert [length(source), length(source)] == [2, 2]
    assert len(calls) == 1


def test_an_equal_object_is_another_object():
    length, calls = counting(2)

    assert [length(Source([1])), length(Source([1]))] == [1, 1]
    assert len(calls) == 2


def test_only_the_last_few_objects_are_remembered():
    length, calls = counting(2)
    first, second, third = Source(), Source([1]), Source([1, 2])

    for source in (first, second, third, second, third):
        length(source)
    assert len(calls) == 3
    length(first)
    assert len(calls) == 4


def test_an_object_is_let_go_when_others_took_its_place():
    length, _ = counting(1)
    source = Source()
    watched = weakref.ref(source)
    length(source)
    del source
    gc.collect()
    assert watched() is not None  # its identity must not be given to another object

    length(Source([1]))
    gc.collect()
    assert watched() is None


def test_a_failure_is_not_remembered():
    answers = iter([ValueError("not yet"), 7])

    @cached_by_identity(size=1)
    def answer(_source):
        result = next(answers)
        if isinstance(result, Exception):
            raise result
        return result

    source = Source()
    try:
        answer(source)
    except ValueError as error:
        assert str(error) == "not yet"
    assert answer(source) == 7


def test_a_cached_function_keeps_its_name_and_docstring():
    length, _ = counting(1)

    assert (length.__name__, length.__doc__) == ("length", "How long it is.")
