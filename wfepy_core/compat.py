"""Existing workflows of `wfepy` 0.1.1: `import wfepy` that resolves to this package.

Only here `Runner` is an attrs class, so that a user's `@attr.s class Runner(wfepy.Runner)` with attributes
and methods of its own works. It is made, and attrs imported, when somebody first names it: a workflow module
that needs the decorators alone costs a pass what one that says `import wfepy_core` does.
"""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

_NAMES = ("wfepy", "wfepy.workflow", "wfepy.utils")


class _Finder:
    """Finds `wfepy` and its submodules; made only when one of them is really imported.

    It is asked after all others, so a real `wfepy` comes first.
    """

    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Part of the import protocol."""
        if name not in _NAMES or not _is_free():
            return None
        # `importlib.machinery` has it from there too, and costs a pass the import of half of importlib.
        from _frozen_importlib import ModuleSpec

        return ModuleSpec(name, _Loader, is_package=name == "wfepy")  # type: ignore[arg-type]  # by protocol


class _Loader:
    """Fills the module."""

    @staticmethod
    def create_module(_spec: ModuleSpec) -> ModuleType | None:
        """Part of the import protocol: an ordinary module."""
        return None

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        """Part of the import protocol."""
        if module.__name__ == "wfepy.utils":
            vars(module).update(__getattr__=_later_name(module), __all__=("render_graph",))
        elif module.__name__ == "wfepy.workflow":
            names = _public_names()
            vars(module).update(names, __getattr__=_later_name(module), __all__=(*names, "Runner"))
        else:
            # One set of classes under both names: their `isinstance` must agree.
            __import__("wfepy.workflow")
            whole = vars(sys.modules["wfepy.workflow"])
            shared = {name: whole[name] for name in whole["__all__"] if name in whole}
            vars(module).update(shared, __getattr__=_later_name(module), __all__=whole["__all__"])
            vars(module).update(__version__="0.1.1")


def _later_name(module: ModuleType) -> Callable[[str], Any]:
    """The `__getattr__` of a module (PEP 562): makes what is dear when somebody asks for it, and keeps it."""

    def find_name(name: str) -> Any:
        if name == "Runner" and module.__name__ == "wfepy.workflow":
            value: Any = _attrs_runner()
        elif name == "Runner" and module.__name__ == "wfepy":
            value = sys.modules["wfepy.workflow"].Runner
        elif name == "render_graph" and module.__name__ == "wfepy.utils":
            from wfepy_core.operations.render_graph import render_graph as value
        else:
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        setattr(module, name, value)
        return value

    return find_name


def install_as_wfepy() -> bool:
    """Make `import wfepy`, `wfepy.workflow` and `wfepy.utils` resolve to this package.

    Returns:
        False, and nothing is done, when the real `wfepy` is installed.
    """
    from importlib.machinery import PathFinder

    if not _is_free() or ("wfepy" not in sys.modules and PathFinder.find_spec("wfepy") is not None):
        return False
    offer_as_wfepy()
    return True


def offer_as_wfepy() -> None:
    """Do the same for whoever imports `wfepy`, if anybody does; whether it is installed is seen then."""
    if _Finder not in sys.meta_path:
        sys.meta_path.append(_Finder)


def _is_free() -> bool:
    """Whether nobody else's `wfepy` is imported."""
    whole = sys.modules.get("wfepy")
    return whole is None or getattr(whole, "__loader__", None) is _Loader


def _public_names() -> dict[str, Any]:
    from wfepy_core.engine import task, workflow
    from wfepy_core.errors import WorkflowError
    from wfepy_core.model.status import TaskState

    class Workflow(workflow.Workflow):
        """A workflow whose `create_runner` makes the attrs `Runner`."""

        def create_runner(self, *args: Any, **kwargs: Any) -> Any:
            """A `Runner` of this workflow."""
            return sys.modules["wfepy.workflow"].Runner(self, *args, **kwargs)

    decorators = ("task", "followed_by", "start_point", "join_point", "end_point")
    return {
        "Workflow": Workflow,
        "WorkflowError": WorkflowError,
        "TaskState": TaskState,
        **{name: getattr(task, name) for name in ("Task", "Transition", "Waiting", *decorators)},
    }


def _attrs_runner() -> type:
    import attr

    from wfepy_core.engine import runner as plain

    @attr.s(eq=False)
    class Runner(plain.Runner):
        """`wfepy_core.Runner` as an attrs class."""

        workflow: Any = attr.ib()
        context: Any = attr.ib(default=None)

        def __attrs_post_init__(self) -> None:
            self.restore(None)

    return Runner
