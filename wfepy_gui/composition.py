"""Wires the desktop: the only place that makes the long-lived objects and introduces them to each other."""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QObject, Qt, QThreadPool, QTranslator
from PySide6.QtGui import QIcon

from wfepy_core.errors import WfepyError
from wfepy_core.resources import resource
from wfepy_gui import views, window
from wfepy_gui.automation.open_timer import OpenTimer
from wfepy_gui.automation.pass_sequence import PassSequence
from wfepy_gui.automation.preflight_query import PreflightQuery
from wfepy_gui.automation.scheduler import Scheduler
from wfepy_gui.automation.timed_instances import TimedInstances
from wfepy_gui.automation.timers import Timers
from wfepy_gui.commands.close_guard import CloseGuard
from wfepy_gui.commands.command_row import Handlers
from wfepy_gui.commands.context_commands import ContextCommands
from wfepy_gui.commands.fact_collector import FactCollector
from wfepy_gui.commands.file_commands import FileCommands
from wfepy_gui.commands.graph_commands import GraphCommands
from wfepy_gui.commands.intervention_commands import InterventionCommands
from wfepy_gui.commands.intervention_fit import InterventionFit
from wfepy_gui.commands.migration_commands import MigrationCommands
from wfepy_gui.commands.open_paths import PathOpener
from wfepy_gui.commands.pass_commands import PassCommands
from wfepy_gui.commands.rows import TABLE
from wfepy_gui.commands.session_restore import SessionRestore
from wfepy_gui.commands.timer_commands import TimerCommands
from wfepy_gui.commands.view_commands import ViewCommands
from wfepy_gui.instance.file_health import FileHealth
from wfepy_gui.instance.file_watcher import FileWatcher
from wfepy_gui.instance.session import Session
from wfepy_gui.notices import Notices
from wfepy_gui.passes.running_passes import RunningPasses
from wfepy_gui.preferences.interpreters import Interpreters
from wfepy_gui.preferences.settings import Settings
from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.time_format import Clock
from wfepy_gui.theme import SchemeChoice, Theme
from wfepy_gui.window.action_table import ActionTable
from wfepy_gui.window.main_window import MainWindow
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.window.services import Services
from wfepy_gui.workers.child_process import PROGRAM
from wfepy_gui.workers.fleet_scanner import FleetScanner
from wfepy_gui.workers.trust_gate import TrustGate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QApplication

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.automation.countdown import Clocks
    from wfepy_gui.diagnostics import Diagnostics, Fault
    from wfepy_gui.views.fleet.fleet_panel import FleetPanel
    from wfepy_gui.window.screenshot import Screenshot
    from wfepy_gui.workers.trust_gate import TrustQuestion

LOG = logging.getLogger("wfepy.gui")
SWITCH_S = 0.0005
"""How long a thread that reads or explains may keep the interpreter from the window, each time it is wanted.

Python's own 5 ms come again after every call into Qt, which lets the interpreter go: ten calls are 50 ms.
"""


class Options(NamedTuple):
    """What the command line asks for.

    Attributes:
        paths: state files, folders and modules.
        scheme: colours for this start only; None: as remembered.
        settings: another ini file.
        screenshot: write a picture of the window there and end.
        log: where faults of this program are written; empty: nowhere.
    """

    paths: tuple[str, ...] = ()
    scheme: SchemeChoice | None = None
    settings: str | None = None
    screenshot: str = ""
    log: str = ""


