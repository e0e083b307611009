"""Instances of a folder run as they would alone: what one changes in its process does not reach the next."""

import os
import sys

import pytest

from wfepy_core.loading import loader
from wfepy_core.operations.create import new_instance
from wfepy_core.passes.fleet_outcome import PassOptions, Result
from wfepy_core.passes.own_workers import OwnWorkers
from wfepy_core.passes.process_settings import ProcessSettings
from wfepy_core.passes.task_output import TaskOutput
from wfepy_core.storage import state_file

MODULE = """
import decimal, gc, io, locale, logging, multiprocessing, os, random, signal, socket, ssl, sys, tempfile
import threading, time, urllib.request, warnings
from wfepy_core import end_point, start_point, task

{at_import}

def leave_child():
    until_we_end, _held = os.pipe()
    if not os.fork():
        os.close(_held)
        os.read(until_we_end, 1)
        os._exit(0)

@task()
@start_point()
@end_point()
def look(context):
    exec(context["do"])
    context["seen"] = repr(eval(context["look"]))
    return False
"""

CHANGES = {
    "os.environ['http_proxy'] = 'http://proxy.example'": "os.environ.get('http_proxy')",
    "os.environ.pop('PATH')": "'PATH' in os.environ",
    "os.environ['TZ'] = 'Pacific/Chatham'; time.tzset()": "time.localtime(0).tm_hour",
    "os.umask(0o077)": "(os.umask(0o022), os.umask(0o022))[0]",
    "os.chdir('/')": "os.getcwd()",
    "sys.path.insert(0, '/nowhere')": "'/nowhere' in sys.path",
    "sys.argv.append('more')": "sys.argv",
    "sys.setrecursionlimit(4321)": "sys.getrecursionlimit()",
    "sys.set_int_max_str_digits(5000)": "sys.get_int_max_str_digits()",
    "sys.excepthook = print": "sys.excepthook is print",
    "sys.unraisablehook = print": "sys.unraisablehook is print",
    "sys.breakpointhook = print": "sys.breakpointhook is print",
    "sys.settrace(lambda *_: None)": "sys.gettrace() is None",
    "sys.setprofile(lambda *_: None)": "sys.getprofile() is None",
    "threading.excepthook = print": "threading.excepthook is print",
    "tempfile.tempdir = '/nowhere'": "tempfile.gettempdir()",
    "ssl._create_default_https_context = None": "ssl._create_default_https_context is None",
    "urllib.request.install_opener(print)": "urllib.request._opener is print",
    "sys.stdout = io.StringIO()": "type(sys.stdout).__name__",
    "sys.stdout.close(); sys.stderr.close()": "(sys.stdout.closed, sys.stderr.closed)",
    "gc.disable()": "gc.isenabled()",
    "locale.setlocale(locale.LC_ALL, 'POSIX')": "locale.setlocale(locale.LC_ALL)",
    "signal.signal(signal.SIGUSR1, signal.SIG_IGN)": "signal.getsignal(signal.SIGUSR1)",
    "signal.signal(signal.SIGTERM, signal.SIG_DFL)": "signal.getsignal(signal.SIGTERM) == signal.SIG_DFL",
    "signal.alarm(1000)": "signal.getitimer(signal.ITIMER_REAL)[0] > 0",
    "signal.pthread_sigmask(signal.SIG_BLOCK, [10])": "signal.pthread_sigmask(signal.SIG_BLOCK, [])",
    "warnings.simplefilter('error')": "warnings.filters[0]",
    "decimal.getcontext().prec = 3": "decimal.Decimal(1) / 3",
    "decimal.DefaultContext.prec = 5": "decimal.Context().prec",
    "decimal.getcontext().traps[decimal.Inexact] = True": "decimal.getcontext().traps[decimal.Inexact]",
    "logging.disable(logging.CRITICAL)": "logging.root.manager.disable",
    "logging.basicConfig(level='DEBUG')": "(logging.root.level, len(logging.root.handlers))",
    "logging.getLogger('x').setLevel('DEBUG')": "logging.getLogger('x').isEnabledFor(logging.DEBUG)",
    "logging.getLogger('x').addHandler(logging.StreamHandler())": "len(logging.getLogger('x').handlers)",
    "logging.getLogger('x').addFilter(print)": "len(logging.getLogger('x').filters)",
    "logging.getLogger('x').propagate = False": "logging.getLogger('x').propagate",
    "socket.setdefaulttimeout(3)": "socket.getdefaulttimeout()",
    "multiprocessing.set_start_method('forkserver')": "multiprocessing.get_start_method(allow_none=True)",
}

