"""Finding a text in a long one."""

from __future__ import annotations

import re

MOST_HITS = 10_000


def hits_in(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where a text occurs, upper or lower case alike, as start and end; at most `MOST_HITS`."""
    if not wanted:
        return []
    found = []
    for match in re.finditer(re.escape(wanted), text, re.IGNORECASE):
        found.append(match.span())
        if len(found) == MOST_HITS:
            break
    return found


def document_position(text: str, index: int) -> int:
    """The place of a character in a Qt document, which counts some characters (emoji) as two."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
