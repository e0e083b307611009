"""Values typed, converted and moved by place: nothing is lost, and what does not fit is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import PurePosixPath
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit

from wfepy_core.errors import CodecError
from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec import decode, encode
from wfepy_gui.instance.context_difference import ABSENT
from wfepy_gui.models.context import operations
from wfepy_gui.models.context.diff import differences, path_text
from wfepy_gui.models.context.json_text import JsonError, read, write
from wfepy_gui.models.context.value_text import convert_value, first_value, text_of, value_from_text
from wfepy_gui.models.context.value_types import CHOICES, CONTAINERS, ValueType, type_of_value
from wfepy_gui.text.secrets import DOTS, Masking, names_a_secret
from wfepy_gui.theme import Look
from wfepy_gui.theme.json_look import json_look
from wfepy_gui.views.context.value_editors import input_for

pytestmark = pytest.mark.usefixtures("qapp")
BERLIN = ZoneInfo("Europe/Berlin")
SINGLE = [
    ("text", ValueType.TEXT),
    (42, ValueType.WHOLE),
    (10**400, ValueType.WHOLE),
    (0.1, ValueType.NUMBER),
    (float("inf"), ValueType.NUMBER),
    (True, ValueType.TRUTH),
    (datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")), ValueType.DATETIME),
    (datetime(2026, 3, 29, 2, 30, 1, 123_456), ValueType.DATETIME),
    (datetime(2026, 12, 1, tzinfo=UTC), ValueType.DATETIME),
    (date(2026, 2, 28), ValueType.DATE),
    (time(9, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), ValueType.TIME),
    (timedelta(days=-3, microseconds=7), ValueType.DURATION),
    (Decimal("12.500"), ValueType.DECIMAL),
    (UUID(int=7), ValueType.UUID),
    (PurePosixPath("a/b c"), ValueType.PATH),
    (b"\x00\xff", ValueType.BYTES),
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
        | st.builds(lambda items: encode(tuple(map(decode_or_text, items))), st.lists(inner, max_size=3))
    ),
    max_leaves=12,
)


def decode_or_text(value):
    try:
        return decode(value)
    except CodecError:  # what looks like a tag and is none
        return "text"


def type_over_with_the_same(editor):
    """What Qt tells while somebody types, of every part."""
    for line in editor.findChildren(QLineEdit):
        line.textEdited.emit(line.text())
    for box in editor.findChildren(QComboBox):
        box.currentTextChanged.emit(box.currentText())
    for moment in editor.findChildren(QDateTimeEdit):
        moment.dateTimeChanged.emit(moment.dateTime())


@pytest.mark.parametrize(("value", "kind"), SINGLE, ids=repr)
def test_a_value_that_is_opened_for_typing_and_left_alone_stays_the_same(value, kind):
    encoded = encode(value)
    editor = input_for(encoded)

    assert type_of_value(encoded) is kind
    assert equal(editor.encoded(), encoded)
    type_over_with_the_same(editor)
    assert equal(editor.encoded(), encoded)
    editor.deleteLater()


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


def test_a_date_is_picked_and_its_zone_chosen():
    editor = input_for(encode(datetime(2026, 12, 1, 9, 30, 0, 250_111, tzinfo=ZoneInfo("Europe/Berlin"))))
    picker, zone = editor.findChild(QDateTimeEdit), editor.findChild(QComboBox)

    picker.setDate(QDate(2026, 12, 24))
    assert decode(editor.encoded()) == datetime(
        2026, 12, 24, 9, 30, 0, 250_111, tzinfo=ZoneInfo("Europe/Berlin")
    )
    zone.setCurrentText("+05:30")
    picker.setTime(QTime(1, 2, 3))
    moment = decode(editor.encoded())
    assert moment.isoformat() == "2026-12-24T01:02:03+05:30"
    zone.setCurrentText("Middle/Earth")
    assert "no time zone" in editor.problem()
    zone.setCurrentText("no zone")
    assert decode(editor.encoded()).tzinfo is None
    editor.deleteLater()


def test_an_hour_that_summer_time_skips_is_kept_as_typed():
    editor = input_for(encode(datetime(2026, 3, 28, 2, 30)))

    editor.findChild(QDateTimeEdit).setDateTime(
        QDateTime(QDate(2026, 3, 29), QTime(2, 30), editor.findChild(QDateTimeEdit).timeZone())
    )

    assert decode(editor.encoded()) == datetime(2026, 3, 29, 2, 30)
    editor.deleteLater()


def test_what_is_typed_wrongly_is_told_while_typing():
    editor = input_for(12)
    line = editor.findChild(QLineEdit)

    line.textEdited.emit(line.setText("twelve") or "twelve")

    assert "whole number" in editor.problem()
    editor.deleteLater()


@pytest.mark.parametrize("kind", CHOICES)
def test_every_value_can_be_made_every_kind(kind):
    for value in [*(each for each, _ in SINGLE), [1, "a"], {"a": 1}, {1, 2}, None, {1: 2}]:
        made = convert_value(encode(value), kind)

        decode(made)
        assert type_of_value(made) is kind


@pytest.mark.parametrize("kind", sorted({*CHOICES} - {*CONTAINERS, ValueType.NOTHING}, key=CHOICES.index))
def test_every_single_value_that_can_be_chosen_can_be_typed(kind):
    made = input_for(first_value(kind), kind)

    assert made is not None
    made.deleteLater()


def test_changing_type_keeps_what_can_be_kept():
    assert convert_value("17", ValueType.WHOLE) == 17
    assert decode(convert_value("12.50", ValueType.DECIMAL)) == Decimal("12.50")
    assert decode(convert_value(["b", "a", "b"], ValueType.SET)) == {"a", "b"}
    assert decode(convert_value(encode((1, 2)), ValueType.LIST)) == [1, 2]
    assert convert_value({"a": 1, "b": 2}, ValueType.LIST) == [1, 2]
    assert decode(convert_value(encode(b"text"), ValueType.TEXT)) == "text"
    assert convert_value({"$torch": [1]}, ValueType.TEXT) == ""
    assert {type_of_value(first_value(kind)) for kind in CONTAINERS} == set(CONTAINERS)


# -- by place -----------------------------------------------------------------------------------------------


def places(context, place=()):
    inside = operations.open_container(context)
    for row, value in enumerate(inside.values if inside else []):
        yield (*place, row)
        yield from places(value, (*place, row))


@given(context=json_values, data=st.data())
def test_replacing_a_value_by_itself_changes_nothing_and_by_another_only_that(context, data):
    found = [place for place in places(context) if not _in_a_set(context, place)]
    if not found:
        return
    place = data.draw(st.sampled_from(found))
    value = operations.value_at(context, place)

    assert equal(operations.replace(context, place, value), context)
    other = operations.replace(context, place, "another text")
    assert operations.value_at(other, place) == "another text"
    decode(other)


def _in_a_set(context, place):
    return any(
        type_of_value(operations.value_at(context, place[:size])) in (ValueType.SET, ValueType.FROZENSET)
        for size in range(len(place))
    )


def test_keys_and_items_are_added_removed_renamed_and_moved():
    context = {"a": [1, 2, 3], "d": {"$dict": [[1, "one"], [2, "two"]]}}

    assert operations.insert(context, (0, 1), None, 9)["a"] == [1, 9, 2, 3]
    assert operations.remove(context, (0, 0))["a"] == [2, 3]
    assert operations.move(context, (0, 0), 1)["a"] == [2, 1, 3]
    assert list(operations.rename(context, (0,), "z")) == ["z", "d"]
    assert operations.move(context, (1, 1), -1)["d"] == {"$dict": [[2, "two"], [1, "one"]]}
    assert operations.remove(context, (1, 0))["d"] == {"$dict": [[2, "two"]]}
    assert context == {"a": [1, 2, 3], "d": {"$dict": [[1, "one"], [2, "two"]]}}


def test_a_key_that_looks_like_a_tag_stays_a_key():
    context = operations.insert({"a": {}}, (0, 0), "$set", "not a set")

    assert decode(context) == {"a": {"$set": "not a set"}}


def test_what_does_not_fit_is_refused():
    context = {"a": 1, "b": 2, "s": {"$set": [1]}, "o": {"$torch": [1, 2]}}
    with pytest.raises(ValueError, match="already"):
        operations.rename(context, (0,), "b")
    with pytest.raises(ValueError, match="cannot be in a set"):
        operations.insert(context, (2, 0), None, [1])
    with pytest.raises(ValueError, match="opaque"):
        operations.replace(context, (3, 0), 1)


def test_differences_name_the_innermost_place():
    before = {"a": [1, 2, 3], "b": {"x": 1, "y": 2}, "gone": 1, "kind": 1}
    after = {"a": [1, 9, 2, 3], "b": {"x": 1, "y": 3}, "kind": 1.0, "new": None}

    found = {path_text(each.keys): (each.before, each.after) for each in differences(before, after)}

    assert found == {
        "a[1]": (ABSENT, 9), "b.y": (2, 3), "kind": (1, 1.0), "new": (ABSENT, None), "gone": (1, ABSENT),
    }  # fmt: skip


@given(before=json_values, after=json_values)
def test_there_are_differences_exactly_where_contexts_differ(before, after):
    assert bool(differences(before, after)) is not equal(before, after)


# -- secrets ------------------------------------------------------------------------------------------------


def test_keys_that_name_secrets():
    assert all(
        map(names_a_secret, ["password", "api_key", "userToken", "TOKENS", "smtpPassword", "credentials"])
    )
    assert all(map(names_a_secret, ["key", "keys", "signingKeys", "ssh_key 2"]))
    assert not any(map(names_a_secret, ["monkey", "keyboard", "passenger", "tokenizer", "author", "due"]))
    assert not any(map(names_a_secret, ["key 12", "key_words", "primary_key", "sortKey"]))


def test_secrets_are_masked_with_what_is_in_them_until_they_are_revealed():
    context = {
        "smtp": {"host": "h", "password": "p"},
        "keys": ["k1", "k2"],
        "$x": {"$dict": [["token", "t"]]},
    }
    masking = Masking()

    assert masking.mask((), context) == {
        "smtp": {"host": "h", "password": DOTS}, "keys": DOTS, "$x": {"$dict": [["token", DOTS]]},
    }  # fmt: skip
    shown = masking.reveal(("keys", "[1]"))
    assert not shown.masks(("keys", "[1]"))
    assert shown.masks(("keys", "[0]"))
    assert shown.hide(("keys", "[1]")).masks(("keys", "[1]"))


# -- JSON text ----------------------------------------------------------------------------------------------


@given(context=json_values)
def test_json_text_is_read_back_as_it_was(context):
    written = write(context, Masking())
    try:
        decode(context)
    except CodecError:  # a tag that means nothing cannot be taken over
        return

    assert equal(read(written.text, written), context)


@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_of_json_are_readable(dark):
    look = Look.of(dark=dark)

    for colour in json_look(look):
        lighter, darker = sorted((luminance(colour), luminance(look.panel)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour):
    """As WCAG 2.1 defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_masked_secrets_survive_being_edited_around():
    context = {"password": "hunter2", "due": 1, "tokens": [1, 2]}
    written = write(context, Masking())

    assert "hunter2" not in written.text
    typed = written.text.replace('"due": 1', '"due": 2').replace('"password"', '"passphrase"')
    assert read(typed, written) == {"passphrase": "hunter2", "due": 2, "tokens": [1, 2]}


def test_long_texts_are_cut_and_survive_being_edited_around():
    context = {"log": "line\n" * 9000, "blob": {"$bytes": "AAAA" * 9000}, "logs": ["line\n" * 9000], "due": 1}
    written = write(context, Masking())

    assert len(written.text) < 1000
    typed = read(written.text.replace('"due": 1', '"due": 2'), written)
    assert typed == {**context, "due": 2}
    assert typed["log"] is context["log"]


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ('{\n  "a": 1,\n  "b" 2\n}', 3, 7, "':'"),
        ('{\n  "a": 1,\n  "a": 2\n}', 3, 3, "twice"),
        ('{\n  "a": NaN\n}', 2, 8, "NaN"),
        ('{\n  "due": {"$datetime": "soon"}\n}', 2, 3, "datetime"),
        ("", 1, 1, "value"),
    ],
)
def test_a_mistake_in_json_is_told_with_its_place(text, line, column, word):
    with pytest.raises(JsonError, match=word) as caught:
        read(text, write({}, Masking()))

    assert (caught.value.line, caught.value.column) == (line, column)
