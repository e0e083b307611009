"""Whatever an author's code does is a failure of its task, and told; others run, and the file can be read."""

import logging

import pytest

from tests.core.pass_samples import Instance
from wfepy_core.errors import CodecError, WorkflowError
from wfepy_core.model.status import InstanceStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage.journal import read_event

FAN = """
import datetime
from wfepy_core import Waiting, end_point, followed_by, register, start_point, task

class Forgetful(Waiting):
    def __init__(self, who):
        self.who = who

class Numbered(Waiting):
    reason, until = 5, None
    def __init__(self): pass

class Timed(Waiting):
    reason, until = "a text", "tomorrow"
    def __init__(self): pass

class Unhashable(type):
    __hash__ = None
    def __eq__(cls, other): raise ValueError("no comparing")

class Odd(metaclass=Unhashable):
    def __eq__(self, other): raise ValueError("no comparing")
    __hash__ = None
    def __repr__(self): raise ValueError("no repr")
    def __bool__(self): raise ValueError("no truth")

class Unspeakable(Exception):
    def __str__(self): raise ValueError("no text")

class Rude(BaseException):
    def __str__(self): raise Rude
    __repr__ = __str__

class Leaver(Exception):
    def __str__(self): raise SystemExit(3)
    __repr__ = __str__

class Endless(SystemExit):
    def __repr__(self): raise Rude
    code = property(__repr__)

class Causeless(Exception):
    @property
    def __cause__(self): raise SystemExit(4)

class Meddler:
    'It changes the context while it is encoded, as a thread may that its task left behind.'
    def __init__(self, context): self.context = context
    def to_json(self): return self.context.pop("later")

register(Meddler, "test.meddler", Meddler.to_json, Meddler)

class Unsaved:
    def __init__(self, error): self.error = error
    def to_json(self): raise self.error

register(Unsaved, "test.unsaved", Unsaved.to_json, lambda error: throw(eval(error)()))

def meddle(context):
    context["value"] = Meddler(context)
    context["later"] = []
    return True

def changed(waiting, **what):
    for name, value in what.items():
        setattr(waiting, name, value)
    return waiting

def throw(error):
    raise error

async def wait():
    return Waiting("from a coroutine")

def keep(context, value):
    context["value"] = value
    return True

@task()
@start_point()
@followed_by("odd")
@followed_by("innocent")
def begin(context):
    return True

@task()
@followed_by("end", lambda context: eval(context.get("condition", "True")))
def odd(context):
    return eval(context["odd"])

@task()
@end_point()
def innocent(context):
    context["ran"] = True
    return True

@task()
@end_point()
def end(context):
    return True
"""


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Workers of pytest-xdist cannot report a log line that holds half of a surrogate pair."""
    caplog.set_level(logging.CRITICAL + 1, "wfepy")


FAILURES = {
    "Forgetful('ada')": "super().__init__",
    "Numbered()": "not 5",
    "Timed()": "no datetime",
    "changed(Waiting('x'), reason=5)": "not 5",
    "changed(Waiting('x'), reason=None)": "not None",
    "changed(Waiting('x'), until=5)": "no datetime",
    "changed(Waiting('x'), until=datetime.datetime(2026, 1, 1))": "no time zone",
    "changed(Waiting('x'), until=datetime.date(2026, 1, 1))": "no datetime",
    "Waiting": "the class Waiting was returned",
    "Forgetful": "the class Forgetful was returned",
    "(each for each in ())": "yield",
    "Odd()": "no repr",
    "keep(context, Odd)": "context.value",
    "keep(context, Odd())": "context.value",
    "keep(context, [Odd])": "context.value",
    "keep(context, {Odd.__class__: {'a': Odd()}})": "context.value",
    "meddle(context)": "threads",
    "keep(context, Unsaved(Unspeakable()))": "to_json raised Unspeakable: (its text",
    "keep(context, Unsaved(Leaver()))": "to_json raised Leaver: (its text cannot be shown: SystemExit)",
    "keep(context, Unsaved(SystemExit(3)))": "to_json raised SystemExit: 3",
    "keep(context, Unsaved(Rude()))": "to_json raised Rude: (its text cannot be shown: Rude)",
    "throw(Unspeakable())": "(its text cannot be shown: ValueError)",
    "throw(Rude())": "Rude was raised: (its text cannot be shown: Rude)",
    "throw(Leaver())": "(its text cannot be shown: SystemExit)",
    "throw(KeyError(Leaver()))": "(its text cannot be shown: SystemExit)",
    "throw(SystemExit(Rude()))": "(its text cannot be shown: Rude)",
    "throw(Endless())": "(its text cannot be shown: Rude)",
    "throw(Causeless('x'))": "x",
    "throw(ValueError('\\udc80'))": "",
    "throw(SystemExit)": "sys.exit",
    "throw(GeneratorExit)": "GeneratorExit",
    "throw(BaseException('no'))": "no",
    "throw(type('E\\udc80', (Exception,), {})('x'))": "",
}


@pytest.mark.parametrize("code", FAILURES)
def test_it_is_a_failure_of_its_task_and_the_others_run(tmp_path, code):
    instance = Instance(tmp_path, FAN, odd=code)

    result = run_pass(instance.path)

    assert result.failed == ("odd",)
    snapshot = instance.read()
    assert FAILURES[code] in snapshot.record("odd").error.message
    assert {"odd": "failed", "innocent": "complete"}.items() <= instance.statuses().items()
    assert snapshot.context["ran"] is True
    assert "value" not in snapshot.context
    assert None not in [read_event(line.encode()) for line in instance.lines()]
    assert run_pass(instance.path).failed == ("odd",)


@pytest.mark.parametrize("error", ["SystemExit", "Rude", "Leaver"])
def test_a_value_that_its_class_cannot_read_is_refused_by_path(tmp_path, error):
    instance = Instance(tmp_path, FAN, odd="True")
    instance.set_context(value={"$object": ["test.unsaved", error]})

    with pytest.raises(CodecError, match=rf"^context\.value: .* its from_json raised {error}"):
        run_pass(instance.path)


def test_a_failure_whose_traceback_cannot_be_written_is_logged_without(tmp_path, caplog):
    caplog.set_level(logging.ERROR, "wfepy")
    instance = Instance(tmp_path, FAN, odd="throw(Causeless('a text'))")

    assert run_pass(instance.path).failed == ("odd",)

    assert {"a text", "Task odd failed"} <= {record.getMessage() for record in caplog.records}
    assert instance.statuses()["innocent"] == "complete"


CONDITIONS = [
    "(each for each in ())",
    "Waiting",
    "throw(SystemExit(3))",
    "throw(Leaver())",
    "throw(Rude())",
    "Odd()",
    "keep(context, Odd)",
]


@pytest.mark.parametrize("code", CONDITIONS)
def test_in_a_condition_it_is_a_failure_too(tmp_path, code):
    instance = Instance(tmp_path, FAN, odd="True", condition=code)

    assert run_pass(instance.path).failed == ("odd",)

    snapshot = instance.read()
    assert snapshot.record("odd").error.condition == "end"
    assert snapshot.context["ran"] is True
    assert "value" not in snapshot.context


WAITING = {
    "wait()": "from a coroutine",
    "Waiting('\\udc80')": "\udc80",
    "Waiting(type('Text', (str,), {})('own text'))": "own text",
    "Waiting('far', datetime.datetime.max.replace(tzinfo=datetime.UTC))": "far",
    "Waiting('past', datetime.datetime.min.replace(tzinfo=datetime.UTC))": "past",
}


@pytest.mark.parametrize("code", WAITING)
def test_whatever_a_task_waits_for_can_be_read_again(tmp_path, code):
    instance = Instance(tmp_path, FAN, odd=code)

    assert run_pass(instance.path).error is None

    assert instance.read().record("odd").reason == WAITING[code]
    assert run_pass(instance.path).status is InstanceStatus.WAITING


ASYNC = """
import asyncio
from wfepy_core import end_point, followed_by, start_point, task

