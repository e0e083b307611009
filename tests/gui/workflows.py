"""Workflows as small as a test needs them; `make_instance` puts the imports before."""

ONE_TASK = """
@task()
@start_point()
@end_point()
def only(context):
    return False
"""
ONE_TASK_ENDS = ONE_TASK.replace("return False", "return True")
ONE_TASK_FAILS = ONE_TASK.replace("return False", 'raise ValueError("no disk")')


def asking_for(key: str) -> str:
    """Two tasks; the condition between them reads `key`, and the first one waits."""
    return TWO_TASKS.replace("KEY", key)


TWO_TASKS = """
@task()
@start_point()
@followed_by("done", lambda context: context["KEY"])
def only(context):
    return False

@task()
@end_point()
def done(context):
    return True
"""
