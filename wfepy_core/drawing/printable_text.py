"""Text of others as a picture can carry it: names, conditions and titles may hold any character."""

from __future__ import annotations


def printable_text(text: str) -> str:
    """A text in which each character that XML, DOT or UTF-8 cannot carry is shown by a symbol or its code.

    A control character becomes its symbol (U+2401 for U+0001), tabs and line ends, too. What has no symbol is
    shown by its code as Python writes it: the controls from U+0080, halves of surrogate pairs, U+FFFE
    and U+FFFF.
    """
    return text if text.isprintable() else "".join(map(_symbol_of, text))


def _symbol_of(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0:
        return f"\\x{code:02x}"
    if 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return f"\\u{code:04x}"
    return char
