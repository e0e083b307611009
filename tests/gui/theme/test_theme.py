"""Light or dark: as the system has it, or as the operator chose."""

import pytest
from PySide6.QtCore import Qt

from wfepy_core.drawing import palette
from wfepy_core.model.status import TaskStatus
from wfepy_gui.theme import Look, SchemeChoice, Theme


@pytest.fixture
def kept_palette(qapp):
    before = qapp.palette()
    yield
    qapp.setPalette(before)


@pytest.mark.usefixtures("kept_palette")
def test_choosing_dark_changes_the_look_and_the_widgets_once(qapp, qtbot):
    theme = Theme(qapp, SchemeChoice.LIGHT)
    with qtbot.waitSignal(theme.changed):
        theme.choose(SchemeChoice.DARK)
    assert theme.look.dark
    assert qapp.palette().window().color().name() == palette.DARK.page
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(SchemeChoice.DARK)


@pytest.mark.usefixtures("kept_palette")
def test_a_choice_stays_when_the_system_changes_its_mind(qapp, qtbot):
    theme = Theme(qapp, SchemeChoice.LIGHT)
    with qtbot.assertNotEmitted(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.look.dark


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("status", list(TaskStatus), ids=lambda status: status.value)
def test_every_status_has_an_icon_that_shows_its_colour(status, dark):
    image = Look.of(dark=dark).icon(status).pixmap(32, 32).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert palette.scheme(dark=dark).statuses[status].solid in colours
