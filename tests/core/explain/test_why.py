"""The sentence that answers: why does it not move?"""

from __future__ import annotations

from itertools import pairwise

import pytest

from wfepy_core.errors import InterventionError
from wfepy_core.explain.why import why
from wfepy_core.model.events import (
    ConditionFailed,
    Intervened,
    PassEnded,
    PassStarted,
    TaskEnded,
    TaskStarted,
    TransitionsDecided,
)
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records, TaskError
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef, apply
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus, TransitionStatus
from wfepy_core.time_text import DAY, HOUR, MINUTE, SECOND

NOW = 1_790_000_000 * SECOND
START = NOW - 3 * DAY - 4 * HOUR - 5 * MINUTE


def edge(text):
    path, _, condition = text.partition(" if ")
    source, dest = path.split(">")
    return GraphTransition(source, dest, condition)


def instance(tasks, edges, *, joins=(), ends=None, starts=None):
    names = tasks.split()
    ends = names[-1:] if ends is None else ends.split()
    starts = names[:1] if starts is None else starts.split()
    graph = Graph(
        tuple(GraphTask(name, name in starts, name in joins, name in ends) for name in names),
        tuple(map(edge, edges.split(", "))) if edges else (),
    )
    tokens = tuple((name, TaskState.NEW) for name in starts)
    return Snapshot(
        7, WorkflowRef("release", ("release.py",)), graph, tokens, Records(len(names)), {}, Saved(at=NOW)
    )


class Play:
    """What happened to an instance, told task by task."""

    def __init__(self, snapshot, at=START):
        self.events = [PassStarted(7, at, "ops", "ops1", 1)]
        self.snapshot, self.at = snapshot, at

    def done(self, task, taken=None, at=None):
        at = at or self.at
        count = sum(one.source == task for one in self.snapshot.graph.transitions)
        self.events += [TaskStarted(7, at, task), TaskEnded(7, at, task, TaskState.COMPLETE)]
        self.events.append(TransitionsDecided(7, at, task, "T" * count if taken is None else taken))
        return self

    def waits(self, task, reason="", until=0, times=1):
        for _ in range(times):
            self.events += [
                TaskStarted(7, self.at, task),
                TaskEnded(7, self.at, task, TaskState.WAITING, reason, until),
            ]
        return self

    def fails(self, task, error="no such file"):
        problem = TaskError("builtins.ValueError", error, "Traceback ...")
        self.events += [
            TaskStarted(7, self.at, task),
            TaskEnded(7, self.at, task, TaskState.FAILED, error=problem),
        ]
        return self

    def add(self, *events):
        self.events += events
        return self

    def end(self):
        return apply(self.snapshot, [*self.events, PassEnded(8, self.at, InstanceStatus.WAITING)])

    def now(self):
        return apply(self.snapshot, self.events)


def signing():
    return instance(
        "build sign legal publish", "build>sign, build>legal, sign>publish, legal>publish", joins=["publish"]
    )


def test_a_waiting_task_is_told_with_its_time_its_reason_its_passes_and_what_it_blocks():
    play = Play(signing()).done("build").done("legal").waits("sign", "no signature yet", times=14)
    snapshot = play.end()
    found = why(snapshot, now=NOW)
    assert found.sentence == (
        "sign has waited 3 days 4 h: no signature yet (14 passes); publish is blocked by it"
    )
    assert (found.generation, found.saved_at) == (8, NOW)


def test_several_waiting_tasks_are_told_longest_first():
    play = Play(signing()).done("build").waits("sign")
    play.at += 3 * DAY
    snapshot = play.waits("legal", "lawyer on holiday", times=2).end()
    assert why(snapshot, now=NOW).sentence == (
        "sign has waited 3 days 4 h (1 pass); legal has waited 4 h 5 min: lawyer on holiday (2 passes); "
        "publish comes after them"
    )


def test_many_waiting_tasks_are_counted_not_listed():
    names = [f"w{number}" for number in range(9)]
    start = instance("go " + " ".join(names), ", ".join(f"go>{name}" for name in names), ends="w8")
    play = Play(start).done("go")
    for name in names:
        play.waits(name)
    sentence = why(play.end(), now=NOW).sentence
    assert sentence.count("has waited") == 2
    assert "7 more are waiting" in sentence


def test_a_blocked_task_names_its_blockers_and_the_tree_leads_to_the_cause():
    snapshot = Play(signing()).done("build").done("legal").waits("sign", "no signature yet").end()
    found = why(snapshot, "publish", now=NOW)
    assert found.sentence.startswith("publish is blocked by sign; sign has waited 3 days 4 h")
    (cause,) = found.causes
    assert (cause.task, cause.status) == ("publish", TaskStatus.BLOCKED)
    assert [(child.task, child.status) for child in cause.children] == [("sign", TaskStatus.WAITING)]
    assert found.upstream == ("sign",)
    assert why(snapshot, "sign", now=NOW).downstream == ("publish",)


