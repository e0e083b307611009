"""Text of others as a picture can carry it: names, conditions and titles may hold any character."""

from __future__ import annotations

from wfepy_core.plain_text import spell_out_line

_SYMBOLS = {**{code: 0x2400 + code for code in range(0x20)}, 0x7F: 0x2421}


def printable_text(text: str) -> str:
    """A text in which each character that XML, DOT or UTF-8 cannot carry is shown by a symbol or its code.

    A control character becomes its symbol (U+2401 for U+0001), tabs and line ends, too. What has no symbol is
    shown by its code as Python writes it: the controls from U+0080, halves of surrogate pairs, U+FFFE
    and U+FFFF, and the marks that turn the order in which a text is read.
    """
    return text if text.isprintable() else spell_out_line(text.translate(_SYMBOLS))
