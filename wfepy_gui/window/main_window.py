"""The main window: panels, docks and menus. It hands intents on and shows facts; it decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from wfepy_core.storage.file_names import is_sandbox
from wfepy_gui.instance.instance_view import most_urgent
from wfepy_gui.theme.outlines import Outlines
from wfepy_gui.views.widgets.keyboard_focus import focus_in, go_round, step, turn_to
from wfepy_gui.views.widgets.labels import PlainLabel
from wfepy_gui.window.command_ids import Command, Menu
from wfepy_gui.window.dock_layout import DockLayout
from wfepy_gui.window.panel_registry import PanelId, PanelRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
    from PySide6.QtWidgets import QMenu

    from wfepy_gui.notices import Notice
    from wfepy_gui.views.explain.error_panel import ErrorPanel
    from wfepy_gui.views.explain.inspector import Inspector
    from wfepy_gui.views.explain.preflight_panel import PreflightPanel
    from wfepy_gui.views.explain.task_panel import TaskPanel
    from wfepy_gui.views.explain.why_panel import WhyPanel
    from wfepy_gui.views.fleet.fleet_panel import FleetPanel
    from wfepy_gui.views.fleet.welcome import Welcome
    from wfepy_gui.views.graph.graph_panel import GraphPanel
    from wfepy_gui.views.passes.output_panel import OutputPanel
    from wfepy_gui.views.time.journal_panel import JournalPanel
    from wfepy_gui.window.action_table import ActionTable
    from wfepy_gui.window.lazy_dock import LazyPanel
    from wfepy_gui.window.services import Services


class MainWindow(QMainWindow):
    """One window, one session.

    Signals:
        open_wanted: paths that were dropped, chosen or activated; a tuple of texts.
        loss_threatens: the window should close, but `may_close` says no; `close_anyway` closes it.
        closing: the window closes; what belongs to it must stop.
        selection_changed: other tasks are selected; see `selected_tasks`.
    """

    open_wanted = Signal(tuple)
    closing = Signal()
    loss_threatens = Signal()
    selection_changed = Signal()

    def __init__(self, *, services: Services, actions: ActionTable) -> None:
        super().__init__()
        self._services = services
        self.actions_table = actions
        self._selected_in = Path()
        self._selected = ""
        self._closes_anyway = False
        self.may_close: Callable[[], bool] = lambda: True
        self.panels = PanelRegistry(services=services, actions=actions, window=self)
        self._docks = DockLayout(window=self, settings=services.settings, panels=self.panels.docked)
        self.outlines = Outlines(services.theme)
        self._make_centre()
        self._docks.make_docks()
        self.docks = self._docks.by_id
        self.reset_docks()
        self._fill_menus()
        self._fill_status_bar()
        self._connect()
        self._connect_panels()
        self._is_first_start = not self._docks.restore()
        self._show_summary()

    # -- parts --------------------------------------------------------------------------------------------

    def _make_centre(self) -> None:
        self.setAcceptDrops(True)
        centre = QWidget(self)
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._add_bar(self.panels.notice_bar)
        self._add_bar(self.panels.pending_bar)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.panels.graph.get())
        self._column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)

    def _add_bar(self, bar: LazyPanel[Any]) -> None:
        """Keep the place of a bar that is made when it has something to say."""
        holder = QWidget(self)
        place = QVBoxLayout(holder)
        place.setContentsMargins(0, 0, 0, 0)
        bar.call_when_made(place.addWidget)
        self._column.addWidget(holder)

    def _fill_menus(self) -> None:
        menus: dict[Menu, QMenu] = {}
        for menu in Menu:
            menus[menu] = self.menuBar().addMenu(self.actions_table.caption(menu))
            # Qt shows no status tip of what is grey, and that is where it matters: why not.
            menus[menu].setToolTipsVisible(True)
            for action, is_ruled in self.actions_table.of_menu(menu):
                if is_ruled:
                    menus[menu].addSeparator()
                menus[menu].addAction(action)
                self.addAction(action)
        self.recent_menu = menus[Menu.FILE].addMenu(self.tr("Open recen&t"))
        menus[Menu.FILE].insertMenu(self.actions_table[Command.RELOAD], self.recent_menu)
        shown = menus[Menu.VIEW].addMenu(self.tr("Doc&ked panels"))
        for dock in self.docks.values():
            shown.addAction(dock.toggleViewAction())

    def _fill_status_bar(self) -> None:
        self._saved = PlainLabel(parent=self)
        self._saved.setAccessibleName(self.tr("Last save"))
        self.statusBar().addPermanentWidget(self._saved)

    # -- wiring -------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        session = self._services.session
        session.instance_changed.connect(self._on_instance_changed)
        session.summary_changed.connect(self._show_summary)
        self._services.clock.changed.connect(self._show_summary)
        self._services.notices.posted.connect(self._on_posted)
        session.editing.changed.connect(self._on_changes_changed)
        session.pass_started.connect(self._on_pass_started)

    def _connect_panels(self) -> None:
        """Introduce each panel to the others, now or when it is made; the selection of a task is shared."""
        panels = self.panels
        for has_fields in (panels.graph, *(dock.lazy_panel for dock in self.docks.values())):
            has_fields.call_when_made(self.outlines.apply_to)
        panels.graph.call_when_made(self._connect_graph)
        panels.tasks.call_when_made(self._connect_tasks)
        panels.fleet.call_when_made(self._connect_fleet)
        panels.welcome.call_when_made(self._connect_welcome)
        for follows in (panels.inspector, panels.why, panels.error, panels.output):
            follows.call_when_made(self._show_selected_in)
        for leads in (panels.journal, panels.why, panels.preflight):
            leads.call_when_made(self._connect_links)
        panels.inspector.call_when_made(self._connect_inspector)

    def _connect_graph(self, panel: GraphPanel) -> None:
        panel.graph_view.task_selected.connect(self.select_task)
        panel.graph_view.task_activated.connect(self.show_details)

    def _connect_tasks(self, panel: TaskPanel) -> None:
        panel.task_selected.connect(self.select_task)
        panel.task_activated.connect(self.show_in_graph)
        panel.rows_selected.connect(self.selection_changed)
        panel.select(self._selected)

    def _connect_fleet(self, panel: FleetPanel) -> None:
        panel.open_wanted.connect(self._on_open_wanted)
        panel.first_filled.connect(self._mark_open)
        panel.mark(self._services.session.path)

    def _connect_welcome(self, panel: Welcome) -> None:
        panel.open_wanted.connect(self._on_open_wanted)
        self._pages.addWidget(panel)

    def _connect_links(self, panel: JournalPanel | WhyPanel | PreflightPanel) -> None:
        panel.task_activated.connect(self.show_in_graph)

    def _connect_inspector(self, panel: Inspector) -> None:
        panel.why_wanted.connect(self._on_why_wanted)
        panel.error_wanted.connect(self._on_error_wanted)

    def _on_why_wanted(self, task: str) -> None:
        self.panels.why.get().ask_about(task)
        self.go_to(PanelId.WHY)

    def _on_error_wanted(self) -> None:
        self.go_to(PanelId.ERROR)

    def _show_selected_in(self, panel: Inspector | WhyPanel | ErrorPanel | OutputPanel) -> None:
        panel.show_task(self._selected)

    def _on_open_wanted(self, path: str) -> None:
        self.open_wanted.emit((path,))

    # -- intents ------------------------------------------------------------------------------------------

    def close_anyway(self) -> None:
        """Close, whatever is pending."""
        self._closes_anyway = True
        self.close()

    def select_task(self, name: str) -> None:
        """Select a task everywhere; an empty name selects none. The graph's view does not move."""
        self._selected = name
        self.panels.graph.get().graph_view.select(name)
        panels = self.panels
        if panels.tasks.existing is not None:
            panels.tasks.existing.select(name)
        for follows in (panels.inspector, panels.why, panels.error, panels.output):
            if follows.existing is not None:
                follows.existing.show_task(name)
        self.selection_changed.emit()

    def selected_tasks(self) -> tuple[str, ...]:
        """The tasks that are acted upon: all selected in the table, or the one selected anywhere."""
        table = self.panels.tasks.existing
        several = table.selected_tasks() if table is not None else ()
        if len(several) > 1 and self._selected in several:
            return several
        return (self._selected,) if self._selected else ()

    def show_in_graph(self, name: str) -> None:
        """Select a task and bring it into view."""
        self.select_task(name)
        self.panels.graph.get().graph_view.show_task(name)

    def show_details(self, name: str) -> None:
        """Select a task and show the inspector."""
        self.select_task(name)
        self.show_dock(PanelId.TASK)

    def show_dock(self, name: PanelId) -> None:
        """Bring a dock to the front."""
        self.docks[name].bring_up()

    def go_to(self, name: PanelId) -> None:
        """Bring a dock to the front and move the keyboard there."""
        self.show_dock(name)
        focus_in(self.docks[name].panel)

    def go_round(self, step: int) -> None:
        """Move the keyboard to the next panel that can be seen, or with -1 to the one before."""
        go_round(self._panes(), self.focusWidget(), step)

    def _panes(self) -> tuple[QWidget | None, ...]:
        panels, docked = self.panels, (dock.widget() for dock in self.docks.values())
        return panels.notice_bar.existing, panels.pending_bar.existing, self._pages.currentWidget(), *docked

    def reset_docks(self) -> None:
        """Put all panels where they were first."""
        self._docks.place(shows_instances=bool(self._services.scanner.roots))

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip below the graph, where its coming and going does not push the picture about."""
        self._column.addWidget(strip)

    def show_page(self) -> None:
        """Show the graph, or what to do while nothing is open."""
        panels = self.panels
        page = panels.graph.get() if self._services.session.name else panels.welcome.get()
        turn_to(self._pages, page, self.focusWidget())

    # -- facts --------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        session = self._services.session
        self.show_page()
        self._mark_open()
        if session.view is not None and session.folder / session.name != self._selected_in:
            self._selected_in = session.folder / session.name
            self.select_task(most_urgent(session.view))

    def _mark_open(self) -> None:
        if self.panels.fleet.existing is not None:
            self.panels.fleet.existing.mark(self._services.session.path)

    def _on_posted(self, notice: Notice) -> None:
        self.panels.notice_bar.get().show_notice(notice)

    def _on_changes_changed(self) -> None:
        editing = self._services.session.editing
        if editing.changes or editing.merge is not None:
            self.panels.pending_bar.get()

    def _on_pass_started(self) -> None:
        """Make the history, so that it has all of the pass when it is looked at.

        A turn later: the pass has begun by then. What tasks print is kept beside the state file; its panel is
        made when somebody looks.
        """
        QTimer.singleShot(0, self, self.panels.journal.get)

    def _show_summary(self) -> None:
        session = self._services.session
        mark = self.tr(" (sandbox)") if is_sandbox(session.path) else ""
        name = session.name.replace("[*]", "[*][*]")  # alone it is Qt's mark
        self.setWindowTitle(f"{name}{mark} — wfepy" if name else "wfepy")
        self.setWindowFilePath(session.path)
        if session.view is None or not session.path:
            self._saved.clear()
            return
        saved, generation = session.view.snapshot.saved, session.view.snapshot.generation
        text = self.tr("generation {} · saved {} by {}") if saved.by else self.tr("generation {} · saved {}")
        self._saved.setText(text.format(generation, self._services.clock.text(saved.at), saved.by))

    # -- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Docks take the sizes they are given only in a window that has its own."""
        super().showEvent(event)
        page = self._pages.currentWidget()
        if self.focusWidget() is None and page is not None:
            focus_in(page)
        if self._is_first_start:
            self._is_first_start = False
            self._docks.size()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab and Shift+Tab: see `keyboard_focus.step`.

        Qt asks this too while it hides what has the keyboard; some widgets may be half gone then.
        """
        focused = self.focusWidget()
        if focused is None or not focused.isVisibleTo(self):
            return bool(super().focusNextPrevChild(is_next))
        return step(self, self._panes(), is_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember places, stop what runs; if something would be lost, stay until that is decided."""
        if not self._closes_anyway and not self.may_close():
            event.ignore()
            self.loss_threatens.emit()
            return
        self._docks.remember()
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
