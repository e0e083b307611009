"""Writes, copies and prints pictures of the graph, exactly as they were chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.drawing.dot import dot_text
from wfepy_core.drawing.mermaid import mermaid_text
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.errors import WfepyError
from wfepy_gui import views
from wfepy_gui.text.translation import label_of
from wfepy_gui.theme import Look
from wfepy_gui.views.dialogs.file_dialog import FileDialog
from wfepy_gui.views.graph import export
from wfepy_gui.views.graph.export_dialog import FORMATS, TEXTS, ExportChoice
from wfepy_gui.views.graph.export_part import ExportPart, ExportScope, neighbourhood, of_view, whole

if TYPE_CHECKING:
    from wfepy_core.model.graph import Graph
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services


class GraphExport(QObject):
    """Pictures of what the window's graph shows now."""

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._view = window.panels.graph.get().graph_view

    def ask_where(self, choice: ExportChoice) -> None:
        """Ask for a file name, then write the picture."""
        path = Path(self._services.session.path)
        kind = f"{FORMATS[choice.output_format].partition(':')[0]} (*.{choice.output_format})"
        dialog = FileDialog(self._window, self.tr("Save the picture"), str(path.parent), kind)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(choice.output_format)
        dialog.selectFile(f"{path.stem}.{choice.output_format}")
        dialog.fileSelected.connect(partial(self._save_to, choice))
        dialog.open()

    def _save_to(self, choice: ExportChoice, path: str) -> None:
        self.save(choice, path)

    def save(self, choice: ExportChoice, path: str) -> None:
        """Write the picture to a file; tells whether it could be written."""
        drawn, graph = self._view.graph_scene.drawn, self._graph
        if drawn is None or graph is None:
            return
        try:
            if choice.output_format in TEXTS:
                picture = self._extract(choice, drawn).picture(graph, drawn, self._title(choice))
                write = dot_text if choice.output_format == "dot" else mermaid_text
                Path(path).write_text(write(picture), encoding="utf-8")
            else:
                page = self._page(choice, drawn)
                export.save(self._view.graph_scene, page, path, choice.output_format, choice.scale)
        except (WfepyError, OSError) as error:
            self._services.notices.report(error)
            return
        self._services.notices.info(self.tr("The graph was exported to {}").format(path))

    def copy(self, choice: ExportChoice) -> None:
        """Put the picture on the clipboard: text formats as text."""
        drawn, graph = self._view.graph_scene.drawn, self._graph
        if drawn is None or graph is None:
            return
        if choice.output_format in TEXTS:
            picture = self._extract(choice, drawn).picture(graph, drawn, self._title(choice))
            write = dot_text if choice.output_format == "dot" else mermaid_text
            self._services.clipboard.setText(write(picture))
        else:
            page = self._page(choice, drawn)
            self._services.clipboard.setImage(export.picture(self._view.graph_scene, page, choice.scale))
        self._window.statusBar().showMessage(self.tr("The picture is on the clipboard"), 4000)

    def print_out(self, choice: ExportChoice) -> None:
        """Show how the picture looks on paper; it is printed from there."""
        drawn = self._view.graph_scene.drawn
        if drawn is None:
            return
        page = self._page(choice, drawn)._replace(background=choice.dark)
        pages = export.PagePainter(self._view.graph_scene, page)
        views.PrintPreview(pages, self._title(choice), self._window).open()

    @property
    def _graph(self) -> Graph | None:
        view = self._services.session.view
        return view.snapshot.graph if view else None

    def _title(self, choice: ExportChoice) -> str:
        title = Path(self._services.session.path).stem if choice.title is None else choice.title
        return printable_text(title)

    def _extract(self, choice: ExportChoice, drawn: DrawnGraph) -> ExportPart:
        if choice.part is ExportScope.VIEW:
            return of_view(drawn, self._view.camera.shown)
        if choice.part is ExportScope.NEIGHBOURHOOD:
            return neighbourhood(drawn, self._view.graph_scene.selected, choice.depth)
        return whole(drawn)

    def _page(self, choice: ExportChoice, drawn: DrawnGraph) -> export.ExportPage:
        view = self._services.session.view
        stamp = ""
        if choice.stamp and view is not None:
            saved = self._services.clock.stamp(view.snapshot.saved.at)
            told = self.tr("{}, generation {}, saved {}")
            stamp = told.format(label_of(view.status), view.snapshot.generation, saved)
        return export.ExportPage(
            look=Look.of(dark=choice.dark),
            title=self._title(choice),
            stamp=stamp,
            extract=self._extract(choice, drawn),
            legend=choice.legend,
        )
