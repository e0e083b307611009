"""Which code a pass would run, so that the user can be asked before the first one.

Reads module files as bytes; nothing is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wfepy_core.model.snapshot import WorkflowRef


class Module(NamedTuple):
    """One workflow module as it would run now.

    Attributes:
        name: its path, or its dotted name when it is not a file we can see.
        sha256: of its content; empty for a dotted name or a missing file.
    """

    name: str
    sha256: str

    @property
    def key(self) -> str:
        """What is remembered when the user agrees: path and content."""
        return f"{self.sha256 or 'unseen'} {self.name}"


def modules_of(workflow: WorkflowRef, folder: Path) -> tuple[Module, ...]:
    """The modules of an instance whose state file lies in `folder`."""
    return seen_modules(workflow.modules, folder)


def seen_modules(modules: Sequence[str], folder: Path) -> tuple[Module, ...]:
    """Modules as they are spelled in `folder`, each with its content as it is now."""
    return tuple(_module(spelled, folder) for spelled in modules)


def module_path(spelled: str, folder: Path) -> Path | None:
    """The file of a module as it is spelled in a state file; None for a dotted name."""
    if spelled.endswith(".py") or "/" in spelled or "\\" in spelled:
        return (folder / spelled).resolve()
    return None


def _module(spelled: str, folder: Path) -> Module:
    path = module_path(spelled, folder)
    if path is None:
        return Module(spelled, "")
    import hashlib  # noqa: PLC0415  start-up time

    try:
        return Module(str(path), hashlib.sha256(path.read_bytes()).hexdigest())
    except OSError:
        return Module(str(path), "")