LEFT = {
    "threading.Thread(target=time.sleep, args=[1000], daemon=True).start()": "threading.active_count()",
    "leave_child()": "os.path.exists(f'/proc/{os.getpid()}/task/{os.getpid()}/children')",
    "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))": "()",
    "os.nice(1)": "os.nice(0)",
}


class Folder:
    """Instances of workflows in folders of their own, served by one worker."""

    def __init__(self, folder):
        self.folder = folder

    def new(self, name, workflow, *, do="", look="()", at_import=""):
        place = self.folder / workflow
        place.mkdir(exist_ok=True)
        module = place / "look.py"
        module.write_text(MODULE.format(at_import=""))
        path = str(place / f"{name}.wfstate")
        new_instance(path, ["look.py"], {"do": do, "look": look})  # imports it, in the process of the tests
        module.write_text(MODULE.format(at_import=at_import))
        return path

    def advance(self, *paths):
        """A pass over each instance; what each saw, and the processes they ran in."""
        with OwnWorkers(1, PassOptions()) as workers:
            outcomes = list(workers.advance(paths))
        assert [outcome.result for outcome in outcomes] == [Result.DONE] * len(paths), outcomes
        snapshots = [state_file.read(path) for path in paths]
        return [snapshot.context["seen"] for snapshot in snapshots], [
            snapshot.saved.pid for snapshot in snapshots
        ]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_task_changes_in_its_process_is_put_back(folder, change):
    look = CHANGES[change]
    (alone,), _ = folder.advance(folder.new("alone", "w", look=look))

    seen, processes = folder.advance(
        folder.new("a", "w", do=change, look=look), folder.new("b", "w", look=look)
    )

    assert seen[1] == alone
    assert processes[0] == processes[1]
    if "close()" not in change:  # nobody can close the streams of a pass
        assert seen[0] != alone


def test_a_workflow_that_changes_nothing_at_import_costs_its_later_passes_no_look_at_the_settings(tmp_path):
    path = Folder(tmp_path).new("a", "w")
    settings, calls = ProcessSettings(), []
    loaded = loader.load(("look.py",), os.path.dirname(path))
    with TaskOutput(path):
        settings.enter(loaded)
        sys.setprofile(lambda _frame, event, _what: calls.append(event))
        settings.enter(loaded)
        sys.setprofile(None)

    assert calls.count("call") + calls.count("c_call") < 10


@pytest.mark.parametrize("left", LEFT)
def test_a_process_in_which_something_is_left_serves_no_other_instance(folder, left):
    _, processes = folder.advance(folder.new("a", "w", do=left, look=LEFT[left]), folder.new("b", "w"))

    assert processes[0] != processes[1]


def test_a_process_in_which_a_task_breaks_what_all_need_serves_no_other_instance(folder):
    broken, whole = folder.new("a", "w", do="os.replace = os.fsync = None"), folder.new("b", "w")

    with OwnWorkers(1, PassOptions()) as workers:
        outcomes = list(workers.advance([broken, whole]))

    assert [outcome.result for outcome in outcomes] == [Result.DIED, Result.DONE]


@pytest.mark.parametrize("change", [change for change in CHANGES if "alarm" not in change])
def test_what_a_module_changes_at_import_is_there_for_its_instances_and_for_no_others(folder, change):
    look = CHANGES[change]
    (plain,), _ = folder.advance(folder.new("plain", "w", look=look))
    (alone,), _ = folder.advance(folder.new("alone", "v", look=look, at_import=change))
    names = ("1", "2", "3", "4", "5")
    workflows = ("v", "v", "w", "v", "w")

    seen, processes = folder.advance(
        *(
            folder.new(name, workflow, look=look, at_import=change if workflow == "v" else "")
            for name, workflow in zip(names, workflows, strict=True)
        )
    )

    assert seen == [alone, alone, plain, alone, plain]
    assert len(set(processes)) == 1
