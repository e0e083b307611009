"""What kind of value it is, in the operator's language."""

from __future__ import annotations

from typing import Any

from wfepy_core.storage.codec import kind_of
from wfepy_gui.text.translation import marked, said

_WORDS = frozenset(
    (
        marked("text"), marked("yes or no"), marked("number"), marked("nothing"), marked("list"),
        marked("dict"), marked("tuple"), marked("set"), marked("frozen set"), marked("ordered dict"),
        marked("counter"), marked("dict with default"), marked("deque"), marked("bytes"), marked("bytearray"),
        marked("datetime"), marked("time"), marked("date"), marked("duration"), marked("decimal"),
        marked("UUID"), marked("path"), marked("not JSON"),
    )
)  # fmt: skip


def kind_word(encoded: Any) -> str:
    """The kind of a value in JSON form; classes and unknown tags have their own name in it."""
    kind = kind_of(encoded)
    if kind in _WORDS:
        return said(kind)
    sort, _, name = kind.partition(" ")
    return (said("object {}") if sort == "object" else said("opaque {}")).format(name)
