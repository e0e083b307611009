"""A workflow that writes down each of its calls in the folder of its instance, outside of the engine."""

import os

from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task


def note(context, name):
    descriptor = os.open(os.path.join(context["folder"], "calls"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, f"{name}\n".encode())
    os.close(descriptor)
    context["log"] = [*context.get("log", []), name]


@task()
@start_point()
@followed_by("count", lambda context: "collect" in context["log"])
@followed_by("ask")
def collect(context):
    note(context, "collect")
    return True


@task()
@followed_by("publish")
def count(context):
    note(context, "count")
    return True


@task()
@followed_by("publish")
def ask(context):
    if not os.path.exists(os.path.join(context["folder"], "answer")):
        return Waiting("nobody has answered yet")
    note(context, "ask")
    return True


@task()
@join_point()
@end_point()
def publish(context):
    note(context, "publish")
    return True
