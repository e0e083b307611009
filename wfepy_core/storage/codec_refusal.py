"""Refusing a context value: found deep inside, where the path is known only on the way out."""

from __future__ import annotations

from wfepy_core.errors import CodecError

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
