"""The workflow: the flat graph of the tasks of one or more modules, and what is wrong with it."""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.task import PendingTask, Task, Transition, code_of
from wfepy_core.errors import Problem, WorkflowError
from wfepy_core.model.graph import LONGEST_NAME
from wfepy_core.model.records import TAKEN
from wfepy_core.model.topology import Topology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from wfepy_core.engine.runner import Runner
    from wfepy_core.engine.task import Condition

    #: The destinations of a task without conditions, by number, and the decision string that takes them all.
    UnconditionalExits = tuple[tuple[int, ...], str]
    #: The condition of a transition, or None, and its destination, by number.
    Exit = tuple[Condition | None, int]


_GENERATOR = 0x20 | 0x200
"""Flags of code that yields, see `inspect.CO_GENERATOR` and `CO_ASYNC_GENERATOR`."""
_RETURN = "return the result instead"


def _is_generator(func: Any) -> bool:
    code = code_of(func)
    return code is not None and bool(code.co_flags & _GENERATOR)


def source_place(thing: Task | PendingTask) -> str:
    """`file:line` of the function of a task; empty when it has no source."""
    code = code_of(thing.func)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else ""


class Workflow:
    """The graph of tasks.

    Attributes:
        tasks: tasks by name, in the order in which they were loaded (source order within a module).
    """

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}
        self._files: list[str] = []
        self._topology: Topology | None = None
        self._exits = _Exits([], ())
        self._unconditional = _UnconditionalExits(self._exits)
        self._calls: list[Callable[[Any], Any]] = []

    def load_tasks(self, module: Any) -> None:
        """Add the tasks of a module (or of any object that has tasks as attributes).

        Args:
            module: the module, or the name of one that is already imported.

        Raises:
            WorkflowError: two tasks have one name, or a function has decorators but no `@task()`; nothing
                was added.
        """
        if isinstance(module, str):
            if module not in sys.modules:
                raise WorkflowError(
                    f"load_tasks({module!r}): no module of that name is imported", hint="import it first"
                )
            module = sys.modules[module]
        found: dict[str, Task] = {}
        problems: list[Problem] = []
        for name, raw in _attributes(module):
            value = raw if type(raw) is Task else adopt(raw)
            if isinstance(value, Task):
                known = found.get(value.name) or self.tasks.get(value.name)
                # A task of wfepy is converted anew each time it is met: it is known by its function.
                same = known is value or (raw is not value and known and known.func is value.func)
                if not _can_be_saved(value):
                    problems.append(_wrong_argument(value))
                elif known is None or same:
                    found[value.name] = value
                else:
                    problems.append(_duplicate_name(known, value))
            elif isinstance(value, PendingTask):
                problems.append(
                    Problem(
                        f"{name} has workflow decorators but is not a task",
                        source_place(value),
                        "add @task() to it",
                    )
                )
        if "logging" in sys.modules:
            _log_loaded(found, problems, _file_of(module))
        if problems:
            raise WorkflowError(f"{_file_of(module)} cannot be loaded", problems=problems)
        self.tasks.update(found)
        self._files.append(_file_of(module))
        self._topology = None
        self._find_predecessors()

    def _find_predecessors(self) -> None:
        for task in self.tasks.values():
            # A task may be part of several workflows: what precedes it is a matter of this one.
            task.preceded_by = set()
        for name, task in self.tasks.items():
            for transition in task.followed_by:
                dest = self.tasks.get(transition.dest)
                if dest is not None:
                    dest.preceded_by.add(name)

    @property
    def start_points(self) -> list[str]:
        """Names of the start points."""
        return [name for name, task in self.tasks.items() if task.is_start_point]

    @property
    def end_points(self) -> list[str]:
        """Names of the end points."""
        return [name for name, task in self.tasks.items() if task.is_end_point]

    @property
    def topology(self) -> Topology:
        """The shape of the graph.

        Raises:
            WorkflowError: a transition leads to a task that does not exist.
        """
        if self._topology is None or len(self._topology.names) != len(self.tasks):
            try:
                self._topology = self._build_topology()
            except KeyError:
                missing = list(self._find_dead_ends())
                raise WorkflowError(
                    "The workflow has transitions that lead nowhere", problems=missing
                ) from None
            tasks = list(self.tasks.values())
            self._calls = [task.func if type(task) is Task else task for task in tasks]
            self._exits = _Exits(tasks, self._topology.successors)
            self._unconditional = _UnconditionalExits(self._exits)
        return self._topology

    def _build_topology(self) -> Topology:
        return Topology(
            list(self.tasks),
            [(name, edge.dest) for name, task in self.tasks.items() for edge in task.followed_by],
            starts=self.start_points,
            joins=[name for name, task in self.tasks.items() if task.is_join_point],
            ends=self.end_points,
        )

    @property
    def unconditional_exits(self) -> Mapping[int, UnconditionalExits | None]:
        """By task number its destinations, if none has a condition; None if conditions must be evaluated."""
        return self._unconditional if self.topology else {}

    @property
    def exits(self) -> Mapping[int, Sequence[Exit]]:
        """By task number its transitions, in written order: condition, or None, and destination by number."""
        return self._exits if self.topology else {}

    @property
    def calls(self) -> Sequence[Callable[[Any], Any]]:
        """By task number what to call: its function at once, unless a subclass of `Task` has a say."""
        return self._calls if self.topology else []

    def _find_dead_ends(self) -> Iterator[Problem]:
        for name, task in self.tasks.items():
            for edge in task.followed_by:
                if edge.dest not in self.tasks:
                    yield Problem(
                        f"{name} is followed by {edge.dest}, which does not exist",
                        source_place(task),
                        _did_you_mean(edge.dest, self.tasks),
                    )

    def check_graph(self) -> None:
        """Find every mistake in the graph at once.

        Raises:
            WorkflowError: with a `Problem` (place and cure) for each mistake.
        """
        problems = list(self._find_dead_ends())
        sound = not problems
        if not self.tasks:
            where = ", ".join(f"{file}:1" for file in self._files)
            problems.append(Problem("there is no task", where, "decorate a function with @task()"))
        elif not self.start_points:
            first = source_place(next(iter(self.tasks.values())))
            problems.append(
                Problem("there is no start point", first, "add @start_point() to the task that comes first")
            )
        problems.extend(self._find_misplaced(self.topology if sound else self._known_topology()))
        problems.extend(self._find_generators())
        if not problems:
            problems.extend(self._find_unreachable())
        if problems:
            if "logging" in sys.modules:
                _log_loaded({}, problems, "")
            raise WorkflowError("Invalid graph!", problems=problems)

    def doubts(self) -> list[Problem]:
        """What may be a mistake, and may be meant: a fan-out over one partner joins one branch."""
        return [
            Problem(
                f"{name} is a join point but only {next(iter(task.preceded_by))} leads to it",
                source_place(task),
                "remove @join_point(), unless others are to lead to it later",
            )
            for name, task in self.tasks.items()
            if len(task.preceded_by) == 1 and task.is_join_point and not task.is_start_point
        ]

    def _find_misplaced(self, shape: Topology) -> Iterator[Problem]:
        """Tasks whose points do not fit their transitions."""
        loops = {
            name: shape.component[number]
            for number, name in enumerate(shape.names)
            if shape.component[number] != number
        }
        for name, task in self.tasks.items():
            where = source_place(task)
            if not task.followed_by and not task.is_end_point:
                yield Problem(f"nothing follows {name}", where, "add @followed_by(...) or @end_point()")
            if not task.preceded_by and not task.is_start_point:
                yield Problem(
                    f"nothing leads to {name}", where, "add @start_point(), or @followed_by to another task"
                )
            entries = [source for source in task.preceded_by if loops.get(source) != loops.get(name, -1)]
            if len(entries) > 1 and not task.is_join_point:
                listed = ", ".join(sorted(entries))
                yield Problem(
                    f"{name} is reached from {listed} but is no join point", where, "add @join_point()"
                )

    def _find_generators(self) -> Iterator[Problem]:
        """Tasks and conditions that run nothing when they are called: they would all count as true."""
        for name, task in self.tasks.items():
            if _is_generator(task.func):
                yield Problem(f"{name} has a `yield`: calling it runs nothing", source_place(task), _RETURN)
            for edge in task.followed_by:
                if edge.cond is not None and _is_generator(edge.cond):
                    code = code_of(edge.cond)
                    where = f"{code.co_filename}:{code.co_firstlineno}" if code else source_place(task)
                    what = f"the condition from {name} to {edge.dest} has a `yield`: calling it runs nothing"
                    yield Problem(what, where, _RETURN)

    def _known_topology(self) -> Topology:
        """The graph without the transitions that lead nowhere."""
        known = [
            (name, edge.dest)
            for name, task in self.tasks.items()
            for edge in task.followed_by
            if edge.dest in self.tasks
        ]
        return Topology(list(self.tasks), known)

    def _find_unreachable(self) -> Iterator[Problem]:
        shape = self.topology
        reached = shape.reachable(shape.starts)
        for number, name in enumerate(shape.names):
            if number not in reached:
                kind = "join point " if shape.joins[number] else ""
                yield Problem(
                    f"{kind}{name} can never run: no start point leads to it",
                    source_place(self.tasks[name]),
                    "lead a transition to it, or make it a start point",
                )
        if not reached & shape.ends:
            yield Problem(
                "no end point can be reached",
                source_place(self.tasks[shape.names[shape.starts[0]]]),
                "add @end_point() to the task that finishes the workflow",
            )

    def create_runner(self, *args: Any, **kwargs: Any) -> Runner:
        """A `Runner` of this workflow; the arguments are those of `Runner` behind the workflow."""
        from wfepy_core.engine.runner import Runner

        return Runner(self, *args, **kwargs)


