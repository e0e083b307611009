"""Random workflows for property tests: a seed makes the same graph, conditions and answers every time."""

from __future__ import annotations

import random
from types import FunctionType, ModuleType
from typing import NamedTuple

import wfepy_core


class Plan(NamedTuple):
    """What a random workflow does.

    `edges[t]` are the destinations of task t, in written order. `answers` are consumed in order, one per
    call of t or of the condition (t, position): True, False, or "raise"; when used up, the last one counts.
    """

    size: int
    edges: dict
    starts: frozenset
    joins: frozenset
    ends: frozenset
    answers: dict

    def script(self):
        """A fresh set of answers."""
        return Script(self.answers)


class Script:
    """Gives the planned answers, and remembers the calls."""

    def __init__(self, answers):
        self.left = {key: list(values) for key, values in answers.items()}
        self.calls = []

    def ask(self, key):
        values = self.left[key]
        answer = values.pop(0) if len(values) > 1 else values[0]
        if answer == "raise":
            raise RuntimeError(f"{key} was told to")
        return answer

    def call(self, task):
        self.calls.append(task)
        return self.ask(task)


def name_of(task):
    return f"t{task}"


def number_of(name):
    return int(name[1:])


def module_of(plan, script, api=wfepy_core):
    """The plan as a module with tasks of `api`: wfepy_core, or wfepy itself."""
    module = ModuleType("planned")
    module.__file__ = "planned.py"
    for task in range(plan.size):
        decorated = _named(lambda _, task=task: script.call(task), name_of(task))
        for position in reversed(range(len(plan.edges[task]))):
            arguments = [name_of(plan.edges[task][position])]
            if (task, position) in plan.answers:
                arguments.append(lambda _, key=(task, position): script.ask(key))
            decorated = api.followed_by(*arguments)(decorated)
        for chosen, point in (
            (plan.starts, api.start_point),
            (plan.joins, api.join_point),
            (plan.ends, api.end_point),
        ):
            if task in chosen:
                decorated = point()(decorated)
        setattr(module, name_of(task), api.task()(decorated))
    return module


def workflow_of(plan, script, api=wfepy_core):
    workflow = api.Workflow()
    workflow.load_tasks(module_of(plan, script, api))
    return workflow


def _named(function, name):
    return FunctionType(
        function.__code__, function.__globals__, name, function.__defaults__, function.__closure__
    )


def without_loops(seed):
    """A graph without loops, every meeting a join point; conditions are constant, some tasks wait."""
    pick = random.Random(seed)  # noqa: S311  repeatable, nothing secret
    size = pick.randint(2, 9)
    edges = {
        task: sorted({pick.randint(task + 1, size - 1) for _ in range(pick.randint(1, 3))})
        for task in range(size - 1)
    } | {size - 1: []}
    entries = _entries(size, edges)
    answers = {task: [False] * pick.choice([0, 0, 0, 1, 2]) + [True] for task in range(size)}
    for task in range(size):
        for position in range(len(edges[task])):
            if pick.random() < 0.5:
                answers[task, position] = [pick.random() < 0.5]
    return Plan(
        size,
        edges,
        frozenset(task for task in range(size) if not entries[task]),
        frozenset(task for task in range(size) if entries[task] > 1),
        frozenset(task for task in range(size) if not edges[task]),
        answers,
    )


def with_loops(seed):
    """Any graph: loops, parallel transitions, joins anywhere, changing conditions, waiting and failing."""
    pick = random.Random(seed)  # noqa: S311  repeatable, nothing secret
    size = pick.randint(1, 9)
    joinish = pick.choice([0.1, 0.4, 0.8])
    edges = {
        task: [
            pick.randrange(size) if pick.random() < 0.35 else min(size - 1, task + pick.randint(1, 3))
            for _ in range(pick.randint(0, 3))
        ]
        for task in range(size)
    }
    answers = {task: _answers(pick, [True] * 6 + [False, "raise"]) for task in range(size)}
    for task in range(size):
        for position, dest in enumerate(edges[task]):
            if dest <= task or pick.random() < 0.4:
                # Backward transitions end some time, or no pass would.
                answers[task, position] = _answers(pick, [True, True, False, "raise"], last=[False])
    starts = frozenset(task for task in range(size) if task == 0 or pick.random() < 0.2)
    joins = frozenset(task for task in range(size) if pick.random() < joinish)
    return Plan(size, edges, starts, joins, frozenset({size - 1}), answers)


def _answers(pick, choices, last=(True,)):
    return [pick.choice(choices) for _ in range(pick.randint(0, 4))] + [pick.choice(last)]


def _entries(size, edges):
    entries = dict.fromkeys(range(size), 0)
    for dests in edges.values():
        for dest in dests:
            entries[dest] += 1
    return entries
