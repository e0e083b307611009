"""What a person agreed to run: files by path and content, or folders as they are.

Whoever asks (the desktop) tells it to the process that runs the code, and that process holds every file
against it before it runs: between the question and the run, state file, modules and links may be others.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import CodeNotAgreedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wfepy_core.loading.source_file import SourceFile


class Agreement(NamedTuple):
    """What may run.

    Attributes:
        files: the SHA-256 of each file's content, by its path without links.
        folders: paths without links; everything in them may run, whatever it is by then.
        names: dotted modules that nobody could find when they were asked about: whatever they are.
    """

    files: Mapping[str, str]
    folders: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()

    def covers(self, source: SourceFile) -> bool:
        """Whether a file may run as it was read."""
        path = os.path.realpath(source.path)
        if self.files.get(path) == source.sha256:
            return True
        if not self.covers_place(path):
            return False
        try:
            found = os.stat(path)
        except OSError:
            return False
        # It was opened by its name: links may have led elsewhere at that moment.
        return (found.st_dev, found.st_ino) == source.identity

    def covers_place(self, path: str) -> bool:
        """Whether a path without links lies in a folder whose content may run."""
        return any(path.startswith(os.path.join(folder, "")) for folder in self.folders)

    def encode(self) -> bytes:
        """What `decode` reads."""
        import json

        members = {"files": dict(self.files), "folders": list(self.folders), "names": sorted(self.names)}
        return json.dumps(members).encode("ascii")


def decode(data: bytes) -> Agreement:
    """An agreement as another process has encoded it.

    Raises:
        ValueError: it is none.
    """
    import json

    members = json.loads(data)
    try:
        files, folders, names = members["files"], members["folders"], members["names"]
        texts = [*files, *files.values(), *folders, *names]
    except (TypeError, KeyError, AttributeError):
        raise ValueError("no agreement") from None
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("no agreement")
    return Agreement(files, tuple(folders), frozenset(names))


_IS_NOT = " is not what was agreed to"


def not_agreed(paths: Iterable[str]) -> CodeNotAgreedError:
    """The error for code that would run and was not agreed to."""
    first, *others = paths
    more = f" ({len(others)} more files are not)" if others else ""
    return CodeNotAgreedError(
        f"{first}{_IS_NOT}{more}",
        hint="nothing of it was run; start again to be asked about the code as it is now",
        paths=(first, *others),
    )


def path_in(message: str) -> str:
    """The file that the message of a `CodeNotAgreedError` names; empty: it is none."""
    path, found, _ = message.partition(_IS_NOT)
    return path if found else ""
