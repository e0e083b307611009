"""The graph in a light theme, so that its colours can be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wfepy_gui.theme import SchemeChoice, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    before = qapp.palette()
    made = Theme(qapp, SchemeChoice.LIGHT)
    made.animates = False
    yield made
    qapp.setPalette(before)