class _Exits(dict[int, "list[Exit]"]):
    """`Workflow.exits`, built for a task when it first completes: most passes need few of them."""

    __slots__ = ("successors", "tasks")

    def __init__(self, tasks: Sequence[Task], successors: Sequence[tuple[int, ...]]) -> None:
        self.tasks = tasks
        self.successors = successors

    def __missing__(self, task: int) -> list[Exit]:
        edges, dests = self.tasks[task].followed_by, self.successors[task]
        self[task] = found = [(edge.cond, dest) for edge, dest in zip(edges, dests, strict=True)]
        return found


class _UnconditionalExits(dict[int, "UnconditionalExits | None"]):
    """`Workflow.unconditional_exits`, likewise."""

    __slots__ = ("exits",)

    def __init__(self, exits: _Exits) -> None:
        self.exits = exits

    def __missing__(self, task: int) -> UnconditionalExits | None:
        free = all(condition is None for condition, _ in self.exits[task])
        dests = self.exits.successors[task]
        self[task] = found = (dests, TAKEN * len(dests)) if free else None
        return found


def _log_loaded(tasks: Iterable[str], problems: Iterable[Problem], file: str) -> None:
    from wfepy_core._log import logger_of

    logger = logger_of("workflow")
    for name in tasks:
        logger.debug("Loaded task %s from %s", name, file)
    for problem in problems:
        logger.error("%s", problem.message)


