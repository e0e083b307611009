"""Which commands may be used when, and why the others may not: one pure function, looked at as a table."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import wfepy_gui
from tests.gui.workflows import ONE_TASK
from wfepy_gui.commands.availability import obstacles, warnings
from wfepy_gui.commands.facts import CommandFacts, Misfits
from wfepy_gui.window.command_ids import Command

C = Command
NOTHING = CommandFacts(obstacle="Nothing is open")
OPEN = CommandFacts(has_file=True, has_graph=True, has_context=True)
MODULE = OPEN._replace(has_file=False, obstacle="A module alone has no instance to change")
BUSY = OPEN._replace(is_busy=True)
UNREADABLE = OPEN._replace(is_unreadable=True, obstacle="The file cannot be read now")
UNREAD = CommandFacts(has_file=True, obstacle="The file was not read yet")
READ_ONLY = OPEN._replace(obstacle="It cannot be written by you")
LOST = READ_ONLY._replace(is_missing=True, obstacle="The file is not there any more")
HELD = OPEN._replace(holder="ann holds this instance since 10:00")
PENDING = OPEN._replace(has_changes=True, has_unsaved=True, can_undo=True)
VALUE = OPEN._replace(has_value=True)
TASK = OPEN._replace(has_tasks=True)
PART = OPEN._replace(has_neighbourhood=True, is_filtered=True)

CASES = [
    # facts, command, why not (empty: it may be used)
    (NOTHING, C.OPEN, ""),
    (NOTHING, C.PALETTE, ""),
    (NOTHING, C.ADVANCE, "Nothing is open"),
    (NOTHING, C.RELOAD, "Nothing is open"),
    (NOTHING, C.FIT, "Nothing is open"),
    (NOTHING, C.COPY_VALUE, "Nothing is open"),
    (NOTHING, C.LOCATE, "Nothing is open"),
    (NOTHING, C.CANCEL, "No pass is running"),
    (NOTHING, C.TIMER_PAUSE, "This instance has no timer"),
    (CommandFacts(), C.CLOSE_INSTANCE, "Nothing is open"),
    (MODULE, C.FIT, ""),
    (MODULE, C.WHY, ""),
    (MODULE, C.ADVANCE, "A module alone has no instance to change"),
    (MODULE, C.FORK, "A module alone has no instance to change"),
    (MODULE, C.PREFLIGHT, "There is no instance yet"),
    (NOTHING, C.PREFLIGHT, "Nothing is open"),
    (OPEN, C.PREFLIGHT, ""),
    (MODULE, C.TIMER, "A module alone has no instance to change"),
    # passes
    (OPEN, C.ADVANCE, ""),
    (OPEN, C.MIGRATE, ""),
    (OPEN, C.ADVANCE_UNTIL_STILL, ""),
    (OPEN, C.ADVANCE_WHEN_FREE, "Nobody else holds the instance"),
    (OPEN, C.NO_FURTHER_PASS, "No further pass is planned"),
    (BUSY, C.ADVANCE, "A pass is running"),
    (BUSY, C.CANCEL, ""),
    (BUSY, C.ADD_VALUE, ""),
    (BUSY, C.COMPLETE, "A pass is running"),
    (BUSY, C.RESTORE, "A pass is running"),
    (BUSY._replace(is_stopping=True), C.CANCEL, "The pass is being stopped"),
    (HELD, C.ADVANCE, ""),
    (HELD, C.ADVANCE_UNTIL_STILL, "ann holds this instance since 10:00"),
    (HELD, C.ADVANCE_WHEN_FREE, ""),
    (HELD._replace(is_sequence=True), C.ADVANCE_WHEN_FREE, "Passes are under way already"),
    (OPEN._replace(is_sequence=True), C.NO_FURTHER_PASS, ""),
    (READ_ONLY, C.ADVANCE, "It cannot be written by you"),
    (READ_ONLY, C.FORK, ""),
    # timers
    (OPEN, C.TIMER, ""),
    (UNREAD, C.TIMER, "The file was not read yet"),
    (OPEN._replace(is_sandbox=True), C.TIMER, "A sandbox has no timer"),
    (OPEN._replace(has_timer=True), C.TIMER_REMOVE, ""),
    # the file
    (UNREADABLE, C.RELOAD, ""),
    (UNREADABLE, C.RESTORE, ""),
    (UNREADABLE, C.ADVANCE, "The file cannot be read now"),
    (UNREAD, C.RESTORE, ""),
    (UNREAD, C.FORK, "The file was not read yet"),
    (READ_ONLY, C.RESTORE, "It cannot be written by you"),
    (PENDING, C.RESTORE, "Apply or discard your pending changes first"),
    (LOST, C.LOCATE, ""),
    (OPEN, C.LOCATE, "The file is where it was"),
    # the context
    (OPEN, C.ADD_VALUE, ""),
    (OPEN, C.EDIT_VALUE, "Select a value of the context first"),
    (OPEN, C.REVEAL_VALUE, "Select a value of the context first"),
    (VALUE, C.EDIT_VALUE, ""),
    (VALUE, C.MOVE_VALUE_UP, "There is no value before it to change places with"),
    (VALUE._replace(can_move_down=True), C.MOVE_VALUE_DOWN, ""),
    (VALUE._replace(obstacle="It cannot be written by you"), C.EDIT_VALUE, "It cannot be written by you"),
    (VALUE._replace(obstacle="It cannot be written by you"), C.REVEAL_VALUE, ""),
    # pending changes
    (OPEN, C.UNDO, "No change is pending"),
    (OPEN, C.REDO, "No change was taken back"),
    (OPEN, C.APPLY_CHANGES, "No change is pending"),
    (OPEN, C.REVIEW_MERGE, "Nobody saved what you change"),
    (PENDING, C.UNDO, ""),
    (PENDING, C.APPLY_CHANGES, ""),
    (PENDING._replace(is_busy=True), C.APPLY_CHANGES, "A pass is running"),
    (PENDING._replace(is_saving=True), C.DISCARD_CHANGES, "Your changes are being saved"),
    (PENDING._replace(has_merge=True), C.REVIEW_MERGE, ""),
    (OPEN._replace(has_unsaved=True), C.DISCARD_CHANGES, ""),
    (OPEN._replace(has_unsaved=True), C.COPY_AS_COMMANDS, "No change is pending"),
    # interventions
    (OPEN, C.SKIP, "Select a task first"),
    (OPEN, C.SET_TOKENS, ""),
    (TASK, C.SKIP, ""),
    (TASK._replace(misfits=Misfits(retry="sign never ran")), C.RETRY, "sign never ran"),
    (TASK._replace(misfits=Misfits(retry="sign never ran")), C.COMPLETE, ""),
    (TASK._replace(is_saving=True), C.COMPLETE, "Your changes are being saved"),
    # the graph
    (OPEN, C.DEEPER, "No neighbourhood is shown"),
    (OPEN, C.SHOW_ALL, "Nothing is left out"),
    (OPEN, C.FOLLOW_TRANSITION, "Select a transition first"),
    (OPEN, C.GRAPH_BACK, "No task was visited before this one"),
    (PART, C.DEEPER, ""),
    (PART, C.SHOW_ALL, ""),
    (OPEN._replace(has_transition=True), C.FOLLOW_TRANSITION, ""),
    (OPEN._replace(can_go_forward=True), C.GRAPH_FORWARD, ""),
]


@pytest.mark.parametrize(
    ("facts", "command", "why_not"), CASES, ids=lambda each: each.name if isinstance(each, Command) else ""
)
def test_a_command_may_be_used_or_says_why_not(facts, command, why_not):
    assert obstacles(facts)[command] == why_not


@pytest.mark.parametrize("facts", [NOTHING, MODULE, OPEN, BUSY, UNREADABLE, UNREAD, HELD, PENDING])
def test_there_is_an_answer_for_every_command_a_sentence_without_its_full_stop(facts):
    answers = obstacles(facts)
    assert set(answers) == set(Command)
    sentences = {answer for answer in answers.values() if answer}
    assert all(answer[0].isupper() or facts.holder == answer for answer in sentences)
    assert not any(answer.endswith(".") for answer in sentences)


def test_who_holds_an_instance_is_told_and_advance_may_be_tried():
    assert warnings(HELD) == {Command.ADVANCE: HELD.holder}
    assert obstacles(HELD)[Command.ADVANCE] == ""


def test_nothing_else_enables_or_disables_an_action():
    places = [path for name in ("commands", "window") for path in (folder() / name).rglob("*.py")]
    calls = {
        path.name
        for path in places
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("setEnabled", "setDisabled", "setStatusTip")
    }
    assert calls == {"action_table.py"}


def folder():
    return Path(wfepy_gui.__file__).parent


def test_what_is_not_possible_is_disabled_and_its_tip_says_why(desktop):
    fit = desktop.window.actions_table[Command.FIT]
    assert not fit.isEnabled()
    assert fit.statusTip() == "Show the whole graph. Not now: Nothing is open"
    assert fit.toolTip() == "Show the whole graph (Ctrl+9). Not now: Nothing is open"


def test_the_tip_says_it_no_longer_when_it_is_possible(make_instance, open_instance, desktop):
    open_instance(make_instance(ONE_TASK))
    fit = desktop.window.actions_table[Command.FIT]
    assert fit.isEnabled()
    assert (fit.statusTip(), fit.toolTip()) == ("Show the whole graph", "Show the whole graph (Ctrl+9)")
    menus = [action.menu() for action in desktop.window.menuBar().actions()]
    assert all(menu.toolTipsVisible() for menu in menus)  # Qt shows no status tip of what is grey
