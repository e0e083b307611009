"""What the desktop remembers from one start to the next, in one readable ini file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QSettings

from wfepy_core.storage.iso_time import END_OF_TIME
from wfepy_gui.preferences.timer_plan import SHORTEST_PAUSE, Plan
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.theme import SchemeChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

RECENT_KEPT = 12
TRUST_KEPT = 3000
TIMERS_KEPT = 200
LARGEST_ZOOM, FARTHEST = 100.0, 1e7
"""No view is left further away from anything."""
_MOST_DIGITS = 18  # of microseconds until the year 9999; far below what Python refuses to read


class Left(NamedTuple):
    """What was open when the window was closed.

    Attributes:
        path: of the state file; empty: none.
        roots: folders and files whose instances were listed.
        task: that was selected.
        anchor: the task nearest to the middle of the view; empty: nobody had moved the view.
        zoom: pixels per unit of the scene; 0: nobody had moved the view.
        across, down: from the middle of the anchor to the middle of the view, in units of the scene.
    """

    path: str = ""
    roots: tuple[str, ...] = ()
    task: str = ""
    anchor: str = ""
    zoom: float = 0.0
    across: float = 0.0
    down: float = 0.0


class Settings:
    """Typed access to the ini file; a value that makes no sense reads as its default.

    Args:
        path: the ini file; None: the user's own place for this program.
    """

    def __init__(self, path: str | None = None) -> None:
        if path is None:
            self._store = QSettings(
                QSettings.Format.IniFormat, QSettings.Scope.UserScope, "wfepy", "wfepy-gui"
            )
        else:
            self._store = QSettings(path, QSettings.Format.IniFormat)

    @property
    def path(self) -> str:
        """The ini file."""
        return self._store.fileName()

    def sync(self) -> None:
        """Write what was changed to the file now."""
        self._store.sync()

    # -- colours and recent files -------------------------------------------------------------------------

    @property
    def scheme(self) -> SchemeChoice:
        """The colours asked for last."""
        word = self._store.value("view/scheme", SchemeChoice.SYSTEM.value)
        return next((choice for choice in SchemeChoice if choice.value == word), SchemeChoice.SYSTEM)

    @scheme.setter
    def scheme(self, choice: SchemeChoice) -> None:
        self._store.setValue("view/scheme", choice.value)

    @property
    def animates(self) -> bool | None:
        """Whether the operator wants things to move; None: never said."""
        word = self._store.value("view/animates")
        return str(word).lower() == "true" if word is not None else None

    @animates.setter
    def animates(self, wanted: bool) -> None:
        self._store.setValue("view/animates", wanted)

    @property
    def marks_stuck(self) -> bool:
        """Whether the graph shows how long tasks are stuck; at first it does."""
        return str(self._store.value("view/heat", "true")).lower() == "true"

    @marks_stuck.setter
    def marks_stuck(self, wanted: bool) -> None:
        self._store.setValue("view/heat", wanted)

    @property
    def recent(self) -> tuple[str, ...]:
        """Files and folders opened lately, latest first."""
        return self._texts("recent/paths")[:RECENT_KEPT]

    def add_recent(self, path: str) -> None:
        """Put a path at the front of the recent ones."""
        rest = [known for known in self.recent if known != path]
        self._store.setValue("recent/paths", [path, *rest][:RECENT_KEPT])

    # -- what was open ------------------------------------------------------------------------------------

    @property
    def reopens(self) -> bool:
        """Whether a start without arguments opens what was open last; at first it does."""
        return str(self._store.value("start/reopens", "true")).lower() == "true"

    @reopens.setter
    def reopens(self, wanted: bool) -> None:
        self._store.setValue("start/reopens", wanted)

    @property
    def left(self) -> Left:
        """What was open when the window was closed last."""
        words = (self._store.value(f"start/{name}", "") for name in ("path", "task", "anchor"))
        path, task, anchor = (word if isinstance(word, str) else "" for word in words)
        try:
            zoom, across, down = map(float, self._texts("start/place"))
        except ValueError:
            zoom = across = down = 0.0
        is_sound = 0.0 < zoom < LARGEST_ZOOM and abs(across) < FARTHEST and abs(down) < FARTHEST
        left = Left(path=path, roots=self._texts("start/roots"), task=task)
        return left._replace(anchor=anchor, zoom=zoom, across=across, down=down) if is_sound else left

    @left.setter
    def left(self, left: Left) -> None:
        values = {"path": left.path, "task": left.task, "anchor": left.anchor, "roots": list(left.roots)}
        place = [repr(number) for number in (left.zoom, left.across, left.down)]
        for name, value in {**values, "place": place}.items():
            self._store.setValue(f"start/{name}", value)

    # -- trust --------------------------------------------------------------------------------------------

    def trusts(self, keys: Sequence[str]) -> bool:
        """Whether the user agreed to run all of these (see `trust.CodeFile.key`)."""
        known = set(self._texts("trust/code"))
        return all(key in known for key in keys)

    def trust(self, keys: Sequence[str]) -> None:
        """Remember that the user agreed to run these."""
        rest = [known for known in self._texts("trust/code") if known not in keys]
        self._store.setValue("trust/code", [*rest, *keys][-TRUST_KEPT:])

    def code_agreed_to(self) -> list[tuple[str, str]]:
        """The files the user agreed to: hash of the content, path."""
        parts = [key.partition(" ") for key in self._texts("trust/code")]
        return [(sha256, path) for sha256, _, path in parts]

    def paths_agreed_to(self) -> frozenset[str]:
        """The files the user agreed to once, whatever they held then."""
        return frozenset(path for _, path in self.code_agreed_to())

    @property
    def trusted_folders(self) -> tuple[str, ...]:
        """The folders that the user trusts as a whole."""
        return self._texts("trust/folders")

    def trusts_folder(self, path: str) -> bool:
        """Whether a file lies in a folder that the user trusts as a whole."""
        return any(path.startswith(os.path.join(folder, "")) for folder in self._texts("trust/folders"))

    def trust_folder(self, folder: str) -> None:
        """Remember that everything in a folder may run, also when it changes."""
        rest = [known for known in self._texts("trust/folders") if known != folder]
        self._store.setValue("trust/folders", [*rest, folder][-TRUST_KEPT:])

    def forget_trust(self) -> int:
        """Forget every agreement; returns how many files and folders there were."""
        count = len(self._texts("trust/code")) + len(self._texts("trust/folders"))
        self._store.remove("trust")
        return count

    # -- the Python of a workflow ---------------------------------------------------------------------------

    @property
    def interpreters(self) -> dict[str, str]:
        """The chosen Python by the folder of the workflow module."""
        words = self._texts("run/interpreters")
        return dict(zip(words[::2], words[1::2], strict=False))

    def knows_interpreter(self, folder: str) -> bool:
        """Whether the operator chose for this folder, be it the desktop's own."""
        return folder in self.interpreters

    def choose_interpreter(self, folder: str, python: str) -> None:
        """Remember the Python of a folder; empty: the desktop's own."""
        pairs = {**self.interpreters, folder: python}.items()
        self._store.setValue("run/interpreters", [word for pair in pairs for word in pair])

    @property
    def search_paths(self) -> dict[str, tuple[str, ...]]:
        """Where each chosen Python looks for modules, as it said when it was tried."""
        words = self._texts("run/search_paths")
        found = zip(words[::2], words[1::2], strict=False)
        return {python: tuple(places.split(os.pathsep)) for python, places in found}

    def remember_search_path(self, python: str, places: Sequence[str]) -> None:
        """Remember where a Python looks for modules."""
        pairs = {**self.search_paths, python: tuple(places)}.items()
        words = [word for known, path in pairs for word in (known, os.pathsep.join(path))]
        self._store.setValue("run/search_paths", words)

    # -- times ----------------------------------------------------------------------------------------------

    @property
    def time_style(self) -> TimeStyle:
        """How moments are shown."""
        word = self._store.value("view/times", TimeStyle.LOCAL.value)
        return next((style for style in TimeStyle if style.value == word), TimeStyle.LOCAL)

    @time_style.setter
    def time_style(self, style: TimeStyle) -> None:
        self._store.setValue("view/times", style.value)

    # -- timers -------------------------------------------------------------------------------------------

    @property
    def plans(self) -> dict[str, Plan]:
        """The timers the user gave to instances, by state file."""
        return self._plans()

    def set_plan(self, path: str, plan: Plan | None) -> None:
        """Remember the timer of an instance; None: it has none any more."""
        plans = self._plans()
        plans.pop(path, None)
        if plan is not None:
            plans[path] = plan
        lines = [f"{plan.every} {plan.until} {path}" for path, plan in plans.items()]
        self._store.setValue("timers/plans", lines[-TIMERS_KEPT:])

    def _plans(self) -> dict[str, Plan]:
        plans = {}
        for line in self._texts("timers/plans"):
            every, _, rest = line.partition(" ")
            until, _, path = rest.partition(" ")
            numbers = [int(word) for word in (every, until) if word.isdecimal() and len(word) <= _MOST_DIGITS]
            is_plan = len(numbers) == 2 and numbers[0] >= SHORTEST_PAUSE and max(numbers) < END_OF_TIME
            if path and is_plan:
                plans[path] = Plan(*numbers)
        return plans

    # -- windows ------------------------------------------------------------------------------------------

    def bytes_of(self, name: str) -> QByteArray:
        """A saved geometry, window or header state; empty when there is none."""
        value = self._store.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, name: str, state: QByteArray) -> None:
        """Save a geometry, window or header state."""
        self._store.setValue(f"window/{name}", state)

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._store.value(key)
        if isinstance(value, str):  # an ini file does not tell a list of one from a text
            return (value,) if value else ()
        if isinstance(value, list):
            return tuple(text for text in value if isinstance(text, str))
        return ()
