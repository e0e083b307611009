"""Which code would run, and the gate that lets it run only when the user agreed to it.

Reads files as bytes and parses their imports; nothing is run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.loading.code_files import find_code, is_file_name, lies_below

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wfepy_gui.preferences.settings import Settings


class CodeFile(NamedTuple):
    """One file of the code that would run.

    Attributes:
        name: its path, links resolved; of a module that cannot be found from here, as it is spelled.
        sha256: of its content; empty: it cannot be found, so nobody can say what would run.
        root: the folder it is imported from, or the package it belongs to; empty: not known.
    """

    name: str
    sha256: str
    root: str = ""

    @property
    def key(self) -> str:
        """What is remembered when the user agrees: path and content."""
        return f"{self.sha256} {self.name}"


def find_code_files(
    modules: Sequence[str], folder: Path, search_path: Sequence[str] | None = None
) -> tuple[CodeFile, ...]:
    """The modules and what they import below their roots, as it would run now; the modules come first.

    Args:
        modules: as a state file spells them.
        folder: where that file lies.
        search_path: where the Python that would run them looks for dotted names; None: it is this one.
    """
    found = find_code(modules, str(folder), search_path)
    unseen = [
        CodeFile(path or spelled, "")
        for spelled, path in zip(modules, found.modules, strict=True)
        # Where there is no file there is nothing to agree to: whoever wants to run it says what is missing.
        if path not in found.files and (not path or os.path.lexists(path))
    ]
    seen = [
        CodeFile(
            os.path.realpath(path),
            source.sha256,
            next((root for root in found.roots if lies_below(path, root)), ""),
        )
        for path, source in found.files.items()
    ]
    return (*seen, *unseen)


def module_path(spelled: str, folder: Path) -> Path | None:
    """The file of a module as it is spelled in a state file; None for a dotted name."""
    return (folder / spelled).resolve() if is_file_name(spelled) else None


class TrustQuestion(NamedTuple):
    """What the user must agree to before it runs.

    Attributes:
        files: what would run and was not agreed to.
        agree: to be called when the user agrees; with a folder, to all that lies in it from now on.
        refuse: to be called when not.
        purpose: what would run them, as the beginning of a line that names them; empty: a pass or the like.
        changed: names of those that were agreed to with another content.
    """

    files: tuple[CodeFile, ...]
    agree: Callable[..., None]
    refuse: Callable[[], None]
    purpose: str = ""
    changed: frozenset[str] = frozenset()


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

    def trusts(self, files: Sequence[CodeFile]) -> bool:
        """Whether the user agreed to run all of these as they are now."""
        return not self._find_untrusted(files)

    def forget(self) -> int:
        """Take back what the user agreed to; returns how many files and folders that were."""
        return self._settings.forget_trust()

    def run(
        self,
        find_code: Callable[[], tuple[CodeFile, ...]],
        action: Callable[[], None],
        *,
        on_refused: Callable[[], None] | None = None,
        purpose: str = "",
    ) -> None:
        """Do something that runs code: at once if it is trusted, else when the user agrees.

        Args:
            find_code: says which; asked again after the answer, because it may be another by then. What the
                user did not agree to is asked about again.
            action: what to do.
            on_refused: what to do when the user does not agree.
            purpose: see `TrustQuestion`.
        """
        self._run(find_code, action, on_refused or _do_nothing, purpose, frozenset())

    def _run(
        self,
        find_code: Callable[[], tuple[CodeFile, ...]],
        action: Callable[[], None],
        refuse: Callable[[], None],
        purpose: str,
        agreed: frozenset[CodeFile],
    ) -> None:
        asked = tuple(file for file in self._find_untrusted(find_code()) if file not in agreed)
        if not asked:
            action()
            return

        def agree(folder: str = "") -> None:
            # What cannot be seen is agreed to for this once.
            self._settings.trust([file.key for file in asked if file.sha256])
            if folder:
                self._settings.trust_folder(folder)
            self._run(find_code, action, refuse, purpose, agreed | set(asked))

        known = self._settings.paths_agreed_to()
        changed = frozenset(file.name for file in asked if file.name in known)
        self.ask(TrustQuestion(asked, agree, refuse, purpose, changed))

    def _find_untrusted(self, files: Sequence[CodeFile]) -> tuple[CodeFile, ...]:
        outside = [file for file in files if not file.sha256 or not self._settings.trusts_folder(file.name)]
        if all(file.sha256 for file in outside) and self._settings.trusts([file.key for file in outside]):
            return ()
        return tuple(file for file in outside if not file.sha256 or not self._settings.trusts([file.key]))


def _do_nothing() -> None:
    """For those to whom a refusal makes no difference."""