class Desktop(QObject):
    """The application's objects and the flow between them.

    Args:
        application: Qt's.
        options: what the command line asks for.
        program: the command that runs a pass where no other Python was chosen.
        clocks: what timers count by; None: the machine's.
    """

    def __init__(
        self,
        application: QApplication,
        options: Options,
        program: tuple[str, ...] = PROGRAM,
        clocks: Clocks | None = None,
    ) -> None:
        super().__init__()
        self._application = application
        self._options = options
        self._prepare(application)
        self.settings = Settings(options.settings)
        self.notices = Notices(self)
        self.theme = Theme(application, options.scheme or self.settings.scheme, self)
        self.clock = Clock(self.settings.time_style, self)
        if self.settings.animates is not None:
            self.theme.animates = self.settings.animates
        self.pool = QThreadPool(self)
        self.interpreters = Interpreters(self.settings, program)
        self.passes = RunningPasses(self)
        self.trust_gate = TrustGate(self.settings, self.pool, self._ask_trust, self)
        self.trust_gate.failed.connect(self.notices.report)
        self._make_instance()
        self.scanner = FleetScanner(self.pool, self)
        self._make_timers(clocks)
        self.services = services = self._make_services()
        self.window = MainWindow(services=services, actions=ActionTable(TABLE, self))
        self.path_opener = PathOpener(services=services, parent=self)
        self.handlers = self._handlers(services)
        self.window.actions_table.connect_handlers(self.handlers)
        self._follow_facts()
        self._guard_close()
        self._fill_recent()
        self._connect()

    def _make_instance(self) -> None:
        """What belongs to the instance that is open."""
        self.watcher = FileWatcher(self.pool, self)
        self.session = Session(
            passes=self.passes,
            interpreters=self.interpreters,
            pool=self.pool,
            watcher=self.watcher,
            notices=self.notices,
            trust_gate=self.trust_gate,
            parent=self,
        )
        self.health = FileHealth(session=self.session, watcher=self.watcher, clock=self.clock, parent=self)
        self.sequence = PassSequence(session=self.session, health=self.health, parent=self)
        self.preflight_query = PreflightQuery(session=self.session, trust_gate=self.trust_gate, parent=self)

    def _make_timers(self, clocks: Clocks | None) -> None:
        """What starts passes of timers."""
        self.timers = Timers(
            passes=self.passes, settings=self.settings, time_format=self.clock, clocks=clocks, parent=self
        )
        self.open_timer = OpenTimer(session=self.session, timers=self.timers, parent=self)
        self.timed_instances = TimedInstances(self.pool, self)
        Scheduler(
            timers=self.timers,
            session=self.session,
            sequence=self.sequence,
            instances=self.timed_instances,
            passes=self.passes,
            interpreters=self.interpreters,
            trust_gate=self.trust_gate,
            notices=self.notices,
        )

    def _prepare(self, application: QApplication) -> None:
        sys.setswitchinterval(SWITCH_S)
        application.setApplicationName("wfepy-gui")
        application.setApplicationDisplayName("wfepy")
        application.setDesktopFileName("wfepy-gui")
        self._translate(application)
        try:
            application.setWindowIcon(QIcon(resource("wfepy-gui.svg")))
        except WfepyError as error:
            LOG.warning("The window has no icon: %s", error)

    def _translate(self, application: QApplication) -> None:
        """Speak the user's language, where somebody has translated the texts into it."""
        try:
            folder = resource("translations")
        except WfepyError as error:
            LOG.warning("The texts stay in English: %s", error)
            return
        translator = QTranslator(self)
        if translator.load(QLocale(), "wfepy_gui", "_", folder):
            application.installTranslator(translator)

    def _make_services(self) -> Services:
        return Services(
            session=self.session,
            scanner=self.scanner,
            settings=self.settings,
            theme=self.theme,
            notices=self.notices,
            clipboard=self._application.clipboard(),
            pool=self.pool,
            preflight_query=self.preflight_query,
            clock=self.clock,
            trust_gate=self.trust_gate,
            interpreters=self.interpreters,
            log_path=self._options.log,
        )

    def _handlers(self, services: Services) -> Handlers:
        """What does what the commands say, each with what it needs."""
        return Handlers(
            window=self.window,
            session=self.session,
            files=FileCommands(window=self.window, services=services, opener=self.path_opener),
            contexts=ContextCommands(window=self.window, services=services),
            passes=PassCommands(
                window=self.window,
                services=services,
                health=self.health,
                sequence=self.sequence,
                timer=self.open_timer,
            ),
            timers=TimerCommands(
                window=self.window, services=services, timer=self.open_timer, timers=self.timers
            ),
            migration=MigrationCommands(window=self.window, services=services, health=self.health),
            interventions=InterventionCommands(window=self.window, services=services),
            graph=GraphCommands(window=self.window, services=services),
            views=ViewCommands(window=self.window, services=services),
            session_restore=SessionRestore(window=self.window, services=services),
        )

    def _follow_facts(self) -> None:
        """Enable what may be used, now and whenever that changes."""
        fit = InterventionFit(window=self.window, session=self.session, pool=self.pool)
        FactCollector(
            window=self.window,
            session=self.session,
            health=self.health,
            sequence=self.sequence,
            timer=self.open_timer,
            fit=fit,
        )

    def _guard_close(self) -> None:
        CloseGuard(
            window=self.window,
            session=self.session,
            contexts=self.handlers.contexts,
            passes=self.passes,
            timers=self.timers,
        )

    def _connect(self) -> None:
        self.window.open_wanted.connect(self.open_paths)
        self.path_opener.folders_wanted.connect(self._show_instances)
        self.path_opener.remembered.connect(self._fill_recent)
        self.path_opener.state_wanted.connect(self._open_file)
        self.path_opener.module_wanted.connect(self._open_module)
        self.window.closing.connect(self.close)
        self.window.panels.fleet.call_when_made(self._open_most_urgent)
        self.window.panels.fleet.call_when_made(self._mark_timers_of)
        self.timers.changed.connect(self._mark_timers)

    def follow(self, diagnostics: Diagnostics) -> None:
        """Show the operator what goes wrong inside this program."""
        diagnostics.fault.connect(self._on_fault, Qt.ConnectionType.QueuedConnection)

    def _on_fault(self, fault: Fault) -> None:
        post = self.notices.error if fault.is_error else self.notices.warning
        post(
            self.tr("A fault in this program: {}").format(fault.summary),
            hint=self.tr("Help, About has a report of it to copy."),
            details=fault.details,
        )

    # -- opening ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window and open what the command line names, or else what was open last."""
        paths, picture = self._options.paths, self._options.screenshot
        screenshot = self._make_screenshot(picture) if picture else None
        self.window.show()
        self.open_paths(paths)
        if not paths and screenshot is None:
            self.handlers.session_restore.reopen()
        self.window.show_page()
        if screenshot is not None:
            screenshot.take_when_ready(opens=bool(paths))

    def _make_screenshot(self, path: str) -> Screenshot:
        screenshot = window.Screenshot(window=self.window, session=self.session, path=path)
        screenshot.taken.connect(lambda is_written: self._application.exit(0 if is_written else 1))
        return screenshot

    def open_paths(self, paths: Sequence[str]) -> None:
        """Open state files, folders, workflow modules and dumps of the old package."""
        self.path_opener.open_paths(paths)

    def _open_file(self, path: str) -> None:
        self.handlers.contexts.unless_pending(partial(self.session.open, path))

    def _open_module(self, path: str, snapshot: Snapshot) -> None:
        self.handlers.contexts.unless_pending(partial(self.path_opener.show_module, path, snapshot))

    def _show_instances(self) -> None:
        self.window.go_to(PanelId.INSTANCES)

    def _open_most_urgent(self, fleet: FleetPanel) -> None:
        fleet.first_filled.connect(self._open_first)

    def _open_first(self, path: str) -> None:
        if path and not self.session.path:
            self.session.open(path)

    def _mark_timers(self) -> None:
        if self.window.panels.fleet.existing is not None:
            self._mark_timers_of(self.window.panels.fleet.existing)

    def _mark_timers_of(self, fleet: FleetPanel) -> None:
        fleet.mark_timers(self.timers.marks, self.timers.sentence_of)

    def _fill_recent(self) -> None:
        menu = self.window.recent_menu
        menu.clear()
        for path in self.settings.recent:
            action: QAction = menu.addAction(bounded(path).replace("&", "&&"))
            action.setToolTip(plain_tip(path))
            action.triggered.connect(partial(self.open_paths, (path,)))
        menu.setEnabled(not menu.isEmpty())

    # -- passes -------------------------------------------------------------------------------------------

    def _ask_trust(self, question: TrustQuestion) -> None:
        above = self._application.activeModalWidget() or self.window
        does, changed = question.purpose, question.changed
        dialog = views.TrustDialog(question.files, above, does=does, changed=changed, again=question.again)
        dialog.agreed.connect(question.agree)
        dialog.rejected.connect(question.refuse)
        dialog.open()

    # -- the end ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Stop everything that runs."""
        if not self._options.screenshot:
            self.handlers.session_restore.remember()
        self.health.stop()
        self.handlers.migration.stop()
        self.timers.halt()
        self.timed_instances.stop()
        self.trust_gate.stop()
        self.session.close()
        self.passes.stop()
        self.path_opener.stop()
        self.handlers.files.stop()
        self.preflight_query.cancel()
        self.scanner.stop()
        self.window.panels.graph.get().close_down()
        self.pool.waitForDone(2000)
