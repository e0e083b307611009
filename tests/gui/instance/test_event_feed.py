"""Events of a pass become views; what does not fit the instance leaves a trace."""

from __future__ import annotations

import logging

from tests.gui.workflows import ONE_TASK
from wfepy_core.model.events import TaskEnded
from wfepy_core.model.status import TaskState
from wfepy_gui.instance.event_feed import EventFeed

WAIT_MS = 20_000


def test_events_that_do_not_fit_are_logged_and_the_file_counts(qtbot, make_instance, view_from, caplog):
    feed, steps = EventFeed(), []
    feed.stepped.connect(steps.append)
    feed.begin(view_from(make_instance(ONE_TASK)))

    with caplog.at_level(logging.WARNING, "wfepy.gui"), qtbot.waitSignal(feed.drained, timeout=WAIT_MS):
        feed.add((TaskEnded(1, 1, "only", TaskState.COMPLETE, changes="no changes"),))
        feed.finish()

    assert not feed.is_following
    assert steps == []
    assert "Traceback" in caplog.text
