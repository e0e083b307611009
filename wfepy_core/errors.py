"""Every error this package raises on purpose.

    WfepyError
    ├── WorkflowError            a workflow definition or run is wrong (also a RuntimeError, as in wfepy)
    │   ├── ModuleLoadError      a workflow module cannot be found or imported
    │   │   └── CodeNotAgreedError  it is not the code that was agreed to, so it does not run
    │   ├── ModuleDriftError     a state and its module no longer name the same tasks
    │   └── ContextClashError    two branches run side by side changed the same context key
    ├── CodecError               a context value cannot be saved, or a saved one cannot be read; named by path
    ├── StateFileError           a state file cannot be read or written
    │   ├── UnreadableStateError it is missing, torn, of another version, or not a state file
    │   ├── StateConflictError   somebody else saved it since it was read
    │   ├── NotDurableError      it is saved, but may not survive a power cut
    │   └── LegacyImportError    a legacy pickle is refused, with the reason
    ├── LockedError              another process holds the instance
    ├── InterventionError        what an operator asked for does not fit where the instance stands
    │   ├── NoChangeError        it is so already
    │   └── HistoryError         the history does not reach to the moment that was named
    └── DrawingError             a picture cannot be made

Messages say what happened, where, and what to do; `hint` carries the last part on its own, for places
(a notice bar) that show it apart.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class WfepyError(Exception):
    """Base of all errors raised on purpose.

    Attributes:
        message: what happened and where, one sentence.
        hint: what to do about it, one sentence; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # Subclasses want keywords; by default a copy in another process would be made without them.
        return _restore_error, (type(self), self.args, self.__dict__)


def _restore_error(kind: type[WfepyError], args: tuple[Any, ...], members: dict[str, Any]) -> WfepyError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(members)
    return error


class Problem(NamedTuple):
    """One mistake in a workflow definition.

    Attributes:
        message: what is wrong.
        where: `file:line`, or empty when unknown.
        cure: what to change.
    """

    message: str
    where: str = ""
    cure: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" ({self.cure})" if self.cure else ""
        return f"{place}{self.message}{cure}"


class WorkflowError(WfepyError, RuntimeError):
    """A workflow definition or its run is wrong.

    Attributes:
        problems: each mistake with its place and cure; empty when there is just the message.
    """

    def __init__(self, message: str, *, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n  ".join([super().__str__(), *map(str, self.problems)])


class ModuleLoadError(WorkflowError):
    """A workflow module cannot be found or imported.

    Attributes:
        missing: whether there is no such module; else importing it failed.
    """

    def __init__(self, message: str, *, hint: str = "", missing: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.missing = missing


class CodeNotAgreedError(ModuleLoadError):
    """Code would run that is not what was agreed to.

    Attributes:
        paths: of its files; a dotted name where there is no file.
    """

    def __init__(self, message: str, *, hint: str = "", paths: Sequence[str] = ()) -> None:
        super().__init__(message, hint=hint)
        self.paths = tuple(paths)


class ModuleDriftError(WorkflowError):
    """A state and its module no longer name the same tasks.

    Attributes:
        added: tasks only the module has.
        removed: tasks only the state has.
        changed: tasks both have, with other points or transitions.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        added: Sequence[str] = (),
        removed: Sequence[str] = (),
        changed: Sequence[str] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.added = tuple(added)
        self.removed = tuple(removed)
        self.changed = tuple(changed)


class ContextClashError(WorkflowError):
    """Two branches run side by side changed the same context key.

    Attributes:
        key: the top-level context key both changed.
        tasks: the two tasks, in source order.
    """

    def __init__(self, message: str, *, key: object, tasks: tuple[str, str], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.key = key
        self.tasks = tasks


class CodecError(WfepyError):
    """A context value cannot be saved, or a saved one cannot be read.

    Attributes:
        path: where it is, for example `context.builds[3]`.
    """

    def __init__(self, message: str, *, path: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


class StateFileError(WfepyError):
    """A state file cannot be read or written.

    Attributes:
        path: the file.
    """

    def __init__(self, message: str, *, path: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


class UnreadableStateError(StateFileError):
    """The file is missing, torn, of another version, or not a state file."""


class StateConflictError(StateFileError):
    """Somebody else saved the file since it was read."""


class NotDurableError(StateFileError):
    """The new version of a file is in its place, but the disk would not say that it stays there."""


class LegacyImportError(StateFileError):
    """A legacy pickle is refused, with the reason."""


class LockedError(WfepyError):
    """Another process holds the instance.

    Attributes:
        path: the state file.
        holder: who holds it (a `storage.lock.Holder`), or None when that cannot be read.
    """

    def __init__(self, message: str, *, path: str, holder: object = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.holder = holder


class InterventionError(WfepyError):
    """What an operator asked for does not fit where the instance stands."""


class NoChangeError(InterventionError):
    """What an operator asked for is so already: nothing was changed."""


class HistoryError(InterventionError):
    """The history of an instance does not reach to the moment that was named."""


class DrawingError(WfepyError):
    """A picture cannot be made."""
