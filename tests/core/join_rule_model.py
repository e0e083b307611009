"""What a pass must do, told by searching the graph anew at every step. Slow, short, and for tests only.

*A join point fires once a token has arrived and no other live token can reach it. If only joins that block
one another are left, the one whose token came first fires.*
"""

from __future__ import annotations

from tests.core.random_workflows import name_of
from wfepy_core.model.status import TaskState


class Model:
    """One instance of a plan. `tokens` is a list of [task, TaskState] in order of arrival."""

    def __init__(self, plan, script):
        self.plan = plan
        self.script = script
        self.tokens = [[task, TaskState.NEW] for task in sorted(plan.starts)]
        self.again = []
        self.ready = []

    def state(self):
        tokens = [(name_of(task), state) for task, state in self.tokens]
        return tokens + [(name_of(task), TaskState.NEW) for task in self.again]

    def run(self, *, keep_going=False):
        """One pass, a task at a time; returns how many things failed."""
        failures = 0
        self._begin()
        while self.ready and (keep_going or not failures):
            task = self.ready.pop(0)
            if self._state(task) is TaskState.COMPLETE:
                failures += self._decide(task)
            elif self._call(task):
                failures += self._state(task) is TaskState.FAILED
            else:
                failures += self._decide(task)
        return failures

    def run_waves(self, *, keep_going=False):
        """One pass, everything that is ready at a time; returns how many things failed."""
        failures = 0
        self._begin()
        while self.ready and (keep_going or not failures):
            wave, self.ready = sorted(self.ready), []
            stopped = {
                task for task in wave if self._state(task) is not TaskState.COMPLETE and self._call(task)
            }
            failures += sum(self._state(task) is TaskState.FAILED for task in stopped)
            done = [task for task in wave if task not in stopped]
            # A task that nothing follows leaves at once, the others when all of the wave are done.
            for task in [task for task in done if not self.plan.edges[task]]:
                self._decide(task)
            failures += sum(self._decide(task) for task in done if self.plan.edges[task])
        return failures

    def _begin(self):
        self.ready = []
        for token in self.tokens:
            if token[1] is TaskState.BLOCKED or (token[1] is TaskState.NEW and token[0] in self.plan.joins):
                token[1] = TaskState.BLOCKED
            else:
                self.ready.append(token[0])
        self._fire()

    def _call(self, task):
        """Call the task; whether it stops there, waiting or failed."""
        try:
            state = TaskState.COMPLETE if self.script.call(task) else TaskState.WAITING
        except RuntimeError:
            state = TaskState.FAILED
        self._token(task)[1] = state
        return state is not TaskState.COMPLETE

    def _decide(self, task):
        """Move a completed task's token on; whether a condition failed."""
        try:
            dests = [
                dest
                for position, dest in enumerate(self.plan.edges[task])
                if (task, position) not in self.plan.answers or self.script.ask((task, position))
            ]
        except RuntimeError:
            return True
        self.tokens.remove(self._token(task))
        for dest in dests:
            self._arrive(dest)
        if task in self.again:
            self.again.remove(task)
            self._arrive(task)
        self._fire()
        return False

    def _arrive(self, task):
        held = self._token(task)
        if held is None:
            is_join = task in self.plan.joins
            self.tokens.append([task, TaskState.BLOCKED if is_join else TaskState.READY])
            if not is_join:
                self.ready.append(task)
        elif held[1] is TaskState.COMPLETE and task not in self.again:
            self.again.append(task)

    def _fire(self):
        for token in self.tokens:
            join, state = token
            if state is not TaskState.BLOCKED:
                continue
            blockers = [other for other in self.tokens if other is not token and self._leads(other[0], join)]
            if all(other[1] is TaskState.BLOCKED and self._leads(join, other[0]) for other in blockers):
                token[1] = TaskState.READY
                self.ready.append(join)

    def _leads(self, source, dest):
        seen = set()
        todo = [source]
        while todo:
            for following in self.plan.edges[todo.pop()]:
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        return dest in seen

    def _token(self, task):
        return next((token for token in self.tokens if token[0] == task), None)

    def _state(self, task):
        return self._token(task)[1]
