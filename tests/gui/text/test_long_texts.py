"""Texts of megabytes in a state file: of each the window lays out the beginning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from tests.gui.shown import shown_in
from wfepy_gui.text.bounded_text import LONGEST_LINE
from wfepy_gui.views.context.value_pane import LONGEST_TEXT
from wfepy_gui.window.panel_registry import PanelId

SIZE = 500_000
TEXTS = {
    "a word": "x" * SIZE,
    "lines": "ab\n" * (SIZE // 3),
}

MODULE = """
@task("begin")
@start_point()
@followed_by("wait")
@followed_by("fail")
def begin(context):
    '''described'''
    return True

@task("wait")
@followed_by("end", lambda context: context["keyed"])
def wait(context):
    return Waiting("because")

@task("fail")
@followed_by("end")
def fail(context):
    raise ValueError("it failed")

@task("end")
@join_point()
@end_point()
def end(context):
    return True
"""


def with_long(text, place):
    """The text of a state file with a long one at a place."""
    document = json.loads(text)
    errors = document["records"]["errors"]
    long = TEXTS[place[1]]
    match place[0]:
        case "reason":
            document["records"]["reasons"]["wait"] = long
        case "message" | "traceback" as member:
            errors["fail"][member] = long
        case "description":
            document["graph"]["tasks"][0]["doc"] = long
        case "key":
            document["context"][long] = 1
        case "value":
            document["context"]["keyed"] = long
    return json.dumps(document)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("member", ["reason", "message", "traceback", "description", "key", "value"])
def test_of_an_endless_text_the_window_lays_out_the_beginning(
    make_instance, wfepy, open_instance, desktop, member, text
):
    path = make_instance(MODULE, context='{"keyed": "valued"}')
    wfepy("advance", path)
    Path(path).write_text(with_long(Path(path).read_text(), (member, text)))
    view = open_instance(path)
    for dock in PanelId:
        desktop.window.show_dock(dock)
        for task in ("", *view.statuses):
            desktop.window.select_task(task)
            desktop.pool.waitForDone()
            QCoreApplication.processEvents()
            shown = [len(each) for _, each in shown_in(desktop.window)]
            assert max(shown) <= LONGEST_TEXT + 100
            lines = [len(line) for _, each in shown_in(desktop.window) for line in each.split("\n")]
            assert max(lines) <= LONGEST_LINE
