"""Which code would run, and the gate that lets it run only when the user agreed to it.

Reads module files as bytes; nothing is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wfepy_core.model.snapshot import WorkflowRef
    from wfepy_gui.preferences.settings import Settings


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


class TrustQuestion(NamedTuple):
    """What the user must agree to before it runs.

    Attributes:
        modules: whose code it is.
        agree: to be called when the user agrees.
        refuse: to be called when not.
        purpose: what would run them, as the beginning of a line that names them; empty: a pass or the like.
    """

    modules: tuple[Module, ...]
    agree: Callable[[], None]
    refuse: Callable[[], None]
    purpose: str = ""


class TrustGate:
    """Lets nothing run code that the user did not agree to.

    Attributes:
        ask: shows a `TrustQuestion` and returns at once; the answer comes by the functions in it.
    """

    def __init__(self, settings: Settings, ask: Callable[[TrustQuestion], None]) -> None:
        """Make the gate.

        Args:
            settings: remembers what the user agreed to.
            ask: see the class.
        """
        self._settings = settings
        self.ask = ask

    def trusts(self, modules: Sequence[Module]) -> bool:
        """Whether the user agreed to run all of these as they are now."""
        return self._settings.trusts([module.key for module in modules])

    def run(
        self,
        find_modules: Callable[[], tuple[Module, ...]],
        action: Callable[[], None],
        *,
        on_refused: Callable[[], None] | None = None,
        purpose: str = "",
    ) -> None:
        """Do something that runs modules: at once if they are trusted, else when the user agrees.

        Args:
            find_modules: says which; asked again after the answer, because they may be others by then. Those
                the user did not agree to are asked about again.
            action: what to do.
            on_refused: what to do when the user does not agree.
            purpose: see `TrustQuestion`.
        """
        modules = find_modules()
        if self.trusts(modules):
            action()
            return

        def agree() -> None:
            self._settings.trust([module.key for module in modules])
            self.run(find_modules, action, on_refused=on_refused, purpose=purpose)

        self.ask(TrustQuestion(modules, agree, on_refused or _do_nothing, purpose))


def _do_nothing() -> None:
    """For those to whom a refusal makes no difference."""
