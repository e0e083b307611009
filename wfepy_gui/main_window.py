"""The main window: panels, docks and menus. It hands intents on and shows facts; it decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from wfepy_core.storage.sandbox import is_sandbox
from wfepy_gui.actions import Actions, Command, Menu
from wfepy_gui.session import most_urgent
from wfepy_gui.theme.outlines import outline_sheet
from wfepy_gui.views.context_panel import ContextPanel
from wfepy_gui.views.error_panel import ErrorPanel
from wfepy_gui.views.fleet_panel import FleetPanel
from wfepy_gui.views.graph.minimap import Minimap
from wfepy_gui.views.graph_panel import GraphPanel
from wfepy_gui.views.headline import Headline
from wfepy_gui.views.inspector import Inspector
from wfepy_gui.views.journal_panel import JournalPanel
from wfepy_gui.views.notice_bar import NoticeBar
from wfepy_gui.views.output_panel import OutputPanel
from wfepy_gui.views.panes import focus_in, go_round, step, turn_to
from wfepy_gui.views.pending_bar import PendingBar
from wfepy_gui.views.pending_panel import PendingPanel
from wfepy_gui.views.preflight_panel import PreflightPanel
from wfepy_gui.views.task_panel import TaskPanel
from wfepy_gui.views.welcome import Welcome
from wfepy_gui.views.why_panel import WhyPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QThreadPool
    from PySide6.QtGui import QClipboard, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
    from PySide6.QtWidgets import QHeaderView, QMenu

    from wfepy_gui.checking import Checking
    from wfepy_gui.clock import Clock
    from wfepy_gui.notices import Notices
    from wfepy_gui.session import Session
    from wfepy_gui.settings import Settings
    from wfepy_gui.theme import Theme
    from wfepy_gui.workers.fleet_scanner import FleetScanner

STATE_VERSION = 1
LEFT_WIDTH, RIGHT_WIDTH, BELOW_HEIGHT, MAP_HEIGHT = 330, 380, 210, 170
LEFT, RIGHT, BELOW = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)


class Services(NamedTuple):
    """What the window is given."""

    session: Session
    scanner: FleetScanner
    settings: Settings
    theme: Theme
    notices: Notices
    clipboard: QClipboard
    pool: QThreadPool
    checking: Checking
    clock: Clock


class MainWindow(QMainWindow):
    """One window, one session.

    Signals:
        open_wanted: paths that were dropped, chosen or activated; a tuple of texts.
        loss_threatens: the window should close, but `may_close` says no; `close_anyway` closes it.
        closing: the window closes; what belongs to it must stop.
        selection_changed: other tasks are selected; see `selected_tasks`.
    """

    open_wanted = Signal(object)
    closing = Signal()
    loss_threatens = Signal()
    selection_changed = Signal()

    def __init__(self, services: Services, actions: Actions) -> None:
        super().__init__()
        self._services = services
        self.actions_table = actions
        self.docks: dict[str, QDockWidget] = {}
        self._selected_in, self._selected = Path(), ""
        self._closes_anyway = False
        self.may_close: Callable[[], bool] = lambda: True
        self._make_panels()
        self._arrange()
        self._fill_menus()
        self._fill_status_bar()
        self._connect()
        self._restore()
        self._outline()
        self._show_summary()

    # -- parts --------------------------------------------------------------------------------------------

    def _make_panels(self) -> None:
        given, actions = self._services, self.actions_table
        session, theme, clipboard = given.session, given.theme, given.clipboard
        steps = actions[Command.ADVANCE], actions[Command.CANCEL], actions[Command.NEW_INSTANCE]
        headline = Headline(session, theme, given.pool, given.clock, steps, self)
        self.graph_panel = GraphPanel(session, theme, headline, self)
        self.minimap = Minimap(self.graph_panel.graph_view, theme, self)
        self.welcome = Welcome(
            given.settings,
            (actions[Command.OPEN], actions[Command.OPEN_FOLDER], actions[Command.NEW_INSTANCE]),
            self,
        )
        self.notice_bar = NoticeBar(given.notices, clipboard, self)
        self.fleet_panel = FleetPanel(given.scanner, theme, given.clock, self)
        self.inspector = Inspector(session, theme, clipboard, given.pool, given.clock, self)
        self.context_panel = ContextPanel(session, theme, clipboard, given.pool, self)
        apply, discard = actions[Command.APPLY_CHANGES], actions[Command.DISCARD_CHANGES]
        self.pending_panel = PendingPanel(session.editing, [actions[Command.UNDO], discard, apply], self)
        self.pending_bar = PendingBar(
            session.editing,
            [actions[Command.GO_PENDING], discard, apply],
            [actions[Command.REVIEW_MERGE]],
            self,
        )
        self.task_panel = TaskPanel(session, theme, given.clock, self)
        self.journal_panel = JournalPanel(session, given.clock, self)
        self.output_panel = OutputPanel(session, clipboard, self)
        self.why_panel = WhyPanel(session, theme, clipboard, given.pool, given.clock, self)
        self.preflight_panel = PreflightPanel(session, given.checking, theme, clipboard, given.pool, self)
        self.error_panel = ErrorPanel(session, clipboard, given.pool, given.clock, self)

    def _arrange(self) -> None:
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        self.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.graph_panel)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice_bar)
        column.addWidget(self.pending_bar)
        column.addWidget(self._pages, 1)
        self._column = column
        self.setCentralWidget(centre)
        self._dock("instances", self.tr("Instances"), self.fleet_panel)
        self._dock("task", self.tr("Task"), self.inspector)
        self._dock("context", self.tr("Context"), self.context_panel)
        self._dock("pending", self.tr("Pending changes"), self.pending_panel)
        self._dock("map", self.tr("Map"), self.minimap)
        self._dock("tasks", self.tr("Tasks"), self.task_panel)
        self._dock("history", self.tr("History"), self.journal_panel)
        self._dock("output", self.tr("Output"), self.output_panel)
        self._dock("why", self.tr("Why?"), self.why_panel)
        self._dock("preflight", self.tr("Preflight"), self.preflight_panel)
        self._dock("error", self.tr("Error"), self.error_panel)
        self._place_docks()

    def _dock(self, name: str, caption: str, panel: QWidget) -> None:
        dock = QDockWidget(caption, self)
        dock.setObjectName(name)
        dock.setWidget(panel)
        dock.setAccessibleName(caption)
        self.docks[name] = dock

    def _place_docks(self) -> None:
        docks = self.docks
        tabs: dict[Qt.DockWidgetArea, str] = {}
        for name, area in (
            ("instances", LEFT), ("task", RIGHT), ("context", RIGHT), ("tasks", BELOW), ("history", BELOW),
            ("output", BELOW), ("pending", BELOW), ("why", RIGHT), ("preflight", BELOW), ("error", BELOW),
            ("map", RIGHT),
        ):  # fmt: skip
            if docks[name].isFloating():  # to say so of one that is not costs as much as a dock
                docks[name].setFloating(False)
            self.addDockWidget(area, docks[name])
            # At once: side by side, even for a moment, they would make the window as wide as all of them.
            if area in tabs and name != "map":
                self.tabifyDockWidget(docks[tabs[area]], docks[name])
            tabs[area] = name
            docks[name].setVisible(name != "instances" or bool(self._services.scanner.roots))
        docks["task"].raise_()
        docks["tasks"].raise_()
        self._size_docks()

    def _size_docks(self) -> None:
        left, right, below = self.docks["instances"], self.docks["task"], self.docks["tasks"]
        self.resizeDocks([left, right], [LEFT_WIDTH, RIGHT_WIDTH], Qt.Orientation.Horizontal)
        self.resizeDocks([below], [BELOW_HEIGHT], Qt.Orientation.Vertical)
        self.resizeDocks([right, self.docks["map"]], [10 * MAP_HEIGHT, MAP_HEIGHT], Qt.Orientation.Vertical)

    def _fill_menus(self) -> None:
        menus: dict[Menu, QMenu] = {}
        for menu in Menu:
            menus[menu] = self.menuBar().addMenu(self.actions_table.caption(menu))
            for action, is_ruled in self.actions_table.of_menu(menu):
                if is_ruled:
                    menus[menu].addSeparator()
                menus[menu].addAction(action)
                self.addAction(action)
        self.recent_menu = menus[Menu.FILE].addMenu(self.tr("Open recen&t"))
        menus[Menu.FILE].insertMenu(self.actions_table[Command.RELOAD], self.recent_menu)
        panels = menus[Menu.VIEW].addMenu(self.tr("Doc&ked panels"))
        for dock in self.docks.values():
            panels.addAction(dock.toggleViewAction())

    def _fill_status_bar(self) -> None:
        self._saved = QLabel(self)
        self._saved.setAccessibleName(self.tr("Last save"))
        self.statusBar().addPermanentWidget(self._saved)

    # -- wiring -------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        session = self._services.session
        session.instance_changed.connect(self._show_instance)
        session.summary_changed.connect(self._show_summary)
        self._services.theme.changed.connect(self._outline)
        self._services.clock.changed.connect(self._show_summary)
        self.graph_panel.graph_view.task_selected.connect(self.select_task)
        self.graph_panel.graph_view.task_activated.connect(self.show_details)
        self.task_panel.task_selected.connect(self.select_task)
        self.task_panel.task_activated.connect(self.show_in_graph)
        self.task_panel.rows_selected.connect(self.selection_changed)
        self.journal_panel.task_activated.connect(self.show_in_graph)
        self.fleet_panel.open_wanted.connect(self._want)
        self.fleet_panel.first_filled.connect(self._mark_open)
        self.welcome.open_wanted.connect(self._want)

    def _outline(self) -> None:
        self.setStyleSheet(outline_sheet(self._services.theme.look))

    def _want(self, path: str) -> None:
        self.open_wanted.emit((path,))

    # -- intents ------------------------------------------------------------------------------------------

    def close_anyway(self) -> None:
        """Close, whatever is pending."""
        self._closes_anyway = True
        self.close()

    def select_task(self, name: str) -> None:
        """Select a task everywhere; an empty name selects none. The graph's view does not move."""
        self.graph_panel.graph_view.select(name)
        self.task_panel.select(name)
        self.inspector.show_task(name)
        self.why_panel.show_task(name)
        self.error_panel.show_task(name)
        self._selected = name
        self.selection_changed.emit()

    def selected_tasks(self) -> tuple[str, ...]:
        """The tasks that are acted upon: all selected in the table, or the one selected anywhere."""
        several = self.task_panel.selected_tasks()
        if len(several) > 1 and self._selected in several:
            return several
        return (self._selected,) if self._selected else ()

    def show_in_graph(self, name: str) -> None:
        """Select a task and bring it into view."""
        self.select_task(name)
        self.graph_panel.graph_view.show_task(name)

    def show_details(self, name: str) -> None:
        """Select a task and show the inspector."""
        self.select_task(name)
        self.show_dock("task")

    def show_dock(self, name: str) -> None:
        """Bring a dock to the front."""
        self.docks[name].show()
        self.docks[name].raise_()

    def go_to(self, name: str) -> None:
        """Bring a dock to the front and move the keyboard there."""
        self.show_dock(name)
        focus_in(self.docks[name].widget())

    def go_round(self, step: int) -> None:
        """Move the keyboard to the next panel that can be seen, or with -1 to the one before."""
        go_round(self._panes(), self.focusWidget(), step)

    def _panes(self) -> tuple[QWidget | None, ...]:
        panels = (dock.widget() for dock in self.docks.values())
        return self.notice_bar, self.pending_bar, self._pages.currentWidget(), *panels

    def reset_docks(self) -> None:
        """Put all panels where they were first."""
        self._place_docks()

    def headers(self) -> dict[str, QHeaderView]:
        """The column headers whose state is kept."""
        return {
            "fleet_columns": self.fleet_panel.header,
            "task_columns": self.task_panel.header,
            "journal_columns": self.journal_panel.header,
            "context_columns": self.context_panel.header,
        }

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip below the graph, where its coming and going does not push the picture about."""
        self._column.addWidget(strip)

    # -- facts --------------------------------------------------------------------------------------------

    def _show_instance(self) -> None:
        session = self._services.session
        turn_to(self._pages, self.graph_panel if session.name else self.welcome, self.focusWidget())
        self._mark_open()
        if session.view is not None and session.folder / session.name != self._selected_in:
            self._selected_in = session.folder / session.name
            self.select_task(most_urgent(session.view))

    def _mark_open(self) -> None:
        self.fleet_panel.mark(self._services.session.path)

    def _show_summary(self) -> None:
        session, actions = self._services.session, self.actions_table
        mark = self.tr(" (sandbox)") if is_sandbox(session.path) else ""
        self.setWindowTitle(f"{session.name}{mark} — wfepy" if session.name else "wfepy")
        self.setWindowFilePath(session.path)
        actions[Command.ADVANCE].setEnabled(session.can_advance)
        actions[Command.CANCEL].setEnabled(session.is_busy and not session.is_stopping)
        actions[Command.COPY_COMMAND].setEnabled(bool(session.path))
        for command in (Command.EXPORT, Command.COPY_PICTURE, Command.FIT, Command.ACTUAL_SIZE):
            actions[command].setEnabled(session.view is not None)
        if session.view is None or not session.path:
            self._saved.clear()
            return
        saved, generation = session.view.snapshot.saved, session.view.snapshot.generation
        told = self.tr("generation {} · saved {} by {}") if saved.by else self.tr("generation {} · saved {}")
        self._saved.setText(told.format(generation, self._services.clock.text(saved.at), saved.by))

    # -- Qt -----------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        settings = self._services.settings
        if not self.restoreGeometry(settings.bytes_of("geometry")):
            self._fit_screen()
        self._is_first_start = not self.restoreState(settings.bytes_of("docks"), STATE_VERSION)
        for name, header in self.headers().items():
            header.restoreState(settings.bytes_of(name))

    def _fit_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width() - 40), min(900, room.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        """Docks take the sizes they are given only in a window that has its own."""
        super().showEvent(event)
        if self.focusWidget() is None:
            focus_in(self.welcome if self.welcome.isVisible() else self.graph_panel)
        if self._is_first_start:
            self._is_first_start = False
            self._size_docks()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab and Shift+Tab: see `panes.step`."""
        return step(self, self._panes(), is_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember places, stop what runs; if something would be lost, stay until that is decided."""
        if not self._closes_anyway and not self.may_close():
            event.ignore()
            self.loss_threatens.emit()
            return
        settings = self._services.settings
        settings.keep_bytes("geometry", self.saveGeometry())
        settings.keep_bytes("docks", self.saveState(STATE_VERSION))
        for name, header in self.headers().items():
            settings.keep_bytes(name, header.saveState())
        settings.sync()
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if _dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        event.acceptProposedAction()
        self.open_wanted.emit(_dropped_paths(event.mimeData()))


def _dropped_paths(data: QMimeData) -> Sequence[str]:
    return tuple(str(Path(url.toLocalFile())) for url in data.urls() if url.isLocalFile())
