"""What a child printed, bounded: its beginning and its end, however much came in between."""

from __future__ import annotations

from collections import deque

HEAD = 64 * 1024
TAIL = 1024 * 1024


class BoundedOutput:
    """Keeps the first 64 KB and the last 1 MB (to a chunk) of a stream of bytes.

    Attributes:
        total: bytes that came in, kept or not.
    """

    def __init__(self, head: int = HEAD, tail: int = TAIL) -> None:
        self._head_size = head
        self._tail_size = tail
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._tail_length = 0
        self.total = 0

    def add(self, data: bytes) -> None:
        """Take the next bytes."""
        self.total += len(data)
        room = self._head_size - len(self._head)
        if room > 0:
            self._head += data[:room]
            data = data[room:]
        if not data:
            return
        data = data[-self._tail_size :]
        self._tail.append(data)
        self._tail_length += len(data)
        while self._tail_length - len(self._tail[0]) >= self._tail_size:
            self._tail_length -= len(self._tail.popleft())

    @property
    def left_out(self) -> int:
        """Bytes that were dropped between the beginning and the end."""
        return self.total - len(self._head) - self._tail_length

    def text(self) -> str:
        """What is kept, with a line that says how much is missing."""
        head, tail = bytes(self._head), b"".join(self._tail)
        if not self.left_out:
            return (head + tail).decode("utf-8", "replace")
        gap = f"\n[… {self.left_out:,} bytes of output left out …]\n"
        return head.decode("utf-8", "replace") + gap + tail.decode("utf-8", "replace")

    def tail_text(self, size: int) -> str:
        """The last `size` bytes of what is kept; everything when it is less."""
        if self.total <= size:
            return self.text()
        parts: list[bytes] = []
        held = 0
        for chunk in (*reversed(self._tail), bytes(self._head)):
            parts.append(chunk)
            held += len(chunk)
            if held >= size:
                break
        kept = b"".join(reversed(parts))[-size:]
        return f"[… the last {len(kept):,} of {self.total:,} bytes …]\n" + kept.decode("utf-8", "replace")
