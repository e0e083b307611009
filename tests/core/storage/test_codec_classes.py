"""Enumerations, dataclasses, named tuples and pydantic models: registered in a line, and edited by path."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest

from tests.core.state_samples import release
from wfepy_core import register
from wfepy_core.errors import CodecError, InterventionError, WorkflowError
from wfepy_core.model.snapshot import apply
from wfepy_core.operations.context_path import value_at
from wfepy_core.operations.interventions import context_event
from wfepy_core.storage import codec
from wfepy_core.storage.codec_decoding import OBJECTS
from wfepy_core.storage.codec_encoding import ENCODERS


class Colour(enum.Enum):
    RED = "#f00"
    BLUE = "#00f"


class Number(enum.IntEnum):
    ONE = 1


class Right(enum.Flag):
    READ = 1
    WRITE = 2


class Place(NamedTuple):
    street: str
    town: str


@dataclass
class Order:
    amount: int
    colour: Colour
    to: Place | None = None
    lines: list[str] = field(default_factory=list)
    number: int = field(default=0, init=False)


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = field(default=7, init=False)


CLASSES = (Colour, Number, Right, Place, Order, Point)
VALUES = [
    Colour.RED,
    Number.ONE,
    Right.READ | Right.WRITE,
    Place("Elm Street", "Springfield"),
    Order(2, Colour.BLUE, Place("a", "b"), ["x"]),
    Point(3),
]


@pytest.fixture(autouse=True)
def _registered():
    for cls in CLASSES:
        register(cls)
    yield
    for cls in CLASSES:
        ENCODERS.pop(cls)
        OBJECTS.pop(cls.__name__)


def through_a_file(value):
    return codec.decode(json.loads(json.dumps(codec.encode(value), allow_nan=False)))


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_it_comes_back_equal_and_of_its_class(value):
    again = through_a_file({"value": value})["value"]

    assert again == value
    assert type(again) is type(value)


def test_what_is_set_after_it_was_made_is_kept():
    order = Order(1, Colour.RED)
    order.number = 42

    assert through_a_file(order).number == 42


def test_one_order_in_two_places_is_one_order_after_a_save():
    order = Order(1, Colour.RED)
    again = through_a_file({"orders": [order], "current": order})

    assert again["current"] is again["orders"][0]


def test_members_of_an_enumeration_are_written_where_they_stand():
    assert codec.encode([Colour.RED, Colour.RED]) == [{"$object": ["Colour", "RED"]}] * 2


def test_it_is_edited_by_path_without_its_class():
    context = codec.encode({"order": Order(2, Colour.RED, Place("a", "b"), ["x", "y"])})
    changes = {"order.amount": 3, "order.to.town": "c", "order.lines[1]": "z"}
    before = release()._replace(context=context)

    after = apply(before, [context_event(before, changes, by="ada")]).context

    assert codec.decode(after)["order"] == Order(3, Colour.RED, Place("a", "c"), ["x", "z"])
    assert value_at(after, "order.amount") == 3


@pytest.mark.parametrize("path", ["order.amuont", "order.to.twon"])
def test_a_field_that_it_does_not_have_is_refused(path):
    before = release()._replace(context=codec.encode({"order": Order(2, Colour.RED, Place("a", "b"))}))

    with pytest.raises(InterventionError, match="is not a key there"):
        context_event(before, {path: 3}, by="ada")


def test_a_member_that_is_gone_is_told_by_path():
    with pytest.raises(CodecError, match=r"context\.colour: cannot read this <Colour>.*GREEN"):
        codec.decode({"colour": {"$object": ["Colour", "GREEN"]}})


def test_register_is_a_decorator_too_and_says_what_it_does_not_know():
    assert register(Colour) is Colour
    with pytest.raises(WorkflowError, match=r"<Plain> is not known \(say how: register\(Plain, name"):
        register(type("Plain", (), {}))
    with pytest.raises(WorkflowError, match="takes a class"):
        register(Colour.RED)


def test_a_pydantic_model_is_validated_when_it_is_read():
    pydantic = pytest.importorskip("pydantic")

    class Parcel(pydantic.BaseModel):
        weight: float = pydantic.Field(alias="kg", gt=0)
        labels: list[str] = []

    register(Parcel)
    try:
        encoded = codec.encode({"parcel": Parcel(kg=2, labels=["fragile"])})
        assert codec.decode(encoded)["parcel"] == Parcel(kg=2, labels=["fragile"])
        with pytest.raises(CodecError, match=r"context\.parcel: cannot read this <Parcel>"):
            codec.decode({"parcel": {"$object": ["Parcel", {"weight": -1, "labels": []}]}})
    finally:
        ENCODERS.pop(Parcel)
        OBJECTS.pop("Parcel")
