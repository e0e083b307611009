"""What the commands of the graph do: finding, walking back, leaving out, export and print."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker

from wfepy_gui.window.action_table import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.commands.graph_export import GraphExport
    from wfepy_gui.window.main_window import MainWindow, Services

_NEED_A_GRAPH = (
    Command.FIND_IN_GRAPH,
    Command.FIND_NEXT,
    Command.FIND_PREVIOUS,
    Command.NEXT_WAITING,
    Command.NEXT_BY_AGE,
    Command.NEXT_TRANSITION,
    Command.PREVIOUS_TRANSITION,
    Command.NEXT_URGENT,
    Command.ZOOM_AREA,
    Command.ZOOM_IN,
    Command.ZOOM_OUT,
    Command.SHOW_SELECTED,
    Command.NEIGHBOURHOOD,
    Command.HIDE_DONE,
    Command.FILTER_LABEL,
    Command.PRINT,
)


SAID_MS = 6000


class GraphCommands(QObject):
    """Connects the graph's actions to its view, bars and dialogs."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._view = window.graph_panel.graph_view
        self._ask = self._view.navigation
        self._made_pictures: GraphExport | None = None
        actions = window.actions_table
        for command, handler in self._handlers().items():
            actions[command].triggered.connect(handler)
        services.session.instance_changed.connect(self._show_state)
        self._ask.filter_changed.connect(self._show_state)
        self._ask.visit_history_changed.connect(self._show_state)
        self._ask.no_task_found.connect(self._say_none)
        self._ask.transition_changed.connect(self._show_state)
        self._view.zoom_frame_changed.connect(self._say_area)
        actions[Command.ANIMATE].setChecked(services.theme.animates)
        actions[Command.SHOW_HEAT].setChecked(services.settings.shows_heat)
        window.graph_panel.overlays.show_stuck_ages(services.settings.shows_heat)
        self._show_state()

    def _handlers(self) -> dict[Command, Callable[..., object]]:
        panel, view, ask = self._window.graph_panel, self._view, self._ask
        return {
            Command.FIND_IN_GRAPH: self._find,
            Command.FIND_NEXT: partial(self._find_on, ask.find_next),
            Command.FIND_PREVIOUS: partial(self._find_on, ask.find_previous),
            Command.NEXT_WAITING: ask.go_to_next_waiting,
            Command.NEXT_BY_AGE: ask.go_to_next_by_age,
            Command.NEXT_TRANSITION: partial(self._step_transition, 1),
            Command.PREVIOUS_TRANSITION: partial(self._step_transition, -1),
            Command.FOLLOW_TRANSITION: ask.follow_transition,
            Command.SHOW_HEAT: self._show_heat,
            Command.GRAPH_BACK: ask.go_back,
            Command.GRAPH_FORWARD: ask.go_forward,
            Command.ZOOM_AREA: view.begin_zoom_frame,
            Command.NEIGHBOURHOOD: self._toggle_neighbourhood,
            Command.DEEPER: partial(self._deepen, 1),
            Command.SHALLOWER: partial(self._deepen, -1),
            Command.HIDE_DONE: ask.hide_done,
            Command.FILTER_LABEL: panel.filter_bar.choose_label,
            Command.SHOW_ALL: panel.filter_bar.show_all,
            Command.GO_MAP: partial(self._window.go_to, "map"),
            Command.ANIMATE: self._animate,
            Command.EXPORT: self._export,
            Command.COPY_PICTURE: self._copy,
            Command.PRINT: self._print,
        }

    # -- finding ------------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._window.graph_panel.find_bar.open_bar()

    def _find_on(self, step: Callable[[], None]) -> None:
        """F3 begins to look where nothing was looked for."""
        if self._ask.text.strip():
            step()
        else:
            self._find()

    def _say_none(self, statuses: tuple[TaskStatus, ...]) -> None:
        words = self.tr(" or ").join(status.value for status in statuses)
        self._window.statusBar().showMessage(self.tr("No task is {}").format(words), SAID_MS)

    # -- transitions --------------------------------------------------------------------------------------

    def _step_transition(self, step: int) -> None:
        if self._ask.transitions:
            self._ask.step_transition(step)
        else:
            self._window.statusBar().showMessage(
                self.tr("Select a task first: its transitions are selected one by one"), SAID_MS
            )

    # -- areas --------------------------------------------------------------------------------------------

    def _say_area(self) -> None:
        self._window.statusBar().showMessage(self._view.zoom_frame_hint)

    # -- leaving out --------------------------------------------------------------------------------------

    def _toggle_neighbourhood(self) -> None:
        if not self._view.graph_scene.selected:
            self._window.statusBar().showMessage(
                self.tr("Select a task first: its neighbourhood is shown"), SAID_MS
            )
        self._view.focus_on_selected()
        self._show_state()

    def _deepen(self, by: int) -> None:
        self._ask.set_depth(self._ask.graph_filter.depth + by)

    def _show_state(self) -> None:
        actions, graph_filter = self._window.actions_table, self._ask.graph_filter
        is_open = self._services.session.view is not None
        for command in _NEED_A_GRAPH:
            actions[command].setEnabled(is_open)
        for command, is_on in (
            (Command.NEIGHBOURHOOD, bool(graph_filter.centre)),
            (Command.HIDE_DONE, graph_filter.hides_done),
        ):
            with QSignalBlocker(actions[command]):
                actions[command].setChecked(is_on)
        for command in (Command.DEEPER, Command.SHALLOWER):
            actions[command].setEnabled(is_open and bool(graph_filter.centre))
        actions[Command.FOLLOW_TRANSITION].setEnabled(self._view.graph_scene.transition is not None)
        actions[Command.SHOW_ALL].setEnabled(is_open and not graph_filter.is_everything)
        actions[Command.GRAPH_BACK].setEnabled(is_open and self._ask.visit_history.can_go_back)
        actions[Command.GRAPH_FORWARD].setEnabled(is_open and self._ask.visit_history.can_go_forward)

    # -- pictures -----------------------------------------------------------------------------------------

    @property
    def _pictures(self) -> GraphExport:
        if self._made_pictures is None:
            from wfepy_gui.commands.graph_export import GraphExport  # noqa: PLC0415  start-up time

            self._made_pictures = GraphExport(self._window, self._services)
        return self._made_pictures

    def _copy(self) -> None:
        from wfepy_gui.views.graph.export_dialog import ExportChoice  # noqa: PLC0415  start-up time

        self._pictures.copy(ExportChoice())

    def _print(self) -> None:
        from wfepy_gui.views.graph.export_dialog import ExportChoice  # noqa: PLC0415  start-up time

        self._pictures.print_out(ExportChoice())

    def _export(self) -> None:
        from wfepy_gui.views.graph.export_dialog import ExportDialog  # noqa: PLC0415  start-up time

        title = Path(self._services.session.path).stem
        dialog = ExportDialog(
            title, self._view.graph_scene.selected, self._ask.graph_filter.depth, self._window
        )
        dialog.save_wanted.connect(self._pictures.ask_where)
        dialog.copy_wanted.connect(self._pictures.copy)
        dialog.print_wanted.connect(self._pictures.print_out)
        dialog.open()

    # -- look ---------------------------------------------------------------------------------------------

    def _animate(self, wanted: bool) -> None:
        self._services.theme.animates = wanted
        self._services.settings.animates = wanted

    def _show_heat(self, wanted: bool) -> None:
        self._window.graph_panel.overlays.show_stuck_ages(wanted)
        self._services.settings.shows_heat = wanted