def test_a_blocked_join_behind_a_blocked_join_tells_the_root_once():
    start = instance(
        "a b c inner outer",
        "a>b, a>c, b>inner, c>inner, inner>outer, a>outer",
        joins=["inner", "outer"],
    )
    snapshot = Play(start).done("a").done("b").waits("c").end()
    (cause,) = why(snapshot, "outer", now=NOW).causes
    assert [child.task for child in cause.children] == ["inner"]
    assert [child.task for child in cause.children[0].children] == ["c"]


def test_a_new_instance_says_what_the_first_pass_begins_with():
    assert why(signing(), now=NOW).sentence == (
        "release is new: no pass has run yet; the next one begins with build"
    )


def test_a_running_task_says_since_when_and_who_holds_it():
    play = Play(signing(), NOW - 12 * SECOND).add(TaskStarted(7, NOW - 12 * SECOND, "build"))
    found = why(play.now(), now=NOW, holder="ops on ops1, process 812")
    assert found.sentence == "build is running for 12 s, in a pass by ops on ops1, process 812"


def test_an_interrupted_task_says_that_it_runs_again_and_what_that_risks():
    play = Play(signing()).add(TaskStarted(7, START, "build"))
    snapshot = play.now()._replace(interrupted=True)
    sentence = why(snapshot, now=NOW).sentence
    assert "build was interrupted: its process ended while it ran (started 3 days 4 h ago)" in sentence
    assert sentence.endswith("the next pass runs it again, though part of its work may be done already")
    graph = snapshot.graph
    safe = graph._replace(tasks=tuple(task._replace(safe_to_repeat=True) for task in graph.tasks))
    assert why(snapshot._replace(graph=safe), now=NOW).sentence.endswith("which its author calls safe")


def test_a_failed_task_says_class_message_and_what_the_next_pass_does():
    snapshot = Play(signing()).fails("build", "no such file: x.tar\nmore").end()
    assert why(snapshot, now=NOW).sentence == (
        "build failed 3 days 4 h ago: ValueError: no such file: x.tar; the next pass tries it again; "
        "sign and legal come after it"
    )


def test_a_failed_condition_is_not_told_as_a_failed_task():
    start = instance("a b", "a>b if good")
    play = Play(start).add(
        TaskStarted(7, START, "a"),
        TaskEnded(7, START, "a", TaskState.COMPLETE),
        ConditionFailed(7, START, "a", TaskError("KeyError", "'cups'", "", condition="b")),
    )
    found = why(play.end(), now=NOW)
    assert "a is done, but the condition of a → b raised KeyError: 'cups'" in found.sentence
    assert "without running the task again" in found.sentence
    (condition,) = found.conditions
    assert (condition.condition, condition.error) == ("good", "KeyError: 'cups'")


def test_a_dead_end_names_the_conditions_that_were_all_false():
    start = instance("check serve discard", "check>serve if is_good, check>discard if is_bad", ends="serve")
    found = why(Play(start).done("check", "NN").end(), now=NOW)
    assert found.sentence.startswith(
        "dead end: no token is left and no end point was reached; check was done"
    )
    assert "is_good (→ serve) and is_bad (→ discard) were all false" in found.sentence
    assert {one.result for one in found.conditions} == {TransitionStatus.NOT_TAKEN}
    assert found.never == ("end point serve cannot be reached any more",)


def test_a_finished_instance_says_when_and_where_it_ended():
    snapshot = Play(instance("a b", "a>b")).done("a").done("b").end()
    found = why(snapshot, now=NOW)
    assert found.sentence == "release is finished: b was done 3 days 4 h ago"
    assert found.never == ()


@pytest.mark.parametrize(
    ("until", "expected"),
    [(NOW + 2 * DAY, "(in 2 days)"), (NOW - HOUR, "passed 1 h ago")],
)
def test_a_deadline_is_told_with_its_zone_and_whether_it_passed(until, expected):
    snapshot = Play(signing()).done("build").waits("sign", "asked", until).waits("legal").end()
    sentence = why(snapshot, now=NOW).sentence
    assert expected in sentence
    assert "UTC" in sentence or "+" in sentence or "-" in sentence


def test_a_task_that_can_never_be_reached_names_the_condition_that_was_false():
    start = instance("a good bad z", "a>good if tastes, a>bad if burnt, good>z, bad>z", joins=["z"])
    snapshot = Play(start).done("a", "TN").waits("good").end()
    found = why(snapshot, "bad", now=NOW)
    assert found.sentence == (
        "bad was never run and cannot be reached any more; a → bad: burnt was false and is not asked again"
    )
    assert why(snapshot, "z", now=NOW).never == ("bad → z: bad is skipped and will not run",)


def test_a_task_skipped_by_hand_says_so_with_the_reason():
    play = Play(signing()).done("build").waits("sign").waits("legal")
    tokens = (("legal", TaskState.WAITING),)
    play.add(Intervened(7, NOW, InterventionKind.SKIP, "ops", "sign", "not needed", tokens=tokens))
    assert why(play.end(), "sign", now=NOW).sentence == "sign was skipped by hand: not needed"


def test_an_unknown_task_is_answered_with_the_nearest_names():
    with pytest.raises(InterventionError, match="publish"):
        why(signing(), "publsh", now=NOW)


