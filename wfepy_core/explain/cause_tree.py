"""The tree of causes: what each task waits for, down to what nobody else holds up. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.explain.sentences import clause, next_pass
from wfepy_core.model.status import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.explain.facts import Facts

#: Statuses of tasks that can do nothing themselves.
WAITS_FOR_OTHERS = (TaskStatus.BLOCKED, TaskStatus.NOT_REACHED)

# A tree too large to read is cut; asking about one of its tasks shows what lies below that task.
_DEEPEST = 50
_MOST_CAUSES = 500
_MOST_BELOW_ONE = 60
_MOST_SEARCHED = 30_000  # tasks walked over, in all: some 30 ms


class Cause(NamedTuple):
    """One task in the tree of causes.

    Attributes:
        children: what it waits for, nearest first.
        more: how many children are left out because nobody would read them all.
    """

    task: str
    status: TaskStatus
    text: str
    children: tuple[Cause, ...] = ()
    more: int = 0


def cause_of(facts: Facts, task: str) -> Cause:
    """A task with the tree of what it waits for."""
    return _TreeBuilder(facts).cause(task)


def forest_of(facts: Facts, tasks: Sequence[str]) -> tuple[tuple[Cause, ...], int]:
    """The causes of several tasks, and how many tasks are left out.

    A task that stands below a blocked join point does not stand beside it again.
    """
    builder = _TreeBuilder(facts)
    causes = [builder.cause(task) for task in tasks if task not in facts.waited_for and builder.budget]
    # Join points that wait for one another stand below each other only.
    causes += [builder.cause(task) for task in tasks if task not in builder.visited and builder.budget]
    return tuple(causes), sum(task not in builder.visited for task in tasks)


class _TreeBuilder:
    """Builds one tree, or several that are shown together; each task has children only where it comes first.

    Attributes:
        visited: names of the tasks in the trees so far.
        budget: how many causes may still be added.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.visited: set[str] = set()
        self.budget = _MOST_CAUSES
        self._search_budget = _MOST_SEARCHED

    def cause(self, task: str, depth: int = 0) -> Cause:
        """A task with what it waits for; one that was visited before, or lies too deep, has no children."""
        facts = self._facts
        status = facts.statuses[task]
        below: list[Cause] = []
        names: Sequence[str] = ()
        self.budget -= 1
        text = "; ".join(filter(None, (clause(facts, task), next_pass(facts, task))))
        is_new = task not in self.visited
        self.visited.add(task)
        if status in WAITS_FOR_OTHERS and is_new and depth < _DEEPEST and self._search_budget > 0:
            names, searched = facts.direct_blockers(task)
            self._search_budget -= searched
            below = [self.cause(name, depth + 1) for name in names[:_MOST_BELOW_ONE] if self.budget]
        return Cause(task, status, text, tuple(below), len(names) - len(below))
