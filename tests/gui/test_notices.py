"""Everything that was told, none lost to one that says the same again and again."""

from __future__ import annotations

from wfepy_gui.notices import MOST_NOTICES, Level, Notices


def test_what_is_said_again_is_counted_and_pushes_nothing_out():
    notices = Notices()
    notices.error("the disk is full")
    for _ in range(MOST_NOTICES + 100):
        notices.warning("locked by cron", hint="it is tried again")

    assert [(one.summary, one.times) for one in notices.history] == [
        ("the disk is full", 1),
        ("locked by cron", MOST_NOTICES + 100),
    ]


def test_what_differs_in_anything_but_its_time_is_another_notice():
    notices = Notices()
    notices.error("it failed", details="in line 1")
    notices.error("it failed", details="in line 2")
    notices.warning("it failed", details="in line 2")
    notices.error("it failed", details="in line 1")

    assert [one.times for one in notices.history] == [1, 1, 1, 1]
    assert [one.level for one in notices.history] == [Level.ERROR, Level.ERROR, Level.WARNING, Level.ERROR]
