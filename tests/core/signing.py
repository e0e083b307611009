"""Releases that wait for a signature."""

#: Two people must agree: `sign` waits, `legal` as the context says.
SIGNING = """
from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task

@task()
@start_point()
@followed_by("sign")
@followed_by("legal")
def build(context):
    return True

@task()
@followed_by("publish")
def sign(context):
    return Waiting("no signature yet")

@task()
@followed_by("publish")
def legal(context):
    return context.get("legal", True)

@task()
@join_point()
@end_point()
def publish(context):
    if context.get("broken"):
        raise RuntimeError("server is down")
    return True
"""

#: `build` is done at once, then `sign` waits for `signed_by`.
ONE_SIGNATURE = """
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("sign")
def build(context):
    context["built"] = True
    return True

@task()
@end_point()
def sign(context):
    return bool(context.get("signed_by")) or Waiting("no signature yet")
"""
