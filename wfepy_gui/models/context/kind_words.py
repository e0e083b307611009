"""What kind of value it is, in the operator's language."""

from __future__ import annotations

from typing import Any

from wfepy_core.storage.codec_preview import kind_of
from wfepy_gui.text.translation import QT_TR_NOOP, tr

_WORDS = frozenset(
    (
        QT_TR_NOOP("text"),
        QT_TR_NOOP("yes or no"),
        QT_TR_NOOP("number"),
        QT_TR_NOOP("nothing"),
        QT_TR_NOOP("list"),
        QT_TR_NOOP("dict"),
        QT_TR_NOOP("tuple"),
        QT_TR_NOOP("set"),
        QT_TR_NOOP("frozen set"),
        QT_TR_NOOP("ordered dict"),
        QT_TR_NOOP("counter"),
        QT_TR_NOOP("dict with default"),
        QT_TR_NOOP("deque"),
        QT_TR_NOOP("bytes"),
        QT_TR_NOOP("bytearray"),
        QT_TR_NOOP("datetime"),
        QT_TR_NOOP("time"),
        QT_TR_NOOP("date"),
        QT_TR_NOOP("duration"),
        QT_TR_NOOP("decimal"),
        QT_TR_NOOP("UUID"),
        QT_TR_NOOP("path"),
        QT_TR_NOOP("not JSON"),
    )
)


def kind_word(encoded: Any) -> str:
    """The kind of a value in JSON form; classes and unknown tags have their own name in it."""
    kind = kind_of(encoded)
    if kind in _WORDS:
        return tr(kind)
    sort, _, name = kind.partition(" ")
    return (tr("object {}") if sort == "object" else tr("opaque {}")).format(name)
