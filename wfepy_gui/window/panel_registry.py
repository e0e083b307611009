"""The panels of a window; each is made, and its code loaded, when somebody first wants to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.window.action_table import Actions, Command
from wfepy_gui.window.lazy_dock import LazyPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.views.context.context_panel import ContextPanel
    from wfepy_gui.views.explain.error_panel import ErrorPanel
    from wfepy_gui.views.explain.inspector import Inspector
    from wfepy_gui.views.explain.preflight_panel import PreflightPanel
    from wfepy_gui.views.explain.task_panel import TaskPanel
    from wfepy_gui.views.explain.why_panel import WhyPanel
    from wfepy_gui.views.fleet.fleet_panel import FleetPanel
    from wfepy_gui.views.fleet.welcome import Welcome
    from wfepy_gui.views.graph.graph_panel import GraphPanel
    from wfepy_gui.views.graph.minimap import Minimap
    from wfepy_gui.views.notices.notice_bar import NoticeBar
    from wfepy_gui.views.passes.output_panel import OutputPanel
    from wfepy_gui.views.pending.pending_bar import PendingBar
    from wfepy_gui.views.pending.pending_panel import PendingPanel
    from wfepy_gui.views.time.journal_panel import JournalPanel
    from wfepy_gui.window.main_window import Services


class PanelRegistry:
    """Knows how each panel is made; the `window` becomes its parent until it finds its place."""

    def __init__(self, given: Services, actions: Actions, window: QWidget) -> None:
        self._given, self._actions, self._window = given, actions, window
        self.graph = LazyPanel(self._make_graph)
        self.welcome = LazyPanel(self._make_welcome)
        self.notice_bar = LazyPanel(self._make_notice_bar)
        self.pending_bar = LazyPanel(self._make_pending_bar)
        self.fleet = LazyPanel(self._make_fleet)
        self.inspector = LazyPanel(self._make_inspector)
        self.context = LazyPanel(self._make_context)
        self.pending = LazyPanel(self._make_pending)
        self.minimap = LazyPanel(self._make_minimap)
        self.tasks = LazyPanel(self._make_tasks)
        self.journal = LazyPanel(self._make_journal)
        self.output = LazyPanel(self._make_output)
        self.why = LazyPanel(self._make_why)
        self.preflight = LazyPanel(self._make_preflight)
        self.error = LazyPanel(self._make_error)

    # -- the centre ---------------------------------------------------------------------------------------

    def _make_graph(self) -> GraphPanel:
        from wfepy_gui.views.explain.headline import Headline  # noqa: PLC0415  start-up time
        from wfepy_gui.views.graph.graph_panel import GraphPanel  # noqa: PLC0415  start-up time

        given, actions = self._given, self._actions
        steps = actions[Command.ADVANCE], actions[Command.CANCEL], actions[Command.NEW_INSTANCE]
        headline = Headline(given.session, given.theme, given.pool, given.clock, steps, self._window)
        return GraphPanel(given.session, given.theme, headline, self._window)

    def _make_welcome(self) -> Welcome:
        from wfepy_gui.views.fleet.welcome import Welcome  # noqa: PLC0415  start-up time

        shown = tuple(
            self._actions[command] for command in (Command.OPEN, Command.OPEN_FOLDER, Command.NEW_INSTANCE)
        )
        return Welcome(self._given.settings, shown, self._window)

    def _make_notice_bar(self) -> NoticeBar:
        from wfepy_gui.views.notices.notice_bar import NoticeBar  # noqa: PLC0415  start-up time

        return NoticeBar(self._given.notices, self._given.clipboard, self._window)

    def _make_pending_bar(self) -> PendingBar:
        from wfepy_gui.views.pending.pending_bar import PendingBar  # noqa: PLC0415  start-up time

        actions = self._actions
        return PendingBar(
            self._given.session.editing,
            [actions[Command.GO_PENDING], actions[Command.DISCARD_CHANGES], actions[Command.APPLY_CHANGES]],
            [actions[Command.REVIEW_MERGE]],
            self._window,
        )

    # -- the docks ----------------------------------------------------------------------------------------

    def _make_fleet(self) -> FleetPanel:
        from wfepy_gui.views.fleet.fleet_panel import FleetPanel  # noqa: PLC0415  start-up time

        given = self._given
        return FleetPanel(given.scanner, given.theme, given.clock, self._window)

    def _make_inspector(self) -> Inspector:
        from wfepy_gui.views.explain.inspector import Inspector  # noqa: PLC0415  start-up time

        given = self._given
        return Inspector(given.session, given.theme, given.clipboard, given.pool, given.clock, self._window)

    def _make_context(self) -> ContextPanel:
        from wfepy_gui.views.context.context_panel import ContextPanel  # noqa: PLC0415  start-up time

        given = self._given
        return ContextPanel(given.session, given.theme, given.clipboard, given.pool, self._window)

    def _make_pending(self) -> PendingPanel:
        from wfepy_gui.views.pending.pending_panel import PendingPanel  # noqa: PLC0415  start-up time

        shown = [
            self._actions[command]
            for command in (
                Command.UNDO,
                Command.COPY_AS_COMMANDS,
                Command.DISCARD_CHANGES,
                Command.APPLY_CHANGES,
            )
        ]
        return PendingPanel(self._given.session.editing, shown, self._window)

    def _make_minimap(self) -> Minimap:
        from wfepy_gui.views.graph.minimap import Minimap  # noqa: PLC0415  start-up time

        return Minimap(self.graph.get().graph_view, self._given.theme, self._window)

    def _make_tasks(self) -> TaskPanel:
        from wfepy_gui.views.explain.task_panel import TaskPanel  # noqa: PLC0415  start-up time

        given = self._given
        return TaskPanel(given.session, given.theme, given.clock, self._window)

    def _make_journal(self) -> JournalPanel:
        from wfepy_gui.views.time.journal_panel import JournalPanel  # noqa: PLC0415  start-up time

        return JournalPanel(self._given.session, self._given.clock, self._window)

    def _make_output(self) -> OutputPanel:
        from wfepy_gui.views.passes.output_panel import OutputPanel  # noqa: PLC0415  start-up time

        return OutputPanel(self._given.session, self._given.clipboard, self._window)

    def _make_why(self) -> WhyPanel:
        from wfepy_gui.views.explain.why_panel import WhyPanel  # noqa: PLC0415  start-up time

        given = self._given
        return WhyPanel(given.session, given.theme, given.clipboard, given.pool, given.clock, self._window)

    def _make_preflight(self) -> PreflightPanel:
        from wfepy_gui.views.explain.preflight_panel import PreflightPanel  # noqa: PLC0415  start-up time

        given = self._given
        return PreflightPanel(
            given.session, given.checking, given.theme, given.clipboard, given.pool, self._window
        )

    def _make_error(self) -> ErrorPanel:
        from wfepy_gui.views.explain.error_panel import ErrorPanel  # noqa: PLC0415  start-up time

        given = self._given
        return ErrorPanel(given.session, given.clipboard, given.pool, given.clock, self._window)


class HasPanels:
    """A window's panels by name; to ask for one makes it."""

    panels: PanelRegistry

    @property
    def graph_panel(self) -> GraphPanel:
        """The graph with its headline, bars and legend."""
        return self.panels.graph.get()

    @property
    def welcome(self) -> Welcome:
        """What is shown while nothing is open."""
        return self.panels.welcome.get()

    @property
    def notice_bar(self) -> NoticeBar:
        """The newest notice."""
        return self.panels.notice_bar.get()

    @property
    def pending_bar(self) -> PendingBar:
        """Says that changes are pending, or that others saved meanwhile."""
        return self.panels.pending_bar.get()

    @property
    def fleet_panel(self) -> FleetPanel:
        """The instances found in folders."""
        return self.panels.fleet.get()

    @property
    def inspector(self) -> Inspector:
        """What is known of the selected task."""
        return self.panels.inspector.get()

    @property
    def context_panel(self) -> ContextPanel:
        """The context, to edit."""
        return self.panels.context.get()

    @property
    def pending_panel(self) -> PendingPanel:
        """The pending changes."""
        return self.panels.pending.get()

    @property
    def minimap(self) -> Minimap:
        """The small map of the graph."""
        return self.panels.minimap.get()

    @property
    def task_panel(self) -> TaskPanel:
        """The table of all tasks."""
        return self.panels.tasks.get()

    @property
    def journal_panel(self) -> JournalPanel:
        """The history."""
        return self.panels.journal.get()

    @property
    def output_panel(self) -> OutputPanel:
        """What the tasks of passes printed."""
        return self.panels.output.get()

    @property
    def why_panel(self) -> WhyPanel:
        """Why it does not move."""
        return self.panels.why.get()

    @property
    def preflight_panel(self) -> PreflightPanel:
        """What an advance would do."""
        return self.panels.preflight.get()

    @property
    def error_panel(self) -> ErrorPanel:
        """The last error of the selected task."""
        return self.panels.error.get()