def test_a_loop_that_blocks_itself_has_a_finite_tree():
    start = instance("a head body out", "a>head, head>body, body>head, head>out", joins=["head"])
    snapshot = Play(start).done("a").done("head", "TN").waits("body").end()
    (cause,) = why(snapshot, "out", now=NOW).causes
    assert [child.task for child in cause.children] == ["body"]


def test_layers_of_blocked_joins_are_told_once_each_not_once_a_path():
    layers, width = 12, 4
    names = [f"j{layer}x{number}" for layer in range(layers) for number in range(width)]
    edges = [f"go>{name}" for name in names] + ["go>late"] + [f"late>j0x{n}" for n in range(width)]
    for layer in range(layers - 1):
        edges += [f"j{layer}x{a}>j{layer + 1}x{b}" for a in range(width) for b in range(width)]
    start = instance(f"go late {' '.join(names)}", ", ".join(edges), joins=names)
    snapshot = Play(start).done("go").waits("late", "asleep").end()
    assert sum(state is TaskState.BLOCKED for _, state in snapshot.tokens) == layers * width
    pending, told = list(why(snapshot, now=NOW).causes), 0
    while pending:
        cause = pending.pop()
        told += 1
        pending.extend(cause.children)
    assert told < 10 * layers * width


def test_a_chain_of_a_thousand_blocked_joins_is_answered():
    names = [f"j{number}" for number in range(1500)]
    edges = ["go>late", "late>j0", *(f"go>{name}" for name in names)]
    edges += [f"{name}>{after}" for name, after in pairwise(names)]
    start = instance(f"go late {' '.join(names)}", ", ".join(edges), joins=names)
    snapshot = Play(start).done("go").waits("late", "asleep").end()
    assert "late has waited" in why(snapshot, now=NOW).sentence
    assert "late has waited" in why(snapshot, "j1499", now=NOW).sentence


def test_what_can_move_at_once_is_told_beside_what_waits():
    snapshot = Play(signing()).done("build").waits("sign").end()
    assert why(snapshot, now=NOW).sentence.endswith("publish comes after it; the next pass runs legal")


def test_a_tree_of_thousands_of_causes_says_how_many_it_leaves_out():
    names = [f"w{number}" for number in range(900)]
    edges = ", ".join(f"go>{name}, {name}>meet" for name in names)
    play = Play(instance(f"go {' '.join(names)} meet", edges, joins=["meet"])).done("go").done("w0")
    for name in names[1:]:
        play.waits(name)
    snapshot = play.end()
    of_all, of_one = why(snapshot, now=NOW), why(snapshot, "meet", now=NOW)
    told = [cause.task for cause in of_all.causes]
    told += [child.task for cause in of_all.causes for child in cause.children]
    assert len(told) + of_all.more >= 900
    assert len(of_one.causes[0].children) + of_one.causes[0].more == 899
    assert of_one.sentence.startswith("meet is blocked by w1, w2 and 897 more")


def test_causes_stand_in_the_order_of_the_sentence():
    names = ["b", "a", "c"]
    edges = ", ".join(f"go>{name}" for name in names)
    play = Play(instance(f"go {' '.join(names)}", edges, ends="c")).done("go")
    for name in names:
        play.waits(name)
    found = why(play.end(), now=NOW)
    assert [cause.task for cause in found.causes] == names
    assert found.sentence.startswith("b has waited")


def test_an_endless_error_is_cut_in_a_sentence():
    found = why(Play(signing()).fails("build", "A" * 4000).end(), now=NOW)
    assert len(found.sentence) < 500
    assert "AAA…" in found.sentence


def test_a_condition_says_whether_it_can_still_be_asked():
    start = instance(
        "brew taste drink pour_away",
        "brew>taste, taste>brew if too_weak, taste>drink if good, drink>pour_away if cold",
    )
    around = Play(start).done("brew").done("taste", "TN").waits("brew").end()
    told = {(one.source, one.dest): one.in_words() for one in why(around, "taste", now=NOW).conditions}
    assert told == {("taste", "brew"): "was true last time", ("taste", "drink"): "was false last time"}

    over = Play(start).done("brew").done("taste", "NN").end()
    told = {(one.source, one.dest): one.in_words() for one in why(over, "drink", now=NOW).conditions}
    assert told == {("taste", "drink"): "was false", ("drink", "pour_away"): "was never asked"}


def test_of_many_that_can_still_arrive_the_rest_is_counted():
    names = [f"w{number}" for number in range(9)]
    edges = ", ".join(f"go>{name}, {name}>meet" for name in names)
    play = Play(instance(f"go {' '.join(names)} meet", edges, joins=["meet"])).done("go")
    for name in names:
        play.waits(name)
    sentence = why(play.end(), "meet", now=NOW).sentence
    assert sentence.startswith("meet is not reached yet: it comes after w0, w1 and 7 more; w0 has waited")
    assert sentence.endswith("7 more can still arrive")


def test_several_failures_are_tried_again_together():
    play = Play(signing()).done("build").fails("sign").fails("legal")
    assert "the next pass tries them again" in why(play.end(), now=NOW).sentence
