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
from wfepy_gui.views.graph.export_part import (
    ExportPart,
    ExportScope,
    neighbourhood_part,
    part_in_view,
    whole_graph,
)

if TYPE_CHECKING:
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services


class GraphExport(QObject):
    """Pictures of what the window's graph shows now."""

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._view = window.panels.graph.get().graph_view

    def ask_where(self, choice: ExportChoice) -> None:
        """Ask for a file name, then write the picture."""
        path = Path(self._services.session.path)
        kind = f"{FORMATS[choice.output_format].partition(':')[0]} (*.{choice.output_format})"
        dialog = FileDialog(self._window, self.tr("Save the picture"), str(path.parent), kind)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(choice.output_format)
        dialog.selectFile(f"{path.stem}.{choice.output_format}")
        dialog.fileSelected.connect(partial(self.save, choice))
        dialog.open()

    def save(self, choice: ExportChoice, path: str) -> None:
        """Write the picture to a file; tells whether it could be written."""
        if not self._has_graph:
            return
        try:
            if choice.output_format in TEXTS:
                Path(path).write_text(self._text(choice), encoding="utf-8")
            else:
                scene, page = self._view.graph_scene, self._page(choice)
                export.save_picture(scene, page, path, choice.output_format, choice.scale)
        except (WfepyError, OSError) as error:
            self._services.notices.report(error)
            return
        self._services.notices.info(self.tr("The graph was exported to {}").format(path))

    def copy(self, choice: ExportChoice) -> None:
        """Put the picture on the clipboard: text formats as text."""
        if not self._has_graph:
            return
        if choice.output_format in TEXTS:
            self._services.clipboard.setText(self._text(choice))
        else:
            image = export.render_image(self._view.graph_scene, self._page(choice), choice.scale)
            self._services.clipboard.setImage(image)
        self._window.statusBar().showMessage(self.tr("The picture is on the clipboard"), 4000)

    def print_out(self, choice: ExportChoice) -> None:
        """Show how the picture looks on paper; it is printed from there."""
        if not self._has_graph:
            return
        page = self._page(choice)._replace(background=choice.dark)
        pages = export.PagePainter(self._view.graph_scene, page)
        views.PrintPreview(pages, self._title(choice), self._window).open()

    @property
    def _has_graph(self) -> bool:
        return bool(self._view.graph_scene.names)

    def _title(self, choice: ExportChoice) -> str:
        title = Path(self._services.session.path).stem if choice.title is None else choice.title
        return printable_text(title)

    def _text(self, choice: ExportChoice) -> str:
        picture = self._part(choice).picture(self._view.graph_scene.drawn, self._title(choice))
        return dot_text(picture) if choice.output_format == "dot" else mermaid_text(picture)

    def _part(self, choice: ExportChoice) -> ExportPart:
        drawn = self._view.graph_scene.drawn
        if choice.part is ExportScope.VIEW:
            return part_in_view(drawn, self._view.camera.visible_rect)
        if choice.part is ExportScope.NEIGHBOURHOOD:
            return neighbourhood_part(drawn, self._view.graph_scene.selected, choice.depth)
        return whole_graph(drawn)

    def _page(self, choice: ExportChoice) -> export.ExportPage:
        view = self._services.session.view
        stamp = ""
        if choice.stamp and view is not None:
            saved = self._services.clock.stamp(view.snapshot.saved.at)
            words = self.tr("{}, generation {}, saved {}")
            stamp = words.format(label_of(view.status), view.snapshot.generation, saved)
        return export.ExportPage(
            look=Look.of(dark=choice.dark),
            title=self._title(choice),
            stamp=stamp,
            part=self._part(choice),
            legend=choice.legend,
        )
