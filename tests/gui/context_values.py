"""Values of a context: one of each kind that has no parts, and any at all in JSON form."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import PurePosixPath
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from wfepy_core.errors import CodecError
from wfepy_core.storage.codec import decode, encode
from wfepy_gui.models.context.value_types import ValueType

SINGLE_VALUES = [
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


def _decode_or_text(value):
    try:
        return decode(value)
    except CodecError:  # what looks like a tag and is none
        return "text"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
        | st.builds(lambda items: encode(tuple(map(_decode_or_text, items))), st.lists(inner, max_size=3))
    ),
    max_leaves=12,
)
