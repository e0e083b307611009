"""Colours that can be told apart, by everybody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QRadioButton

from wfepy_core.model.status import TaskStatus
from wfepy_gui.theme import Look
from wfepy_gui.theme.json_look import json_look
from wfepy_gui.theme.outlines import outline_sheet


def contrast(one: QColor, other: QColor) -> float:
    """Contrast as in WCAG 2.1, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


Role, Group = QPalette.ColorRole, QPalette.ColorGroup
TEXTS = (
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.ButtonText, Role.Button),
    (Role.PlaceholderText, Role.Base),
    (Role.HighlightedText, Role.Highlight),
    (Role.Link, Role.Base),
    (Role.Link, Role.Window),
    (Role.LinkVisited, Role.Base),
    (Role.LinkVisited, Role.Window),
    (Role.ToolTipText, Role.ToolTipBase),
)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def look(request, qapp: QApplication):  # noqa: ARG001  fonts need an application
    return Look.of(dark=request.param)


@pytest.mark.parametrize(
    "group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.Disabled]
)
def test_every_text_stands_out_from_its_background(look, group):
    colours = look.application_palette()
    poor = {
        f"{text.name} on {ground.name}": round(found, 2)
        for text, ground in TEXTS
        if (found := contrast(colours.color(group, text), colours.color(group, ground))) < 4.5
    }
    assert poor == {}


def test_borders_and_the_focus_are_seen_on_both_sides(look):
    for colour in (look.panel_border, look.selection):
        assert contrast(colour, look.page) >= 3
        assert contrast(colour, look.panel) >= 3
    assert contrast(look.selection, look.panel_border) >= 1.1
    sheet = outline_sheet(look)
    assert f":focus {{ border-color: {look.selection.name()}" in sheet


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_focus_of_what_can_be_ticked_is_seen(qtbot, look, kind):
    dialog = QDialog()
    dialog.setPalette(look.application_palette())
    dialog.setStyleSheet(outline_sheet(look))
    ticked, other = kind("ticked", dialog), QLineEdit(dialog)
    other.move(0, 60)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = dialog.grab(ticked.geometry()).toImage()
    ticked.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ticked.hasFocus)
    after = dialog.grab(ticked.geometry()).toImage()

    places = [(x, y) for x in range(before.width()) for y in range(before.height())]
    changes = [contrast(before.pixelColor(*place), after.pixelColor(*place)) for place in places]
    assert sum(change >= 3 for change in changes) > before.width()


def test_status_icons_are_seen_on_rows_that_are_selected_and_on_those_that_are_not(look):
    for status in TaskStatus:
        solid = look.statuses[status].solid
        assert contrast(solid, look.panel) >= 3
        assert contrast(solid, look.page) >= 3


def test_the_colours_of_json_are_readable(look):
    for colour in json_look(look):
        assert contrast(colour, look.panel) >= 4.5
