"""Refusing a context value, by path: how paths are spelled, and how one is known only on the way out."""

from __future__ import annotations

from json import dumps

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import CodecError

if TYPE_CHECKING:
    from typing import Any

MAX_DEPTH = 100
"""Levels of containers in one value. JSON has at most three levels for each."""


class Refusal(Exception):  # noqa: N818  it becomes a CodecError once its whole path is known
    """A value cannot be saved or read.

    Attributes:
        what: what is wrong, to be put after the path.
        hint: what to do about it.
        trail: `(part of the path, id of the container)`, innermost first.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.trail: list[tuple[str, int]] = []

    def add_step(self, container: object, part: str) -> None:
        """Add, on the way out, in which part of which container it happened."""
        self.trail.append((part, id(container)))

    def as_error(self, path: str) -> CodecError:
        """The error to raise, when the outermost value is called `path`."""
        what, hint = self.what, self.hint
        parts: list[str] = []
        seen: set[int] = set()
        for part, container in reversed(self.trail):
            if container in seen:
                what, hint = "holds itself", "keep a name or a position there instead of the container"
                break
            seen.add(container)
            parts.append(part)
        if len(parts) > 20:
            parts[10:-10] = ["…"]
        where = path + "".join(parts)
        return CodecError(f"{where}: {what}", path=where, hint=hint)


def too_deep() -> Refusal:
    """Too many levels of containers: also what becomes of a container that holds itself."""
    return Refusal(f"is nested deeper than {MAX_DEPTH} levels", "keep a flatter structure")


def step_to(key: Any) -> str:
    """How a path goes on to the member with this encoded key: `.due`, `["due date"]`, `[3]`."""
    if type(key) is not str:
        from wfepy_core.storage.codec_preview import preview

        return f"[{preview(key, 40)}]"
    return f".{key}" if key.isidentifier() else f"[{dumps(key[:40])}]"
