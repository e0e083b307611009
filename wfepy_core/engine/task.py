"""The decorators, and what they make: tasks and transitions.

Every decorator works above or below `@task()`, with or without parentheses. The transitions of a task
stand in the order in which the decorators are written, top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableSet
from types import CodeType

from wfepy_core._namedtuple import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, TypeVar, Union

    _T = TypeVar("_T")
    Condition = Callable[[Any], Any]
    _Decorated = Union[Callable[..., Any], "Task", "PendingTask"]  # noqa: UP007  names of later classes


class Waiting:
    """A false result that says why a task waits.

    Attributes:
        reason: in words an operator understands, for example "no signature yet".
        until: the moment it waits for, timezone-aware; None when it is not a matter of time. Nothing
            happens by itself at that moment: every pass asks the task again, before and after.
    """

    __slots__ = ("reason", "until")

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        """Raises TypeError unless `reason` is text, ValueError for an `until` without a time zone."""
        if not isinstance(reason, str):
            raise TypeError(f"Waiting() takes a reason in words, not {reason!r}")
        if until is not None:
            if not hasattr(until, "timestamp"):
                raise TypeError(f"Waiting(until={until!r}) is no datetime")
            if until.utcoffset() is None:
                raise ValueError(
                    f"Waiting(until={until!r}) has no time zone; use for example datetime.now(UTC) + delay"
                )
        self.reason = reason
        self.until = until

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        until = f", until={self.until!r}" if self.until else ""
        return f"Waiting({self.reason!r}{until})"


def checked_waiting(waiting: Waiting) -> Waiting:
    """What a task returned, as a `Waiting` whose reason and time can be saved.

    Raises:
        TypeError, ValueError: it has none: a subclass has not called `super().__init__`, or somebody has put
            something else there.
    """
    try:
        reason, until = waiting.reason, waiting.until
    except AttributeError:
        name = type(waiting).__name__
        raise TypeError(f"{name} has no reason; let its __init__ call super().__init__(reason)") from None
    if type(waiting) is Waiting and type(reason) is str and until is None:
        return waiting
    checked = Waiting(reason, until)
    if until is not None:
        int(until.timestamp() * 1_000_000)  # as it is saved
    return checked


class Transition:
    """A transition to the next task.

    Attributes:
        dest: name of the next task.
        cond: None, or a function of the context that says whether the transition is taken.
    """

    __slots__ = ("cond", "dest")

    def __init__(self, dest: Task | PendingTask | str, cond: Condition | None = None) -> None:
        """`dest` may be given as the task itself; TypeError for anything but a task or a name."""
        if not isinstance(dest, str):
            dest = _name_of(dest)
        if cond is not None and not callable(cond):
            raise TypeError(f"the condition of the transition to {dest} cannot be called: {cond!r}")
        self.dest = dest
        self.cond = cond

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Transition):
            return NotImplemented
        return self.dest == other.dest and self.cond == other.cond

    def __hash__(self) -> int:
        return hash((self.dest, self.cond))

    def __repr__(self) -> str:
        return f"Transition(dest={self.dest!r}, cond={self.cond!r})"


def _name_of(dest: object) -> str:
    """The name of a task; TypeError for what is none."""
    if isinstance(dest, Task):
        return dest.name
    if isinstance(dest, PendingTask):
        reason = f"{dest.func.__name__} is not a task (add @task() to it)"
        raise TypeError(f"followed_by({dest.func.__name__}): {reason}")
    raise TypeError(f"followed_by() takes a task or its name, not {dest!r}")


class Transitions(MutableSet[Transition]):
    """The transitions of a task: a set, as in wfepy, that keeps its order."""

    __slots__ = ("_backwards",)

    def __init__(self, items: Iterable[Transition] = ()) -> None:
        # Last one first: decorators are applied bottom up, thousands of them to one task in a fan.
        self._backwards = dict.fromkeys(reversed(dict.fromkeys(items))) if items else {}

    def __contains__(self, item: object) -> bool:
        return item in self._backwards

    def __iter__(self) -> Iterator[Transition]:
        return reversed(self._backwards)

    def __len__(self) -> int:
        return len(self._backwards)

    def add(self, value: Transition) -> None:
        """Put a transition behind the others, unless it is there."""
        if value not in self._backwards:
            self._backwards = {value: None, **self._backwards}

    def add_first(self, value: Transition) -> None:
        """Put a transition before the others, as each decorator stands above those applied before it."""
        if self._backwards:
            self._backwards.pop(value, None)
        self._backwards[value] = None

    def discard(self, value: Transition) -> None:
        """Take a transition away, if it is there."""
        self._backwards.pop(value, None)

    def __repr__(self) -> str:
        return f"Transitions({list(self)!r})"


class Task:
    """A task: a function of the context with its place in the graph.

    Attributes:
        func: the function; it returns true when done, false (or `Waiting`) to be called again next pass.
        name: the task's name, by default that of the function.
        labels: a set of words for people and filters.
        safe_to_repeat: the author says that running it twice does no harm.
        followed_by: its transitions, in written order.
        preceded_by: names of the tasks with a transition to it; filled by `Workflow.load_tasks`.
        is_start_point: tokens begin here.
        is_join_point: branches meet here.
        is_end_point: the workflow is reached here.
    """

    def __init__(
        self,
        func: Callable[..., Any],
        name: str | None = None,
        labels: Iterable[str] = (),
        *,
        safe_to_repeat: bool = False,
    ) -> None:
        self.func = func
        self.name: str = func.__name__ if name is None else name
        self.labels = set(labels)
        self.safe_to_repeat = safe_to_repeat
        self.followed_by = Transitions()
        self.preceded_by: set[str] = set()
        self.is_start_point = False
        self.is_join_point = False
        self.is_end_point = False
        # What functools.update_wrapper does, without its cost for each of thousands of tasks.
        self.__wrapped__ = func
        self.__name__ = getattr(func, "__name__", self.name)
        self.__qualname__ = getattr(func, "__qualname__", self.name)
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def has_labels(self, labels: Iterable[str], reducer: Callable[[Iterable[bool]], bool] = any) -> bool:
        """Whether it has any of `labels`, or all of them with `reducer=all`."""
        return reducer(label in self.labels for label in labels)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function itself: a task can be unit-tested like any function."""
        return self.func(*args, **kwargs)

    def __repr__(self) -> str:
        return f"Task({self.name!r})"


