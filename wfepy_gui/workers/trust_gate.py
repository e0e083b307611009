"""The gate that lets code run only when the user agreed to it, and tells its process what may run."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_core.loading.agreement import Agreement
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QThreadPool

    from wfepy_gui.preferences.settings import Settings
    from wfepy_gui.preferences.trust import CodeFile


class TrustQuestion(NamedTuple):
    """What the user must agree to before it runs.

    Attributes:
        files: what would run and was not agreed to.
        agree: to be called when the user agrees; with a folder, to all that lies in it from now on.
        refuse: to be called when not.
        purpose: what would run them, as the beginning of a line that names them; empty: a pass or the like.
        changed: names of those that were agreed to with another content.
        again: an answer came before, and meanwhile it is other code.
    """

    files: tuple[CodeFile, ...]
    agree: Callable[..., None]
    refuse: Callable[[], None]
    purpose: str = ""
    changed: frozenset[str] = frozenset()
    again: bool = False


class _Wish(NamedTuple):
    """Something that wants to run code.

    Attributes:
        find_code, action, refuse, purpose: see `TrustGate.run`.
        agreed: what the user agreed to for it, for this once at least.
    """

    find_code: Callable[[], tuple[CodeFile, ...]]
    action: Callable[[Agreement], None]
    refuse: Callable[[], None]
    purpose: str
    agreed: frozenset[CodeFile] = frozenset()


class TrustGate(QObject):
    """Lets nothing run code that the user did not agree to.

    What may run is told to the process that runs it, which holds every file against it (`Agreement`): by then
    it may be another one than was found here.

    Attributes:
        ask: shows a `TrustQuestion` and returns at once; the answer comes by the functions in it.

    Signals:
        failed: why nobody can say what would run, an exception; so nothing does.
    """

    failed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        pool: QThreadPool,
        ask: Callable[[TrustQuestion], None],
        parent: QObject | None = None,
    ) -> None:
        """Make the gate.

        Args:
            settings: remembers what the user agreed to.
            pool: its threads look for code: that reads files, which others name.
            ask: see the class.
            parent: owns it.
        """
        super().__init__(parent)
        self._settings = settings
        self._pool = pool
        self.ask = ask
        self._searches: dict[QObject, BackgroundQuery] = {}
        self._wishes: dict[QObject, _Wish] = {}

    def agreement_on(self, code: Sequence[CodeFile]) -> Agreement | None:
        """What may run of some code; None: the user did not agree to all of it as it is now."""
        return None if self._find_untrusted(code) else self._agree_on(code)

    def forget(self) -> int:
        """Take back what the user agreed to; returns how many files and folders that were."""
        return self._settings.forget_trust()

    def run(
        self,
        asker: QObject,
        find_code: Callable[[], tuple[CodeFile, ...]],
        action: Callable[[Agreement], None],
        *,
        on_refused: Callable[[], None] | None = None,
        purpose: str = "",
    ) -> None:
        """Do something that runs code: soon if it is trusted, else when the user agrees.

        Args:
            asker: who wants it; what the same one wanted before and is still looked for is dropped.
            find_code: says which, in a pool thread; asked again after the answer, because it may be another
                by then. What the user did not agree to is asked about again.
            action: what to do, given what may run.
            on_refused: what to do when the user does not agree, or nobody can say what would run.
            purpose: see `TrustQuestion`.
        """
        self._find_for(asker, _Wish(find_code, action, on_refused or _do_nothing, purpose))

    def drop(self, asker: QObject) -> None:
        """Forget what this one wanted, as long as it is still looked for."""
        if self._wishes.pop(asker, None) is not None:
            self._searches[asker].forget()

    def stop(self) -> None:
        """Look for nothing any more: the program ends."""
        for search in self._searches.values():
            search.forget()

    def _find_for(self, asker: QObject, wish: _Wish) -> None:
        if asker not in self._searches:
            self._searches[asker] = search = BackgroundQuery(self._pool, self)
            search.answered.connect(partial(self._on_found, asker))
            search.failed.connect(partial(self._on_search_failed, asker))
        self._wishes[asker] = wish
        self._searches[asker].ask(wish.find_code)

    def _on_found(self, asker: QObject, code: tuple[CodeFile, ...]) -> None:
        wish = self._wishes.pop(asker)
        asked = tuple(file for file in self._find_untrusted(code) if file not in wish.agreed)
        if not asked:
            wish.action(self._agree_on(code))
            return

        def agree(folder: str = "") -> None:
            # What cannot be seen is agreed to for this once.
            self._settings.trust([file.key for file in asked if file.sha256])
            if folder:
                self._settings.trust_folder(folder)
            self._find_for(asker, wish._replace(agreed=wish.agreed | set(asked)))

        known = self._settings.paths_agreed_to()
        changed = frozenset(file.name for file in asked if file.name in known)
        self.ask(TrustQuestion(asked, agree, wish.refuse, wish.purpose, changed, bool(wish.agreed)))

    def _on_search_failed(self, asker: QObject, error: Exception) -> None:
        wish = self._wishes.pop(asker)
        self.failed.emit(error)
        wish.refuse()

    def _find_untrusted(self, files: Sequence[CodeFile]) -> tuple[CodeFile, ...]:
        outside = [file for file in files if not file.sha256 or not self._settings.trusts_folder(file.name)]
        if all(file.sha256 for file in outside) and self._settings.trusts([file.key for file in outside]):
            return ()
        return tuple(file for file in outside if not file.sha256 or not self._settings.trusts([file.key]))

    def _agree_on(self, code: Sequence[CodeFile]) -> Agreement:
        """What may run where this code does: it, and what else below its roots was agreed to before."""
        roots = {file.root for file in code if file.root}
        files = {
            path: sha256
            for sha256, path in self._settings.code_agreed_to()
            if any(path.startswith(os.path.join(root, "")) for root in roots)
        }
        files |= {file.name: file.sha256 for file in code if file.sha256}
        names = frozenset(file.name for file in code if not file.sha256)
        return Agreement(files, self._settings.trusted_folders, names)


def _do_nothing() -> None:
    """For those to whom a refusal makes no difference."""
