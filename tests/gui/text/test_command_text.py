"""What the command printed, as the desktop tells it."""

from __future__ import annotations

from wfepy_gui.text.command_text import reason_in


def test_the_reason_is_what_the_command_said_last():
    printed = (
        "wfepy: not this one\nlots of output\nwfepy: the module is gone\n  correct it\n  with --module\n"
    )
    assert reason_in(printed) == ("the module is gone", "correct it with --module")
    assert reason_in("wfepy: said by a task\nand more output") == ("", "")
