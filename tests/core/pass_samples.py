"""Workflows with a state file each, to run passes on."""

from pathlib import Path

from hypothesis import strategies as st

from wfepy_core.model.derived_status import task_statuses
from wfepy_core.operations.create import new_instance
from wfepy_core.storage import state_file

RELEASE = """
import os
from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task

@task()
@start_point()
@followed_by("build")
@followed_by("sign")
def prepare(context):
    context["log"] = ["prepare"]
    return True

@task()
@followed_by("publish", lambda context: "build" in context["log"])
def build(context):
    context["log"].append("build")
    exec(context.get("in_build", ""), {"context": context})
    return True

@task()
@followed_by("publish")
def sign(context):
    exec(context.get("in_sign", ""), {"context": context})
    return context.get("signed", False) or Waiting("no signature yet")

@task()
@join_point()
@end_point()
def publish(context):
    context["log"].append("publish")
    return True
"""


class Instance:
    """A state file of the release workflow in a folder of its own."""

    def __init__(self, folder, source=RELEASE, **context):
        self.module = folder / "release.py"
        self.module.write_text(source)
        self.path = str(folder / "release.wfstate")
        new_instance(self.path, ["release.py"], context)

    def read(self):
        return state_file.read(self.path)

    def statuses(self):
        return {name: status.value for name, status in task_statuses(self.read()).items()}

    def bytes(self):
        return Path(self.path).read_bytes()

    def lines(self):
        """The lines of the journal behind the snapshot that it begins with."""
        file = Path(self.path + ".journal")
        return file.read_text().splitlines()[1:] if file.exists() else []

    def set_context(self, **context):
        """Change the context as somebody does who edits the file."""
        snapshot = state_file.replay(state_file.read_document(self.path))
        state_file.write(self.path, snapshot._replace(context={**snapshot.context, **context}))


@st.composite
def workflows(draw):
    """Source text of a workflow whose tasks and conditions do what the context says, and such a context."""
    size = draw(st.integers(1, 7))
    lines = ["from wfepy_core import *\n"]
    before = dict.fromkeys(range(size), 0)
    edges = {
        n: sorted(draw(st.sets(st.integers(n + 1, size - 1), max_size=3))) if n + 1 < size else []
        for n in before
    }
    for dests in edges.values():
        for dest in dests:
            before[dest] += 1
    for n, dests in edges.items():
        lines.append("@task()")
        lines += ["@start_point()"] * (not before[n]) + ["@join_point()"] * (before[n] > 1)
        lines += ["@end_point()"] * (not dests)
        for dest in dests:
            condition = draw(st.sampled_from(["", f", lambda c: c['if'].get('{n}-{dest}', True)"]))
            lines.append(f"@followed_by('t{dest}'{condition})")
        if draw(st.booleans()):
            back = draw(st.integers(0, n))
            lines.append(f"@followed_by('t{back}', lambda c: c['back'].pop('{n}', False))")
        lines.append(
            f"def t{n}(context):\n    step = context['do'].pop('t{n}', None)\n"
            f"    context['seen'] = context.get('seen', 0) + {n % 2}\n"
            "    if step == 'fail': raise ValueError(step)\n    return step != 'wait'\n"
        )
    steps = st.dictionaries(
        st.sampled_from([f"t{n}" for n in before]), st.sampled_from(["wait", "fail"]), max_size=3
    )
    pairs = [f"{n}-{dest}" for n, dests in edges.items() for dest in dests]
    choices = st.dictionaries(st.sampled_from(pairs), st.booleans()) if pairs else st.just({})
    laps = draw(st.dictionaries(st.sampled_from([str(n) for n in before]), st.just(True)))
    return "\n".join(lines), {"do": draw(steps), "if": draw(choices), "back": laps}
