"""Keeps what lies over the graph up to date: how long tasks are stuck, and what pending changes will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.explain.analysis import analyse
from wfepy_core.model.status import InterventionKind, TaskStatus
from wfepy_gui.models.node_badges import badges_of, laps_of, short_length
from wfepy_gui.models.stuck_ages import StuckAges, longest_first, stuck_ages_of, stuck_since
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import label_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.instance.session import Session
    from wfepy_gui.views.graph.legend import LegendStrip
    from wfepy_gui.views.graph.view import GraphView


class GraphOverlays(QObject):
    """Follows a session; the graph's view and legend get plain values."""

    def __init__(self, session: Session, view: GraphView, legend: LegendStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._graph_view = view
        self._legend = legend
        self._shows_stuck_ages = True
        self._since: dict[str, int] = {}
        self._laps: dict[str, int] = {}
        self._previewed: tuple[Snapshot, Snapshot] | None = None
        """Before and after the pending changes that are marked."""
        session.editing.changed.connect(self.show_pending)

    def show_stuck_ages(self, wanted: bool) -> None:
        """Show or hide how long tasks are stuck."""
        self._shows_stuck_ages = wanted
        self.show_ages()

    def show_all(self) -> None:
        """Another graph is drawn: show everything over it."""
        self._previewed = None
        view = self._session.view
        self._since, self._laps = (stuck_since(view), laps_of(view)) if view else ({}, {})
        self.show_ages()
        self.show_pending()

    def follow(self, names: Collection[str]) -> None:
        """Look at these tasks anew: only they may have changed. O(names), and what is stuck or has laps."""
        view = self._session.view
        if view is None:
            return
        for known, fresh in ((self._since, stuck_since(view, names)), (self._laps, laps_of(view, names))):
            for name in names:
                known.pop(name, None)
            known.update(fresh)
        self.show_ages()

    def show_ages(self) -> None:
        """Badges and grades, anew every now and then: ages grow. O(tasks that are stuck or have laps)."""
        current = now()
        ages = stuck_ages_of(self._since, current) if self._shows_stuck_ages else StuckAges()
        self._graph_view.set_badges(badges_of(self._since, self._laps, current))
        self._graph_view.set_stuck_ages(ages.grades, longest_first(self._since))
        self._legend.set_stuck_ages(self._legend_words(ages))
        self._legend.set_laps(bool(self._laps))

    def _legend_words(self, ages: StuckAges) -> dict[int, str]:
        """What the grades in use mean."""
        lengths = [short_length(length) for length in ages.begins]
        used = set(ages.grades.values())
        return {
            grade: self.tr("stuck over {}").format(lengths[grade - 2])
            if grade > 1
            else self.tr("stuck up to {}").format(lengths[0])
            for grade in sorted(used)
        }

    def show_pending(self) -> None:
        """Mark what the pending changes make something else of."""
        editing = self._session.editing
        base = editing.pending.base if editing.pending else None
        preview = editing.preview
        words: dict[str, str] = {}
        if base is None or preview is None:
            self._previewed = None
        else:
            if self._is_previewed(base, preview):
                return
            self._previewed = base, preview
            words = self._pending_words(base, preview)
        self._graph_view.set_pending(words)
        self._legend.set_pending(bool(words))

    def _is_previewed(self, base: Snapshot, preview: Snapshot) -> bool:
        known = self._previewed
        return known is not None and known[0] is base and known[1] is preview

    def _pending_words(self, base: Snapshot, preview: Snapshot) -> dict[str, str]:
        """What becomes of tasks, by name; those that are changed by hand and stay what they are included."""
        words = {
            change.event.task: self.tr("will be {}").format(label_of(_DONE[change.event.kind]))
            for change in self._session.editing.changes
            if change.event.task in base.topology.index and change.event.kind in _DONE
        }
        if base.tokens == preview.tokens:
            return words
        before, after = analyse(base).statuses, analyse(preview).statuses
        changed = {name: status for name, status in after.items() if before[name] is not status}
        return words | {
            name: self.tr("will be {}").format(label_of(status)) for name, status in changed.items()
        }


_DONE = {
    InterventionKind.COMPLETE: TaskStatus.COMPLETE,
    InterventionKind.SKIP: TaskStatus.SKIPPED,
    InterventionKind.RETRY: TaskStatus.READY,
}
"""The status a task gets by hand."""
