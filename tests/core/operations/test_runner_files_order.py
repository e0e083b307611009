"""What a runner loads is what was dumped, whatever the order in which the module has its tasks now."""

from types import SimpleNamespace

from wfepy_core import Workflow, end_point, followed_by, start_point, task


def is_wanted(context):
    return context["wanted"]


def runner_of(order):
    """A runner of one workflow whose tasks stand in `order`."""

    @task()
    @start_point()
    @followed_by("keep", is_wanted)
    @followed_by("drop", lambda context: not is_wanted(context))
    def begin(_context):
        return True

    @task()
    @end_point()
    def keep(_context):
        return False

    @task()
    @end_point()
    def drop(_context):
        return True

    tasks = {"begin": begin, "keep": keep, "drop": drop}
    workflow = Workflow()
    for name in order:
        workflow.load_tasks(SimpleNamespace(**{name: tasks[name]}))
    return workflow.create_runner({"wanted": True})


def test_loading_keeps_records_and_decisions_with_their_tasks(tmp_path):
    path = str(tmp_path / "order.wfstate")
    before = runner_of(["begin", "keep", "drop"])
    before.run()
    before.dump(path)

    after = runner_of(["drop", "keep", "begin"])
    after.load(path)

    old, new = before.stepper.topology.index, after.stepper.topology.index
    assert after.state == before.state
    assert after.records.decisions[new["begin"]] == before.records.decisions[old["begin"]] == "TN"
    assert all(after.records[new[name]] == before.records[old[name]] for name in old)
