"""What is the matter with the state file that is open, and which way out there is."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_core.loading.agreement import Agreement
from wfepy_gui.instance.drift_mapping import Drift, drift_in
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.workers.child_process import agreed_command
from wfepy_gui.workers.command_process import CommandOutcome, CommandProcess

if TYPE_CHECKING:
    from wfepy_core.storage.lock import Holder
    from wfepy_gui.instance.file_probe import FileProbe
    from wfepy_gui.instance.file_watcher import FileWatcher
    from wfepy_gui.instance.session import Session
    from wfepy_gui.passes.pass_outcome import PassOutcome
    from wfepy_gui.text.time_format import Clock


@enum.unique
class FileProblem(enum.Enum):
    """What can be the matter, worst first. `value` is the caption, see `label_of`."""

    MISSING = QT_TR_NOOP("Missing")
    UNREADABLE = QT_TR_NOOP("Unreadable")
    READ_ONLY = QT_TR_NOOP("Read-only")
    READ_ONLY_FOLDER = QT_TR_NOOP("Read-only folder")
    LOCKED = QT_TR_NOOP("Locked")
    DRIFTED = QT_TR_NOOP("Module changed")
    NONE = ""


class FileState(NamedTuple):
    """The state of a state file.

    Attributes:
        problem: what is the matter.
        sentence: what is wrong, for people.
        way_out: what can be done about it.
    """

    problem: FileProblem = FileProblem.NONE
    sentence: str = ""
    way_out: str = ""


class FileHealth(QObject):
    """Follows a session and what is found of its file.

    Signals:
        changed: `state`, `holder` or `has_backup` was found anew.
        drift_known: the `Drift` that was asked for (empty: none) and the `CommandOutcome` that told it.
    """

    changed = Signal()
    drift_known = Signal(Drift, CommandOutcome)

    def __init__(
        self,
        session: Session,
        watcher: FileWatcher,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._watcher = watcher
        self._clock = clock
        self._comparison = CommandProcess(self)
        self._probe: FileProbe | None = None
        self._drift = Drift()
        self._agreement = Agreement({})
        self._state = FileState()
        self._path = ""
        watcher.probed.connect(self._on_probed)
        session.instance_changed.connect(self._on_instance_changed)
        session.summary_changed.connect(self._refresh)
        session.pass_started.connect(self.forget_drift)
        session.pass_ended.connect(self._on_pass_ended)
        self._comparison.ended.connect(self._on_compared)
        clock.changed.connect(self._refresh)

    @property
    def state(self) -> FileState:
        """What is the matter now."""
        return self._state

    @property
    def holder(self) -> Holder | None:
        """Who else holds the instance: not a pass started here."""
        holder = self._probe.holder if self._probe else None
        if holder is not None and self._session.is_busy:
            ours = self._session.live_pass.process_id
            return None if holder.pid in (ours, 0) or not ours else holder
        return holder

    @property
    def drift(self) -> Drift:
        """How the module differs from the instance, as far as it is known."""
        return self._drift

    @property
    def agreement(self) -> Agreement:
        """What could run when the module was compared last."""
        return self._agreement

    @property
    def has_backup(self) -> bool:
        """Whether a previous version can be restored."""
        return bool(self._probe and self._probe.has_backup)

    def stop(self) -> None:
        """Drop a comparison that is under way."""
        self._comparison.stop()

    def probe_now(self) -> None:
        """Look at the file without waiting for the next second."""
        self._watcher.probe_now()

    def _on_instance_changed(self) -> None:
        if self._session.path != self._path:
            self._path = self._session.path
            self._probe, self._drift = None, Drift()
            self._comparison.stop()
            self._refresh()

    def _on_probed(self, probe: FileProbe) -> None:
        if probe.path == self._session.path:
            self._probe = probe
            obstacle = probe.read_only[:1].upper() + probe.read_only[1:]
            self._session.set_obstacle(
                obstacle if probe.exists else self.tr("The file is not there any more")
            )
            self._refresh()

    def forget_drift(self) -> None:
        """What was known of the module is no longer true."""
        self._drift = Drift()
        self._refresh()

    def _on_pass_ended(self, outcome: PassOutcome) -> None:
        """A pass that is refused though the file can be read: perhaps its module no longer fits."""
        agreement = self._session.agreement
        if outcome.end is PassEnd.BAD_STATE and agreement is not None:
            self.ask_for_drift(agreement)
        if self._probe is not None and outcome.end is not PassEnd.LOCKED:
            # It may have seen the lock of that pass, which is gone with it.
            self._probe = self._probe._replace(holder=None)
            self._refresh()
        self.probe_now()

    def ask_for_drift(self, agreement: Agreement) -> None:
        """Compare the instance with its module, in a child process that runs what was agreed to."""
        self._agreement = agreement
        arguments = ("migrate", self._session.path, "--preview")
        self._comparison.run(*agreed_command(self._session.program, agreement, arguments))

    def _on_compared(self, outcome: CommandOutcome) -> None:
        self._drift = (drift_in(outcome.printed) if outcome.code == 0 else None) or Drift()
        self._refresh()
        self.drift_known.emit(self._drift, outcome)

    def _refresh(self) -> None:
        self._state = self._classify()
        self.changed.emit()

    def _classify(self) -> FileState:
        session, probe = self._session, self._probe
        if not session.path:
            return FileState()
        if probe is not None and not probe.exists:
            lost = self.tr("{} is not there any more.") if session.view else self.tr("{} is not there.")
            comes_back = self.tr("As soon as it comes back it is shown again.")
            way_out = " ".join(filter(None, (comes_back, self._backup_sentence())))
            return FileState(FileProblem.MISSING, lost.format(session.name), way_out)
        if session.problem is not None:
            told = str(getattr(session.problem, "message", session.problem))
            way_out = self._backup_sentence()
            return FileState(FileProblem.UNREADABLE, f"{told}.", way_out)
        if probe is not None and probe.read_only:
            shown = self.tr("{} is shown only: {}.").format(session.name, probe.read_only)
            if probe.is_folder:
                way_out = self.tr("Copy it and its module to a folder of your own to try things on.")
                return FileState(FileProblem.READ_ONLY_FOLDER, shown, way_out)
            return FileState(FileProblem.READ_ONLY, shown, self.tr("A sandbox copy of it can be changed."))
        holder = self.holder
        if holder is not None:
            return FileState(FileProblem.LOCKED, self._holder_sentence(holder))
        if self._drift:
            return FileState(
                FileProblem.DRIFTED,
                self.tr("The module has other tasks than this instance ({}).").format(self._drift.sentence),
                self.tr("No pass is possible until the instance is moved to it."),
            )
        return FileState()

    def _backup_sentence(self) -> str:
        return self.tr("The previous version lies beside it.") if self.has_backup else ""

    def _holder_sentence(self, holder: Holder) -> str:
        view = self._session.view
        running = ", ".join(view.snapshot.running[:3]) if view else ""
        doing = f" ({holder.purpose})" if holder.purpose else ""
        if running:
            doing = self.tr(", now in {}").format(running)
        if not holder.pid:
            return self.tr("Another process holds this instance{}.").format(doing)
        who = self.tr("{} (process {} on {})").format(holder.user, holder.pid, holder.host)
        since = self._clock.full_text(holder.since, now())
        return self.tr("{} holds this instance since {}{}.").format(who, since, doing)
