"""Values as text, and made another kind: what can be kept is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.context_values import SINGLE_VALUES
from wfepy_core.storage.codec import decode, encode
from wfepy_gui.models.context.value_text import convert_value, first_value, text_of, value_from_text
from wfepy_gui.models.context.value_types import CHOICES, CONTAINERS, ValueType, type_of_value

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ValueType.WHOLE, " 17 ", 17),
        (ValueType.NUMBER, "1e3", 1000.0),
        (ValueType.DECIMAL, "1.50", Decimal("1.50")),
        (ValueType.DURATION, "3 days 4:05:06.5", timedelta(3, 6 + 60 * 5, 500_000, hours=4)),
        (ValueType.DURATION, "-90 min", timedelta(minutes=-90)),
        (ValueType.BYTES, "de ad BEEF", b"\xde\xad\xbe\xef"),
        (ValueType.DATE, "2026-12-01", date(2026, 12, 1)),
        (ValueType.DATETIME, "2026-12-01 09:30 Europe/Berlin", datetime(2026, 12, 1, 9, 30, tzinfo=BERLIN)),
        (ValueType.TRUTH, "yes", True),
    ],
)  # fmt: skip
def test_typed_text_becomes_the_value_it_means(kind, text, value):
    assert decode(value_from_text(kind, text)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [(ValueType.WHOLE, "1.5"), (ValueType.DECIMAL, "much"), (ValueType.BYTES, "abc"),
     (ValueType.DURATION, "soon"),
     (ValueType.UUID, "7"), (ValueType.DATE, "1.12.2026"), (ValueType.DATETIME, "2026-12-01 09:30 No/Where"),
     (ValueType.TRUTH, "perhaps")],
)  # fmt: skip
def test_text_that_means_no_value_is_refused_with_an_example(kind, text):
    with pytest.raises(ValueError, match="write it like"):
        value_from_text(kind, text)


@given(value=st.timedeltas())
def test_any_duration_survives_being_shown_and_typed(value):
    assert decode(value_from_text(ValueType.DURATION, text_of(encode(value)))) == value


@pytest.mark.parametrize("kind", CHOICES)
def test_every_value_can_be_made_every_kind(kind):
    for value in [*(each for each, _ in SINGLE_VALUES), [1, "a"], {"a": 1}, {1, 2}, None, {1: 2}]:
        made = convert_value(encode(value), kind)

        decode(made)
        assert type_of_value(made) is kind


def test_changing_type_keeps_what_can_be_kept():
    assert convert_value("17", ValueType.WHOLE) == 17
    assert decode(convert_value("12.50", ValueType.DECIMAL)) == Decimal("12.50")
    assert decode(convert_value(["b", "a", "b"], ValueType.SET)) == {"a", "b"}
    assert decode(convert_value(encode((1, 2)), ValueType.LIST)) == [1, 2]
    assert convert_value({"a": 1, "b": 2}, ValueType.LIST) == [1, 2]
    assert decode(convert_value(encode(b"text"), ValueType.TEXT)) == "text"
    assert convert_value({"$torch": [1]}, ValueType.TEXT) == ""
    assert {type_of_value(first_value(kind)) for kind in CONTAINERS} == set(CONTAINERS)
