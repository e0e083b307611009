"""Which code would run. Reads files as bytes and parses their imports; nothing is run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading.code_files import find_code, is_file_name, lies_below
from wfepy_core.loading.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


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
    modules: Sequence[str],
    folder: Path,
    search_path: Sequence[str] | None = None,
    asked_for: Iterable[str] = (),
) -> tuple[CodeFile, ...]:
    """The modules and what they import below their roots, as it would run now; the modules come first.

    Args:
        modules: as a state file spells them.
        folder: where that file lies.
        search_path: where the Python that would run them looks for dotted names; None: it is this one.
        asked_for: files that a pass wanted to run, by names that only it knows.

    Raises:
        ModuleLoadError: it is more than any workflow's code.
    """
    found = find_code(modules, str(folder), search_path)
    unseen = [
        CodeFile(spelled, "")
        for spelled, path in zip(modules, found.modules, strict=True)
        # Of a file that is not there, or is none, whoever wants to run it says so.
        if path not in found.files and not is_file_name(spelled)
    ]
    files = [*found.files.values(), *_read(path for path in asked_for if path not in found.files)]
    seen = [
        CodeFile(
            os.path.realpath(file.path),
            file.sha256,
            next((root for root in found.roots if lies_below(file.path, root)), ""),
        )
        for file in files
    ]
    return (*seen, *unseen)


def _read(paths: Iterable[str]) -> Iterator[SourceFile]:
    for path in paths:
        try:
            yield SourceFile(path)
        except (OSError, ValueError, ModuleLoadError):
            continue  # so it cannot run
