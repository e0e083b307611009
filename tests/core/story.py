"""A workflow told in one line, and its answers: what the tests of the runner run."""

from __future__ import annotations

from types import ModuleType

from wfepy_core import Runner, Workflow, end_point, followed_by, join_point, start_point, task


class Story:
    """A workflow written as lines: `name: next next?` with `>` start, `&` join; answers given by a test."""

    def __init__(self, text, **answers):
        self.calls = []
        self.answers = {name: list(given) for name, given in answers.items()}
        module = ModuleType("story")
        for line in text.split(";"):
            head, _, follows = line.partition(":")
            name = head.strip(" >&")
            made = task(name)(lambda context, name=name: self.answer(name, context))
            for follow in reversed(follows.split()):
                dest = follow.strip("?")
                condition = (lambda context, key=f"{name}_{dest}": self.answer(key, context, call=False),)
                made = followed_by(dest, *(condition if follow.endswith("?") else ()))(made)
            if not follows.strip():
                made = end_point(made)
            if ">" in head:
                made = start_point(made)
            if "&" in head:
                made = join_point(made)
            setattr(module, name, made)
        self.workflow = Workflow()
        self.workflow.load_tasks(module)
        self.runner = Runner(self.workflow, {})

    def answer(self, name, context, *, call=True):
        if call:
            self.calls.append(name)
        left = self.answers.get(name, [True])
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(context) if callable(answer) else answer

    def run(self, **how):
        """One pass; what it called."""
        self.calls.clear()
        self.runner.run(**how)
        return self.calls

    def state(self):
        return {name: state.name for name, state in self.runner.state}

    def record(self, name):
        return self.runner.records[self.workflow.topology.index[name]]