async def approved(context):
    await asyncio.sleep(0)
    return context["approved"]

async def _refused(context):
    return not await approved(context)

class Refused:
    async def __call__(self, context):
        return await _refused(context)

@task()
@start_point()
@followed_by("ship", approved)
@followed_by("refuse", lambda context: _refused(context))
async def ask(context):
    await asyncio.sleep(0)
    return "done" in context

@task()
@followed_by("refuse", Refused())
@end_point()
def ship(context):
    return True

@task()
@join_point()
@end_point()
async def refuse(context):
    return True
""".replace("followed_by, start", "followed_by, join_point, start")


@pytest.mark.parametrize(("approved", "status"), [(True, "skipped"), (False, "complete")])
def test_coroutines_are_awaited_in_conditions_as_in_tasks(tmp_path, approved, status):
    instance = Instance(tmp_path, ASYNC, approved=approved, done=True)

    assert run_pass(instance.path).status is InstanceStatus.FINISHED

    assert instance.statuses()["refuse"] == status


REFUSED = {
    'safe_to_repeat="yes"': "a has safe_to_repeat='yes' (write safe_to_repeat=True",
    "safe_to_repeat=None": "a has safe_to_repeat=None (write safe_to_repeat=True",
    "name=5": 'the name of a task is 5 (name it in a text: @task(name="..."))',
}


@pytest.mark.parametrize("argument", REFUSED)
def test_arguments_that_no_state_file_can_hold_are_refused_with_place_and_cure(tmp_path, argument):
    module = tmp_path / "bad.py"
    module.write_text(
        "from wfepy_core import *\n\n"
        f"@task({argument})\n@start_point()\n@end_point()\ndef a(context): return True\n"
    )

    with pytest.raises(WorkflowError) as caught:
        new_instance(str(tmp_path / "a.wfstate"), ["bad.py"])

    assert f"bad.py:3: {REFUSED[argument]}" in str(caught.value)
    assert not (tmp_path / "a.wfstate").exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("yield False", "bad.py:2: the condition from a to b has a `yield`"),
        ("pass\n@task()\n@followed_by('b')\n@start_point()\nasync def c(context): yield", "c has a `yield`"),
    ],
)
def test_what_only_yields_is_refused_before_it_counts_as_true(tmp_path, body, told):
    (tmp_path / "bad.py").write_text(
        f"from wfepy_core import *\ndef ready(context): {body}\n"
        "@task()\n@start_point()\n@followed_by('b', ready)\ndef a(context): return True\n"
        "@task()\n@join_point()\n@end_point()\ndef b(context): return True\n"
    )

    with pytest.raises(WorkflowError, match="yield") as caught:
        new_instance(str(tmp_path / "a.wfstate"), ["bad.py"])

    assert told in str(caught.value)