class PendingTask:
    """A function that has decorators but no `@task()` yet; one left over in a module is a mistake.

    Attributes:
        func: the function.
        pending: what to do to the task once there is one, in the order of application.
    """

    def __init__(self, func: Callable[..., Any]) -> None:
        self.func = func
        self.pending: list[Callable[[Task], None]] = []


def code_of(func: Any) -> CodeType | None:
    """The code of the function an author wrote, seen through partials and wrapping decorators; None: none."""
    while inner := getattr(func, "__wrapped__", None) or getattr(func, "func", None):
        func = inner
    code = getattr(func, "__code__", None)
    return code if isinstance(code, CodeType) else None


@overload
def task(func: Callable[[Any], Any], /) -> Task: ...


@overload
def task(
    name: str | None = None, labels: Iterable[str] = (), *, safe_to_repeat: bool = False
) -> Callable[[Callable[[Any], Any]], Task]: ...


def task(*args: Any, **kwargs: Any) -> Any:
    """Make a function a task: `@task()`, `@task("name", labels=[...], safe_to_repeat=True)`.

    The arguments are those of `Task` behind the function.
    """
    if len(args) == 1 and not kwargs and (callable(args[0]) or isinstance(args[0], PendingTask)):
        return _make_task(args[0])

    def decorator(func: _Decorated) -> Task:
        return _make_task(func, *args, **kwargs)

    return decorator


def _make_task(decorated: _Decorated, *args: Any, **kwargs: Any) -> Task:
    if isinstance(decorated, Task):
        raise TypeError(f"{decorated.name} has @task() twice (remove one)")
    if not isinstance(decorated, PendingTask):
        return Task(decorated, *args, **kwargs)
    made = Task(decorated.func, *args, **kwargs)
    for change in decorated.pending:
        change(made)
    return made


def _changing(change: Callable[[Task], None]) -> Callable[[_Decorated], Any]:
    """A decorator that makes `change` to the task, now or once there is one."""

    def decorator(decorated: _Decorated) -> Task | PendingTask:
        if isinstance(decorated, Task):
            change(decorated)
            return decorated
        if not isinstance(decorated, PendingTask):
            decorated = PendingTask(decorated)
        decorated.pending.append(change)
        return decorated

    return decorator


# For a type checker a decorated function stays what it is: a task, or a function that is to become one.


@overload
def followed_by(dest: Task | str, /) -> Callable[[_T], _T]: ...


@overload
def followed_by(dest: Task | str, cond: Condition | None = None) -> Callable[[_T], _T]: ...


def followed_by(*args: Any, **kwargs: Any) -> Any:
    """Add a transition: `@followed_by(next)` or `@followed_by(next, cond)`; `next` is a task or its name."""
    transition = Transition(*args, **kwargs)
    return _changing(lambda changed: changed.followed_by.add_first(transition))


def _set_start_point(changed: Task) -> None:
    changed.is_start_point = True


def _set_join_point(changed: Task) -> None:
    changed.is_join_point = True


def _set_end_point(changed: Task) -> None:
    changed.is_end_point = True


@overload
def start_point() -> Callable[[_T], _T]: ...


@overload
def start_point(func: _T, /) -> _T: ...


def start_point(func: Any = None, /) -> Any:
    """Tokens begin here."""
    return _point(_set_start_point, func)


@overload
def join_point() -> Callable[[_T], _T]: ...


@overload
def join_point(func: _T, /) -> _T: ...


def join_point(func: Any = None, /) -> Any:
    """Branches meet here: the task runs once every branch that can still arrive has arrived."""
    return _point(_set_join_point, func)


@overload
def end_point() -> Callable[[_T], _T]: ...


@overload
def end_point(func: _T, /) -> _T: ...


def end_point(func: Any = None, /) -> Any:
    """The workflow is reached here."""
    return _point(_set_end_point, func)


def _point(change: Callable[[Task], None], func: _Decorated | None) -> Any:
    decorator = _changing(change)
    return decorator if func is None else decorator(func)
