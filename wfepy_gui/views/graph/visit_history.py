"""Back and forward through the tasks that were visited."""

from __future__ import annotations

_LONGEST = 200


class VisitHistory:
    """The visited tasks in order, and where among them the operator is."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._at = -1

    def visit(self, name: str) -> None:
        """Go to a task; what was ahead is forgotten. Staying where one is leaves no second step."""
        if not name or (self._names and self._names[self._at] == name):
            return
        self._names[self._at + 1 :] = [name]
        del self._names[:-_LONGEST]
        self._at = len(self._names) - 1

    def clear(self) -> None:
        """Forget all: another graph."""
        self._names.clear()
        self._at = -1

    @property
    def can_go_back(self) -> bool:
        """Whether there is a task before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a task ahead."""
        return self._at + 1 < len(self._names)

    def back(self) -> str:
        """The task before, now the present one; the present one if there is none."""
        self._at -= self.can_go_back
        return self._names[self._at] if self._names else ""

    def forward(self) -> str:
        """The task ahead, now the present one; the present one if there is none."""
        self._at += self.can_go_forward
        return self._names[self._at] if self._names else ""
