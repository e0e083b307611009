"""Our `NamedTuple` against the standard one: it is built on private parts of Python, which may change."""

import collections
import copy
import pickle  # noqa: TID251  values go to other processes
import typing

import pytest

from wfepy_core import _namedtuple
from wfepy_core._namedtuple import NamedTuple

MOST_FIELDS = 13


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 2
    name: str = "here"

    @property
    def total(self) -> int:
        """Both together."""
        return self.x + self.y


class Standard(typing.NamedTuple):
    """The same, made by the standard library."""

    x: int
    y: int = 2
    name: str = "here"


def made_of(size):
    fields = [f"field_{number}" for number in range(size)]
    body = {"__annotations__": dict.fromkeys(fields, "int"), "__module__": __name__}
    return fields, type(NamedTuple)("Wide", (NamedTuple,), body)


def test_the_two_are_told_apart_at_run_time_only():
    assert _namedtuple.TYPE_CHECKING is False
    assert NamedTuple is not typing.NamedTuple


@pytest.mark.parametrize(
    ("given", "named"), [((1,), {}), ((1, 3), {}), ((1,), {"name": "there"}), ((), {"x": 5})]
)
def test_a_value_is_that_of_the_standard_library(given, named):
    ours, standard = Point(*given, **named), Standard(*given, **named)

    assert tuple(ours) == tuple(standard)
    assert (ours.x, ours.y, ours.name) == (standard.x, standard.y, standard.name)
    assert ours._asdict() == standard._asdict()
    assert repr(ours) == repr(standard).replace("Standard", "Point")
    assert hash(ours) == hash(standard)


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, 2, "a", 4), {}), ((1,), {"z": 1}), ((1,), {"x": 1})]
)
def test_what_the_standard_library_refuses_is_refused(given, named):
    with pytest.raises(TypeError):
        Standard(*given, **named)
    with pytest.raises(TypeError):
        Point(*given, **named)


@pytest.mark.parametrize("name", ["_fields", "_field_defaults", "__match_args__"])
def test_the_class_describes_itself_as_the_standard_one_does(name):
    assert getattr(Point, name) == getattr(Standard, name)


def test_a_value_is_a_plain_tuple_that_cannot_be_changed():
    point = Point(1)

    assert isinstance(point, tuple)
    assert not hasattr(point, "__dict__")
    with pytest.raises(AttributeError):
        point.x = 2
    assert point.total == 3


def test_values_are_replaced_made_copied_and_pickled():
    point = Point(1, 3)

    assert point._replace(y=4) == Point(1, 4)
    with pytest.raises(TypeError):
        point._replace(z=1)
    assert Point._make([7, 8]) == Point(7, 8)
    for twin in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):  # noqa: S301  ours
        assert (type(twin), twin) == (Point, point)


def test_a_value_can_be_matched():
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize("size", range(MOST_FIELDS))
def test_there_may_be_so_many_fields(size):
    fields, kind = made_of(size)
    values = tuple(range(size))

    assert tuple(kind(*values)) == tuple(kind(**dict(zip(fields, values, strict=True)))) == values
    assert [getattr(kind(*values), field) for field in fields] == list(values)
    assert kind.__new__.__code__.co_varnames[1:] == tuple(fields)


def test_more_fields_are_refused_where_the_class_is_written():
    with pytest.raises(IndexError):
        made_of(MOST_FIELDS)


def test_fields_are_read_by_the_standard_library_s_own_getter():
    standard = collections.namedtuple("standard", ["x"])  # noqa: PYI024  its getter is looked at

    assert type(Point.x) is type(standard.x)
