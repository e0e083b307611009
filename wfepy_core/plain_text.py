r"""Text of others as it may be shown: what would steer a terminal, or turn how it is read, is spelled out.

Names, reasons, users, paths and what tasks print come from files and code of others. A character that moves
the cursor, ends a line or turns the reading direction is written as Python writes it: `\x1b`, `\n`, `\u202e`.
"""

from __future__ import annotations

import re

_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINE_ENDS = "\u2028\u2029"
_NO_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_CONTROLS = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f{_DIRECTION_MARKS}{_LINE_ENDS}{_NO_CHARACTERS}]")
_STRAY_SURROGATES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def spell_out(text: str) -> str:
    """A text of several lines without controls and direction marks; line breaks and tabs stay."""
    if text.isprintable():
        return text
    if _STRAY_SURROGATES.search(text):
        text = _STRAY_SURROGATES.sub(_code_of, text)
    # What of a file's name is in no encoding we know; what is, is put together again.
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _CONTROLS.sub(_code_of, text)


def spell_out_line(text: str) -> str:
    """As `spell_out`, line breaks and tabs, too: one line, whatever the text is."""
    if text.isprintable():
        return text
    return spell_out(text).replace("\n", "\\n").replace("\t", "\\t")


def spell_out_json(text: str) -> str:
    """JSON that says the same without controls and direction marks: they stand only in its strings."""
    return text if text.isprintable() else _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _code_of(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