def _file_of(module: Any) -> str:
    return str(getattr(module, "__file__", None) or getattr(module, "__name__", repr(module)))


def _attributes(module: Any) -> list[tuple[str, Any]]:
    if isinstance(module, type(sys)):
        return list(vars(module).items())
    return [(name, getattr(module, name)) for name in dir(module)]


def adopt(value: Any) -> Any:
    """A task of the real `wfepy` package, where that is installed, as a task of ours."""
    kind = type(value)
    if kind.__module__ != "wfepy.workflow" or kind.__name__ != "Task":
        return value
    twin = Task(value.func, value.name, value.labels)
    # There they are a set in no order: sorted, so that every process has the same.
    for edge in sorted(value.followed_by, key=lambda edge: edge.dest):
        twin.followed_by.add(Transition(edge.dest, edge.cond))
    twin.is_start_point = value.is_start_point
    twin.is_join_point = value.is_join_point
    twin.is_end_point = value.is_end_point
    return twin


def _duplicate_name(known: Task, value: Task) -> Problem:
    return Problem(
        f"two tasks are named {value.name}",
        source_place(value),
        f"rename one; the other is at {source_place(known)}",
    )


def _can_be_saved(task: Task) -> bool:
    is_name = type(task.name) is str and len(task.name) <= LONGEST_NAME
    return is_name and type(task.safe_to_repeat) is bool


def _wrong_argument(task: Task) -> Problem:
    """What of the arguments of `@task()` no state file can hold."""
    if type(task.name) is not str:
        message, cure = f"the name of a task is {task.name!r}", 'name it in a text: @task(name="...")'
    elif len(task.name) > LONGEST_NAME:
        message = f"the name {task.name[:40]}… has {len(task.name):,} characters"
        cure = f"name it in at most {LONGEST_NAME:,}"
    else:
        message = f"{task.name} has safe_to_repeat={task.safe_to_repeat!r}"
        cure = "write safe_to_repeat=True or leave it out"
    return Problem(message, source_place(task), cure)


def _did_you_mean(name: str, names: dict[str, Task]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names, n=1)
    return f"did you mean {close[0]}?" if close else "write that task, or correct the name"
