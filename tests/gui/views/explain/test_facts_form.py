"""Facts in their scroll area: texts whose height depends on whether there is a bar beside them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QWidget

from wfepy_gui.views.explain.facts_form import FactsArea


class LatePage(QWidget):
    """As texts do that were not laid out yet, it tells the height for the width it had before."""

    def minimumSizeHint(self):  # noqa: N802  Qt's name
        without_bar = self.width() > 190
        return QSize(10, 348 if without_bar else 306)


def test_a_page_that_fits_only_without_a_bar_is_not_resized_for_ever(qtbot):
    area = FactsArea()
    qtbot.addWidget(area)
    area.setWidget(LatePage())
    area.resize(196, 320)
    area.show()
    QCoreApplication.processEvents()
    assert area.widget().width() in (196, area.viewport().width())
