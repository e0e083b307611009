"""The panels of a window; each is made, and its code loaded, when somebody first wants to see it.

To add a panel: its widget, made known in `views/__init__.py`; here its name in `PanelId`, its row in
`PanelRegistry`, a function that makes it; its place in `dock_layout.PLACES`; and a row in
`commands/rows/view_menu.py` to go there.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtWidgets import QWidget

from wfepy_gui import views
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.lazy_dock import LazyPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from wfepy_gui.window.action_table import ActionTable
    from wfepy_gui.window.services import Services

P = TypeVar("P", bound=QWidget)


@enum.unique
class PanelId(enum.Enum):
    """The panels with a dock. `value` names the dock in layouts that are remembered: it stays as it is."""

    INSTANCES = "instances"
    TASK = "task"
    CONTEXT = "context"
    PENDING = "pending"
    MAP = "map"
    TASKS = "tasks"
    HISTORY = "history"
    OUTPUT = "output"
    WHY = "why"
    PREFLIGHT = "preflight"
    ERROR = "error"


class DockedPanel(NamedTuple):
    """A panel that comes up in a dock.

    Attributes:
        caption: of the dock; marked for translators.
        panel: made when the dock is first seen.
        columns: the setting that remembers the panel's columns; empty: it has none.
    """

    caption: str
    panel: LazyPanel[Any]
    columns: str = ""


class PanelRegistry:
    """Knows how each panel is made; the `window` becomes its parent until it finds its place."""

    def __init__(self, *, services: Services, actions: ActionTable, window: QWidget) -> None:
        self._services = services
        self._actions = actions
        self._window = window
        self.docked: dict[PanelId, DockedPanel] = {}
        # The centre
        self.graph = LazyPanel(self._make_graph)
        self.welcome = LazyPanel(self._make_welcome)
        self.notice_bar = LazyPanel(self._make_notice_bar)
        self.pending_bar = LazyPanel(self._make_pending_bar)
        # The docks, in the order in which the keyboard goes round
        dock = self._add
        self.fleet = dock(PanelId.INSTANCES, QT_TR_NOOP("Instances"), self._make_fleet, "instance_columns")
        self.inspector = dock(PanelId.TASK, QT_TR_NOOP("Task"), self._make_inspector)
        self.context = dock(PanelId.CONTEXT, QT_TR_NOOP("Context"), self._make_context, "context_columns")
        self.pending = dock(PanelId.PENDING, QT_TR_NOOP("Pending changes"), self._make_pending)
        dock(PanelId.MAP, QT_TR_NOOP("Map"), self._make_minimap)
        self.tasks = dock(PanelId.TASKS, QT_TR_NOOP("Tasks"), self._make_tasks, "task_columns")
        self.journal = dock(PanelId.HISTORY, QT_TR_NOOP("History"), self._make_journal, "journal_columns")
        self.output = dock(PanelId.OUTPUT, QT_TR_NOOP("Output"), self._make_output)
        self.why = dock(PanelId.WHY, QT_TR_NOOP("Why?"), self._make_why)
        self.preflight = dock(PanelId.PREFLIGHT, QT_TR_NOOP("Preflight"), self._make_preflight)
        self.error = dock(PanelId.ERROR, QT_TR_NOOP("Error"), self._make_error)

    def _add(self, name: PanelId, caption: str, make: Callable[[], P], columns: str = "") -> LazyPanel[P]:
        panel = LazyPanel(make)
        self.docked[name] = DockedPanel(caption, panel, columns)
        return panel

    def _find_actions(self, *commands: Command) -> list[QAction]:
        return [self._actions[command] for command in commands]

    # -- the centre ---------------------------------------------------------------------------------------

    def _make_graph(self) -> views.GraphPanel:
        services = self._services
        headline = views.Headline(
            session=services.session,
            theme=services.theme,
            pool=services.pool,
            clock=services.clock,
            actions=(
                self._actions[Command.ADVANCE],
                self._actions[Command.CANCEL],
                self._actions[Command.NEW_INSTANCE],
            ),
            parent=self._window,
        )
        return views.GraphPanel(
            session=services.session, theme=services.theme, headline=headline, parent=self._window
        )

    def _make_welcome(self) -> views.Welcome:
        actions = self._find_actions(Command.OPEN, Command.OPEN_FOLDER, Command.NEW_INSTANCE)
        return views.Welcome(settings=self._services.settings, actions=tuple(actions), parent=self._window)

    def _make_notice_bar(self) -> views.NoticeBar:
        services = self._services
        return views.NoticeBar(notices=services.notices, clipboard=services.clipboard, parent=self._window)

    def _make_pending_bar(self) -> views.PendingBar:
        return views.PendingBar(
            editing=self._services.session.editing,
            quiet=self._find_actions(Command.GO_PENDING, Command.DISCARD_CHANGES, Command.APPLY_CHANGES),
            loud=self._find_actions(Command.REVIEW_MERGE),
            parent=self._window,
        )

    # -- the docks ----------------------------------------------------------------------------------------

    def _make_fleet(self) -> views.FleetPanel:
        services = self._services
        return views.FleetPanel(
            scanner=services.scanner, theme=services.theme, clock=services.clock, parent=self._window
        )

    def _make_inspector(self) -> views.Inspector:
        services = self._services
        return views.Inspector(
            session=services.session,
            theme=services.theme,
            clipboard=services.clipboard,
            pool=services.pool,
            clock=services.clock,
            parent=self._window,
        )

    def _make_context(self) -> views.ContextPanel:
        services = self._services
        return views.ContextPanel(
            session=services.session,
            theme=services.theme,
            clipboard=services.clipboard,
            pool=services.pool,
            parent=self._window,
        )

    def _make_pending(self) -> views.PendingPanel:
        actions = self._find_actions(
            Command.UNDO, Command.COPY_AS_COMMANDS, Command.DISCARD_CHANGES, Command.APPLY_CHANGES
        )
        return views.PendingPanel(
            editing=self._services.session.editing, actions=actions, parent=self._window
        )

    def _make_minimap(self) -> views.Minimap:
        return views.Minimap(
            view=self.graph.get().graph_view, theme=self._services.theme, parent=self._window
        )

    def _make_tasks(self) -> views.TaskPanel:
        services = self._services
        return views.TaskPanel(
            session=services.session, theme=services.theme, clock=services.clock, parent=self._window
        )

    def _make_journal(self) -> views.JournalPanel:
        services = self._services
        return views.JournalPanel(session=services.session, clock=services.clock, parent=self._window)

    def _make_output(self) -> views.OutputPanel:
        services = self._services
        return views.OutputPanel(
            session=services.session,
            clipboard=services.clipboard,
            pool=services.pool,
            clock=services.clock,
            parent=self._window,
        )

    def _make_why(self) -> views.WhyPanel:
        services = self._services
        return views.WhyPanel(
            session=services.session,
            theme=services.theme,
            clipboard=services.clipboard,
            pool=services.pool,
            clock=services.clock,
            parent=self._window,
        )

    def _make_preflight(self) -> views.PreflightPanel:
        services = self._services
        return views.PreflightPanel(
            session=services.session,
            preflight_query=services.preflight_query,
            action=self._actions[Command.PREFLIGHT],
            theme=services.theme,
            clipboard=services.clipboard,
            pool=services.pool,
            parent=self._window,
        )

    def _make_error(self) -> views.ErrorPanel:
        services = self._services
        return views.ErrorPanel(
            session=services.session,
            clipboard=services.clipboard,
            pool=services.pool,
            clock=services.clock,
            parent=self._window,
        )
