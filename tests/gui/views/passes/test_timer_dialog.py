"""The question how often and until when."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from wfepy_core.time_text import HOUR, MINUTE, SECOND
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.views.passes.timer_dialog import TimerDialog


@pytest.mark.parametrize(
    "plan", [Plan(5 * MINUTE), Plan(90 * SECOND), Plan(2 * HOUR, 1_800_000_000 * SECOND), Plan(SECOND)]
)
@pytest.mark.parametrize("style", [TimeStyle.LOCAL, TimeStyle.UTC])
def test_a_plan_comes_back_as_it_was_shown(qtbot, plan, style):
    dialog = TimerDialog("work.wfstate", plan, style)
    qtbot.addWidget(dialog)
    start = dialog.findChild(QDialogButtonBox).buttons()[0]

    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(start, Qt.MouseButton.LeftButton)

    assert chosen.args[0] == plan
