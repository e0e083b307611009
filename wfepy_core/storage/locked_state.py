"""A state file under its lock: what may be done to it, and in which order so that nothing is ever lost.

First the event goes into the journal, then, once, a new state file replaces the old one. Its `saved.journal`
is the size of the journal at that moment: what stands behind is newer. So a file that names more bytes than
the journal has (somebody deleted the journal, or it was just moved away) is corrected before a line is added.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import NotDurableError, StateFileError
from wfepy_core.model.actor import this_process
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.events import Intervened, PassStarted, SnapshotTaken, encode
from wfepy_core.model.snapshot import Saved
from wfepy_core.model.status import Durability, InterventionKind, Origin
from wfepy_core.model.summary import summary_of
from wfepy_core.storage.atomic_file import (
    check_replaceable,
    has_time,
    real_path,
    replace_file,
    set_time,
    time_of,
)
from wfepy_core.storage.conflict import refuse_conflict
from wfepy_core.storage.file_access import disk_error
from wfepy_core.storage.file_names import BACKUP_SUFFIX, JOURNAL_SUFFIX, STATE_SUFFIX
from wfepy_core.storage.iso_time import END_OF_TIME, check_clock, within_time
from wfepy_core.storage.journal import (
    MAX_BYTES,
    begins_with_snapshot,
    is_of_another,
    journal_size,
    owner_of,
)
from wfepy_core.storage.journal_lines import JournalWriter, journal_path
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.lock_text import Polls, unknown_starts
from wfepy_core.storage.reserved_room import ReservedRoom
from wfepy_core.storage.state_document import Document
from wfepy_core.storage.state_file import checked, read_document, replay
from wfepy_core.storage.state_serialization import MAX_COUNT, compose, new_identity

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from wfepy_core.model.events import Event, TaskStarted
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import InstanceStatus
    from wfepy_core.model.summary import Summary
    from wfepy_core.storage.state_serialization import Parts


class LockedState:
    """A state file and its journal, held by this process; a context manager that frees them.

    Args:
        path: the state file.
        purpose: what for: `advance`, `edit`.
        durability: what a power cut cannot undo.
        timeout: seconds to wait for the lock; None: not at all.

    Raises:
        LockedError: another process holds it.
        UnreadableStateError: the file is missing, torn, of another version, or not a state file.

    Attributes:
        path: the state file, absolute, links resolved.
        document: its text.
        generation_found: whoever looked before saw that one; None: it has not changed since.
    """

    def __init__(
        self,
        path: str,
        *,
        purpose: str,
        durability: Durability = Durability.TASK,
        timeout: float | None = None,
    ) -> None:
        self._sync = durability is Durability.TASK
        self._purpose = purpose
        self._journal: JournalWriter | None = None
        self._room: ReservedRoom | None = None  # of a pass; an edit that finds none changes nothing
        self._synced_end = 0  # in the journal; what stands before was there when it was opened
        self._is_replaceable = False  # whether that was looked at
        self.generation_found: int | None = None
        check_clock(path)
        if not path.endswith(STATE_SUFFIX) or not os.path.isfile(real_path(path)):
            read_document(path)  # what is no state file gets no lock file beside it
        self._lock = StateLock(path, purpose=purpose).acquire(timeout=timeout)
        self.path = self._lock.path
        try:
            self.document = read_document(self.path)
            if purpose == "advance":
                self._room = ReservedRoom(self.path, len(self.document.data))
            if is_of_another(owner_of(journal_path(self.path)), self.document.head.id):
                self._set_aside_others()
            saved_at = self.document.head.saved.at
            if saved_at and not self._has_time(saved_at):
                self._note_outside_change()
            if self._lock.text.interrupted:
                self._write_interrupted()
        except BaseException as error:
            if purpose == "advance":
                self._lock.note_pass(error, self._lock.text.polls)
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._purpose == "advance":
            self._lock.note_pass(error, self.polls)
        self._close()

    def _close(self) -> None:
        if self._room is not None:
            self._room.give_back()
        try:
            if self._journal is not None:
                self._journal.close()
        finally:
            self._lock.release()

    @property
    def polls(self) -> Polls:
        """What passes since the last save did that changed nothing."""
        polls, generation = self._lock.text.polls, self.document.head.generation
        return polls if polls is not None and polls.generation == generation else Polls(generation, {})

    def snapshot(self) -> Snapshot:
        """The instance as it is now: the document, the newer events of the journal, and polls."""
        return replay(self.document, self._lock.whole_text())

    # -- polls: they leave no line unless something comes of them -----------------------------------------

    def note_poll(self, start: TaskStarted) -> None:
        """A waiting task is about to be called again: if this process dies of it, that is known.

        Raises:
            StateFileError: what comes of it could not be saved.
        """
        if not self._is_replaceable:
            check_replaceable(self.path)
            self._is_replaceable = True
        self._lock.note_poll(start)

    def note_poll_end(self, task: str) -> None:
        """It came back, and the journal has what came of it, if anything."""
        self._lock.note_poll_end(task)

    def note_pass(self, ended: str, polls: Polls | None) -> None:
        """Remember the pass that ends: how, and the polls since the last save; None: it has saved."""
        self._lock.note_pass(ended, polls)

    def _write_interrupted(self) -> None:
        """Let the journal tell of polls whose process died; till then only the lock file does."""
        starts = unknown_starts(replay(self.document), self._lock.text.interrupted)
        dead, first = self._lock.predecessor, next(iter(starts), None)
        if dead and first and self.journal_end == self.document.head.saved.journal:
            self.append(PassStarted(first.generation, first.at, dead.user, dead.host, dead.pid), sync=False)
        for start in starts:
            self.append(start, sync=False)
        self._lock.forget_interrupted()

    # -- the journal and the file -------------------------------------------------------------------------

    @property
    def journal_end(self) -> int:
        """Size of the journal in bytes."""
        return journal_size(self.path) if self._journal is None else self._journal.size

    def open_journal(self, before: Snapshot | None = None) -> JournalWriter:
        """The journal, ready for lines.

        Args:
            before: the instance as it was before what is to be told first; None: as it was saved.

        Raises:
            StateFileError: it cannot be opened, or the state file not be corrected or replaced.
        """
        if self._journal is None:
            check_replaceable(self.path)
            saved_size, size = self.document.head.saved.journal, journal_size(self.path)
            if size in (0, saved_size) and self._needs_segment(size):
                self._begin_segment(before or self.document.snapshot())
            elif size < saved_size:
                self._correct_journal_size(0)
            journal = JournalWriter(journal_path(self.path), sync=self._sync, like=self.path, room=self._room)
            self._journal, self._synced_end = journal, journal.size
            if self._room is not None:
                self._room.require_for_file(journal.size)
        return self._journal

    def require_room(self) -> None:
        """Before any task is called: what it leaves behind must find room, or it would be called for ever.

        From now on room is kept while tasks run, but for polls on a disk with room in plenty.

        Raises:
            StateFileError: the disk is full, or nothing could be saved for another reason.
        """
        generation = self.document.head.generation
        if generation >= MAX_COUNT:
            raise StateFileError(
                f"{self.path} is at generation {generation}, after which none can be saved;"
                " no task was called",
                path=self.path,
                hint="somebody changed that number by hand: correct it in the file",
            )
        if self._room is not None:
            self._room.require()

    def keep_room(self, *, is_poll: bool) -> None:
        """A task is about to be called: keep room, if it is not kept, for what it leaves behind.

        Raises:
            StateFileError: there is none; it must not be called.
        """
        if self._room is not None and (not is_poll or self._room.was_needed):
            self._room.take()

    def append(self, event: Event, *, sync: bool = True, is_after_call: bool = True) -> int:
        """Add an event to the journal; without `sync`, it may wait for the next one that has it.

        Args:
            event: what happens.
            sync: whether it counts at once.
            is_after_call: see `JournalWriter.append`.

        Returns:
            The size of the journal then.

        Raises:
            StateFileError: it has no JSON form, or could not be written; the journal is as it was before.
        """
        journal = self._journal or self.open_journal()
        if not 0 <= event.at < END_OF_TIME:  # the clock was set meanwhile; the line has to be read again
            event = event._replace(at=within_time(event.at))
        try:
            line = encode(event)
        except (ValueError, TypeError, RecursionError) as error:
            raise StateFileError(f"cannot save {self.path}: {error}", path=self.path) from error
        journal.append(line, sync=sync, is_after_call=is_after_call)
        size = journal.size
        if sync and self._sync:
            self._synced_end = size
        return size

    def note(self, event: Event) -> None:
        """Add an event that changes nothing of the instance: the file stays the version it is.

        Raises:
            StateFileError: as `append`; the journal is as before.
        """
        journal = self.open_journal()
        before = journal.size
        self.append(event)
        if before != self.document.head.saved.journal:
            return
        try:
            self._correct_journal_size(journal.size)
        except NotDurableError:
            raise  # it is done: the journal has to say so
        except StateFileError:
            self.rewind(before)
            raise

    def rewind(self, to: int) -> None:
        """Take back the events appended since `journal_end` was `to`."""
        self.open_journal().rewind(to)
        self._synced_end = min(self._synced_end, to)

    def save(
        self,
        generation: int,
        status: InstanceStatus,
        summary: Summary,
        parts: Parts,
        *,
        by: str = "",
        keep_previous: bool = True,
    ) -> Saved:
        """Replace the state file; everything appended before is on the disk first.

        Args:
            generation: the new one.
            status: of the instance.
            summary: of the instance.
            parts: all members.
            by: who; by default the user of this process.
            keep_previous: as `.bak`; False: that stays the version it is.

        Raises:
            StateConflictError: somebody saved it in spite of the lock; what was to be saved is in a file
                beside it, named in the message.
            StateFileError: it could not be saved; the old version is there.
        """
        self._lock.require()
        if self._journal is not None and self._journal.size > self._synced_end:
            self._journal.flush()
            self._synced_end = self._journal.size
        me = this_process()
        saved = Saved(me.at, by or me.user, me.host, me.pid, self.journal_end)
        identity = self.document.head.id or new_identity()
        data = compose(identity, generation, status, saved, summary, parts)
        document = checked(self.path, data)
        refuse_conflict(self.path, self.document.data, data, generation)
        if self._room is not None:
            self._room.give_back()
        backup = BACKUP_SUFFIX if keep_previous else None
        replace_file(self.path, data, backup=backup, changed_at=saved.at)
        self.document = document
        return saved

    def _has_time(self, saved_at: int) -> bool:
        """Whether nobody changed the file since its save, as far as its time tells."""
        try:
            return has_time(self.path, saved_at)
        except OSError as error:
            raise disk_error("read", self.path, error) from error

    def _note_outside_change(self) -> None:
        """Let the history tell what somebody changed in the file by other means; it is a version as well.

        The `.bak` stays what it is: the last version before.

        Raises:
            UnreadableStateError: it makes no sense; a pass that copies members unread would make it its own.
        """
        from wfepy_core.storage.outside_changes import outside_change
        from wfepy_core.storage.state_serialization import snapshot_parts

        now = self.snapshot()
        found = outside_change(self.path, now, file_generation=self.document.head.generation)
        if found is None:
            set_time(self.path, self.document.head.saved.at)
            return
        self.generation_found = now.generation
        self.open_journal(found.before)
        self.append(found.event)
        now = now._replace(interrupted=True)
        parts = snapshot_parts(now)
        self.save(found.generation + 1, instance_status(now), summary_of(now), parts, keep_previous=False)

    def _set_aside_others(self) -> None:
        """Put away what an earlier instance of this name has left: this one has another history."""
        from wfepy_core.storage.leftovers import set_aside

        head = self.document.head
        self._lock.forget_earlier()
        kept = os.path.basename(set_aside(self.path, head.id))
        why = f"the journal of another instance lay here; it is kept as {kept}{JOURNAL_SUFFIX}"
        self.note(Intervened(head.generation, this_process().at, InterventionKind.NOTE, by="", reason=why))

    def _needs_segment(self, size: int) -> bool:
        """Whether the journal is to be begun anew: there is none, it is full, or it cannot be replayed."""
        # Each segment begins with all of the instance: where that is large, it has to hold more.
        limit = MAX_BYTES + 2 * len(self.document.data)
        return not size or size > limit or not begins_with_snapshot(journal_path(self.path))

    def _begin_segment(self, snapshot: Snapshot) -> None:
        """Close the journal, no line of which is newer than the state file, and begin it anew."""
        from wfepy_core.storage.leftovers import set_aside
        from wfepy_core.storage.segments import begin_segment
        from wfepy_core.storage.versions import version_of

        identity = self.document.head.id or new_identity()
        if self.document.head.id:
            set_aside(self.path, identity)
        event = SnapshotTaken(
            snapshot.generation, snapshot.saved.at, Origin.SEGMENT, version_of(snapshot), id=identity
        )
        self._correct_journal_size(begin_segment(self.path, event, like=self.path), identity)

    def _correct_journal_size(self, size: int, identity: str = "") -> None:
        """Save the file as it is, but for up to where the journal is contained in it.

        It keeps its time: one by which somebody changed it is one until the journal tells of that.
        """
        head = self.document.head
        saved = head.saved._replace(journal=size)
        parts = self.document.parts()
        identity = head.id or identity
        data = compose(identity, head.generation, head.status, saved, head.summary, parts)
        refuse_conflict(self.path, self.document.data, data, head.generation)
        changed_at = time_of(self.path) if head.saved.at else None
        replace_file(self.path, data, backup=None, changed_at=changed_at)
        self.document = Document(self.path, data)
