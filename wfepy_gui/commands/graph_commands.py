"""What the commands of the graph do: find, walk, zoom, leave out, export and print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt

from wfepy_gui import commands, views
from wfepy_gui.window.command_ids import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.commands.graph_export import GraphExport
    from wfepy_gui.views.graph.navigation import Navigation
    from wfepy_gui.views.graph.view import GraphView
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services

MESSAGE_MS = 6000


class GraphCommands(QObject):
    """Acts on the graph's view, its bars and its dialogs."""

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._panel = window.panels.graph.get()
        self._made_pictures: GraphExport | None = None
        self.navigation.filter_changed.connect(self._show_filter)
        self.navigation.no_task_found.connect(self._on_no_task_found)
        self.view.zoom_frame_changed.connect(self._on_zoom_frame_changed)
        actions = window.actions_table
        actions[Command.ANIMATE].setChecked(services.theme.animates)
        actions[Command.MARK_STUCK].setChecked(services.settings.marks_stuck)
        self._panel.overlays.show_stuck_ages(services.settings.marks_stuck)
        self._show_filter()

    @property
    def view(self) -> GraphView:
        """The graph as it is seen."""
        return self._panel.graph_view

    @property
    def navigation(self) -> Navigation:
        """What is asked of the graph."""
        return self.view.navigation

    # -- finding ------------------------------------------------------------------------------------------

    def find(self) -> None:
        """Let the operator type which tasks are looked for."""
        self._panel.find_bar.open_bar()

    def find_next(self) -> None:
        """Go to the next task that was found; begin to look where nothing was looked for."""
        self._find_on(self.navigation.find_next)

    def find_previous(self) -> None:
        """Go to the one before; begin to look where nothing was looked for."""
        self._find_on(self.navigation.find_previous)

    def _find_on(self, step: Callable[[], None]) -> None:
        if self.navigation.text.strip():
            step()
        else:
            self.find()

    def _on_no_task_found(self, statuses: tuple[TaskStatus, ...]) -> None:
        words = self.tr(" or ").join(status.value for status in statuses)
        self._window.statusBar().showMessage(self.tr("No task is {}").format(words), MESSAGE_MS)

    # -- transitions --------------------------------------------------------------------------------------

    def step_transition(self, step: int) -> None:
        """Select the next transition of the selected task, or with -1 the one before."""
        if self.navigation.transitions:
            self.navigation.step_transition(step)
        else:
            self._window.statusBar().showMessage(
                self.tr("Select a task first: its transitions are selected one by one"), MESSAGE_MS
            )

    # -- what is in view ----------------------------------------------------------------------------------

    def show_selected(self) -> None:
        """Bring the selected task into view."""
        self.view.show_task(self.view.graph_scene.selected)

    def show_actual_size(self) -> None:
        """Show the graph at its own size."""
        self.view.zoom_to(1.0)

    def focus_graph(self) -> None:
        """Move the keyboard to the graph."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_zoom_frame_changed(self) -> None:
        self._window.statusBar().showMessage(self.view.zoom_frame_hint)

    # -- leaving out --------------------------------------------------------------------------------------

    def toggle_neighbourhood(self) -> None:
        """Show only what is near the selected task, or everything again."""
        if not self.view.graph_scene.selected:
            self._window.statusBar().showMessage(
                self.tr("Select a task first: its neighbourhood is shown"), MESSAGE_MS
            )
        self.view.focus_on_selected()
        self._show_filter()

    def change_depth(self, by: int) -> None:
        """Let the neighbourhood reach more transitions away, or fewer."""
        self.navigation.set_depth(self.navigation.graph_filter.depth + by)

    def choose_label(self) -> None:
        """Let the operator choose the label that tasks must have."""
        self._panel.filter_bar.choose_label()

    def show_all(self) -> None:
        """Leave nothing out."""
        self._panel.filter_bar.show_all()

    def _show_filter(self) -> None:
        actions, graph_filter = self._window.actions_table, self.navigation.graph_filter
        for command, is_on in (
            (Command.NEIGHBOURHOOD, bool(graph_filter.centre)),
            (Command.HIDE_DONE, graph_filter.hides_done),
        ):
            with QSignalBlocker(actions[command]):
                actions[command].setChecked(is_on)

    # -- pictures -----------------------------------------------------------------------------------------

    @property
    def _pictures(self) -> GraphExport:
        if self._made_pictures is None:
            self._made_pictures = commands.GraphExport(window=self._window, services=self._services)
        return self._made_pictures

    def copy_picture(self) -> None:
        """Copy the whole graph as a picture."""
        self._pictures.copy(views.ExportChoice())

    def print_picture(self) -> None:
        """Show the whole graph as it is printed, then print it."""
        self._pictures.print_out(views.ExportChoice())

    def ask_export(self) -> None:
        """Ask which part of the graph is exported, and how."""
        title = Path(self._services.session.path).stem
        dialog = views.ExportDialog(
            title=title,
            selected=self.view.graph_scene.selected,
            depth=self.navigation.graph_filter.depth,
            parent=self._window,
        )
        dialog.save_wanted.connect(self._pictures.ask_where)
        dialog.copy_wanted.connect(self._pictures.copy)
        dialog.print_wanted.connect(self._pictures.print_out)
        dialog.open()

    # -- look ---------------------------------------------------------------------------------------------

    def set_animates(self, wanted: bool) -> None:
        """Say whether the graph glides and running tasks pulse."""
        self._services.theme.animates = wanted
        self._services.settings.animates = wanted

    def set_marks_stuck(self, wanted: bool) -> None:
        """Say whether what is stuck is marked."""
        self._panel.overlays.show_stuck_ages(wanted)
        self._services.settings.marks_stuck = wanted
