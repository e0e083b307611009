"""A workflow, and code that leaves a trace, for tests of what may run."""

FLOW = """
from wfepy_core import end_point, start_point, task
{above}

@task()
@start_point()
@end_point()
def only(context):
    {body}
    return False
"""
LEAVES_A_TRACE = "open({!r}, 'w').close()\n"
