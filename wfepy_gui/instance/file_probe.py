"""What can be known of a state file without reading it: is it there, may it be written, who holds it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.errors import StateFileError
from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_core.storage.journal_lines import journal_path
from wfepy_core.storage.lock import lock_path, read_holder
from wfepy_core.storage.output_file import output_path
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.file_stamp import FileStamp, stamp_of

if TYPE_CHECKING:
    from wfepy_core.storage.lock import Holder


class FileProbe(NamedTuple):
    """A state file as it was found.

    Attributes:
        path: of the state file.
        exists: whether it is there.
        read_only: why it cannot be written; empty when it can.
        is_folder: whether it is the folder that cannot be written.
        holder: who holds its lock; None: nobody.
        has_backup: whether a previous version lies beside it.
        file: stamp of the state file.
        journal: stamp of its journal.
        lock: stamp of its lock file, which tells of passes that changed nothing.
        output: stamp of the file with what its tasks print.
    """

    path: str
    exists: bool
    read_only: str = ""
    is_folder: bool = False
    holder: Holder | None = None
    has_backup: bool = False
    file: FileStamp | None = None
    journal: FileStamp | None = None
    lock: FileStamp | None = None
    output: FileStamp | None = None


Stamps = tuple[FileStamp | None, FileStamp | None, FileStamp | None]


def stamps_of(path: str) -> Stamps:
    """The stamps of a state file, its journal and its lock; none where it is a link that leads nowhere."""
    try:
        return stamp_of(path), stamp_of(journal_path(path)), stamp_of(lock_path(path))
    except StateFileError:
        return None, None, None


def probe_file(path: str) -> FileProbe:
    """Look at a state file now. Reads nothing of its content."""
    file, journal, lock = stamps_of(path)
    has_backup = os.path.exists(path + BACKUP_SUFFIX)
    if file is None:
        return FileProbe(path, exists=False, has_backup=has_backup, journal=journal)
    return FileProbe(
        path,
        exists=True,
        read_only=read_only_reason(path),
        is_folder=not _is_writable_folder(os.path.dirname(os.path.realpath(path))),
        holder=read_holder(path),
        has_backup=has_backup,
        file=file,
        journal=journal,
        lock=lock,
        output=stamp_of(output_path(os.path.realpath(path))),
    )


def read_only_reason(path: str) -> str:
    """Why a state file cannot be saved here; empty when it can.

    A save makes a new file beside it and takes its place, so the folder counts as much as the file.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    if not _is_writable_folder(folder):
        return tr("the folder {} cannot be written by you").format(folder)
    if not os.access(target, os.W_OK):
        return tr("the file is write-protected")
    return ""


def _is_writable_folder(folder: str) -> bool:
    """Whether files can be made in a folder."""
    return os.access(folder, os.W_OK | os.X_OK)
