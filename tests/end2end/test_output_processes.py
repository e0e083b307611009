"""What tasks print is kept and shown, whatever becomes of the pass and of the log."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and signals of POSIX")

MODULE = """\
import os, subprocess, sys, time
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("call")
def copy(context):
    print("copied 1200 rows")
    return True

@task()
@end_point()
def call(context):
{body}
"""


class Folder:
    """A folder with an instance and its log."""

    def __init__(self, path):
        self.path = path
        self.log = path / "log"

    def new(self, body, name="a"):
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        (self.path / "flow.py").write_text(MODULE.format(body=lines), encoding="utf-8")
        self.run("new", f"{name}.wfstate", "--module", "flow.py")
        return f"{name}.wfstate"

    def run(self, *words, environment=None, **streams):
        with self.log.open("ab") as log:
            return subprocess.run(
                [sys.executable, "-m", "wfepy_core", *words],
                cwd=self.path,
                env=environment or cron_environment(TZ="UTC"),
                timeout=60,
                check=False,
                **{"stdout": log, "stderr": log, **streams},
            ).returncode

    def logged(self):
        return self.log.read_text(encoding="utf-8")

    def output(self, *words):
        return subprocess.run(
            [sys.executable, "-m", "wfepy_core", "output", *words],
            cwd=self.path,
            env=cron_environment(TZ="UTC"),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout

    def printed(self, *words):
        lines = map(json.loads, self.output(*words, "--json").splitlines())
        return [(line["task"], line["stream"], line["text"]) for line in lines]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_what_was_printed_before_the_end_of_the_process_is_in_the_log_and_kept(folder, end):
    state = folder.new(f"print('calling the partner')\nos.kill(os.getpid(), {end})")
    folder.run("advance", state)

    assert "copied 1200 rows" in folder.logged()
    assert "calling the partner" in folder.logged()
    assert folder.printed(state) == [
        ("copy", "out", "copied 1200 rows"),
        ("call", "out", "calling the partner"),
    ]


def test_what_child_processes_print_is_in_the_log_in_its_place_and_kept(folder):
    state = folder.new(
        "print('before')\nsubprocess.run(['sh', '-c', 'echo one; echo two >&2'])\nprint('after')\nreturn True"
    )
    folder.run("advance", state)

    order = [folder.logged().index(word) for word in ("before", "one", "two", "after")]
    assert order == sorted(order)
    assert folder.printed(state, "call") == [
        ("call", "out", "before"),
        ("call", "raw", "one"),
        ("call", "raw", "two"),
        ("call", "out", "after"),
    ]


def test_what_a_child_process_printed_is_kept_when_the_pass_is_killed_under_it(folder):
    state = folder.new("subprocess.run(['echo', 'loaded half'])\nos.kill(os.getpid(), 9)")
    folder.run("advance", state)

    assert "loaded half" in folder.output(state)


def test_what_a_child_process_printed_is_kept_when_nothing_was_printed_before_the_kill(folder):
    state = folder.new("subprocess.run(['echo', 'one of two'])\nos.kill(os.getpid(), 9)")
    module = folder.path / "flow.py"
    module.write_text(module.read_text(encoding="utf-8").replace("print(", "repr("), encoding="utf-8")
    folder.run("advance", state)

    assert folder.printed(state) == [("", "raw", "one of two")]


def test_log_records_and_errors_are_told_apart_from_what_is_printed(folder):
    state = folder.new("print('fine')\nprint('not fine', file=sys.stderr)\nreturn True")
    folder.run("advance", state)

    assert folder.printed(state, "call") == [("call", "out", "fine"), ("call", "err", "not fine")]


def test_a_progress_bar_is_one_line(folder):
    state = folder.new("for n in range(3000): print(f'\\r{n} of 3000', end='')\nprint()\nreturn True")
    folder.run("advance", state)

    assert folder.printed(state, "call") == [("call", "out", "2999 of 3000")]


def test_passes_of_a_folder_keep_the_output_of_each_instance_apart(folder):
    first = folder.new("print(context['name'])\nreturn True", "a")
    second = folder.new("print(context['name'])\nreturn True", "b")
    folder.run("context", "set", first, "name=anna")
    folder.run("context", "set", second, "name=berta")
    folder.run("advance", ".")

    assert folder.printed(first, "call") == [("call", "out", "anna")]
    assert folder.printed(second, "call") == [("call", "out", "berta")]


def test_with_quiet_nothing_is_shown_and_everything_kept(folder):
    state = folder.new("print('asked again')\nsubprocess.run(['echo', 'raw'])\nreturn False")
    folder.run("advance", state)
    folder.log.write_bytes(b"")
    folder.run("advance", state, "--quiet")
    folder.run("advance", ".", "--quiet")

    assert folder.logged() == ""
    assert [text for _, _, text in folder.printed(state, "call")] == ["asked again", "raw"] * 3


def test_lines_in_a_log_begin_with_the_time(folder):
    state = folder.new("return False")
    folder.log.write_bytes(b"")
    folder.run("advance", state)
    folder.run("advance", ".")

    lines = [line for line in folder.logged().splitlines() if "waiting" in line]
    assert len(lines) == 2
    assert all(line[20:].startswith("UTC  ") for line in lines)
    assert all(line[:4].isdigit() for line in lines)


WORDS = (
    "print('printed')\nprint('to err', file=sys.stderr)\n"
    "subprocess.run(['sh', '-c', 'echo child; printf rest'])"
    "\nprint('10%\\r20%', end='')\nreturn True"
)


def test_in_the_log_of_a_folder_each_line_of_a_task_tells_when_and_whose_it_is(folder):
    folder.new(WORDS, "a")
    folder.new(WORDS, "b")
    folder.log.write_bytes(b"")
    folder.run("advance", ".")

    lines = folder.logged().splitlines()
    assert all(line[:4].isdigit() and line[20:].startswith("UTC  ") for line in lines)
    texts = [line[25:] for line in lines]
    expected = ["printed", "to err", "child", "20%", "rest"]
    for name in ("./a.wfstate", "./b.wfstate"):
        named = [text.removeprefix(f"{name}: call: ") for text in texts if text.startswith(f"{name}: call: ")]
        assert sorted(named) == sorted(expected)
        assert f"{name}: finished" in texts


def test_lines_of_one_instance_are_shown_as_they_were_printed(folder):
    state = folder.new("print('printed')\nreturn True")
    folder.log.write_bytes(b"")
    folder.run("advance", state)

    assert "printed" in folder.logged().splitlines()


def test_verbose_tells_what_the_engine_does_in_a_folder_too(folder):
    state = folder.new("return False")
    folder.run("advance", state, "-v")
    folder.run("advance", ".", "--log-level", "info")

    assert folder.logged().count("wfepy.workflow: Executing task call") == 2


def test_a_log_that_takes_nothing_changes_no_result(folder):
    state = folder.new("print('x' * 100_000)\nsys.stdout.close()\nprint('still')\nreturn True")
    with open("/dev/full", "w", encoding="utf-8") as full:
        code = folder.run("advance", state, stdout=full, stderr=full)

    assert code == 0
    assert folder.printed(state, "call")[-1] == ("call", "out", "still")


def test_a_terminal_that_knows_only_ascii_is_shown_everything_in_its_letters(folder):
    state = folder.new("print('größer')\nreturn True", "ü")
    environment = cron_environment(
        LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    ended = folder.run("advance", state, environment=environment)

    assert ended == 0
    assert "\\xfc.wfstate: finished" in folder.logged()


def test_follow_goes_on_with_what_another_process_prints(folder):
    state = folder.new("print('again')\nreturn False")
    following = subprocess.Popen(
        [sys.executable, "-m", "wfepy_core", "output", state, "--follow"],
        cwd=folder.path,
        env=cron_environment(TZ="UTC"),
        stdout=subprocess.PIPE,
        text=True,
    )
    folder.run("advance", state)
    lines = [following.stdout.readline(), following.stdout.readline()]
    following.send_signal(signal.SIGINT)
    following.communicate(timeout=60)

    assert [line[25:] for line in lines] == ["copy: copied 1200 rows\n", "call: again\n"]


def test_follow_shows_what_a_child_process_prints_while_its_task_still_runs(folder):
    state = folder.new(
        "subprocess.run(['echo', '1 of 2'])\n"
        "while not os.path.exists('go'):\n    time.sleep(0.01)\nreturn True"
    )
    words = [sys.executable, "-m", "wfepy_core"]
    following = subprocess.Popen(
        [*words, "output", state, "--follow"],
        cwd=folder.path,
        env=cron_environment(TZ="UTC"),
        stdout=subprocess.PIPE,
        text=True,
    )
    advancing = subprocess.Popen(
        [*words, "advance", state],
        cwd=folder.path,
        env=cron_environment(TZ="UTC"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lines = [following.stdout.readline(), following.stdout.readline()]
    (folder.path / "go").touch()
    advancing.wait(timeout=60)
    following.send_signal(signal.SIGINT)
    rest, _ = following.communicate(timeout=60)

    assert [line.partition("  ")[2] for line in lines] == ["copy: copied 1200 rows\n", "-: 1 of 2\n"]
    assert "1 of 2" not in rest


def test_escapes_that_tasks_printed_do_not_reach_the_terminal(folder):
    state = folder.new("print('\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07')\nreturn True")
    folder.run("advance", state)

    assert folder.output(state, "call").endswith("call: red \\x1b]0;title\\x07\n")


def test_no_descriptor_of_a_pass_stays_open(folder):
    state = folder.new("return True")
    code = (
        "import os, sys; from functools import partial; from wfepy_core.passes.single_pass import run_pass;"
        "from wfepy_core.passes.task_output import TaskOutput;"
        "before = sorted(os.listdir('/proc/self/fd'));"
        f"run_pass({state!r}, output=TaskOutput); print(before == sorted(os.listdir('/proc/self/fd')))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder.path,
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.endswith("True\n")


def test_lines_of_passes_side_by_side_are_whole_in_the_log(folder):
    for number in range(4):
        folder.new("for n in range(300): print('x' * 40, end=''), print('y' * 40)\nreturn True", f"s{number}")
    folder.log.write_bytes(b"")
    folder.run("advance", ".", "--jobs", "4")

    lines = [line for line in folder.logged().splitlines() if "x" in line]
    assert len(lines) == 1200
    printed = {line.partition("UTC  ")[2] for line in lines}
    assert printed == {f"./s{number}.wfstate: call: {'x' * 40}{'y' * 40}" for number in range(4)}


def test_threads_that_print_to_both_streams_do_not_garble_each_other(folder):
    state = folder.new(
        "import threading\n"
        "def say(stream, word): [print(word * 30, file=stream) for _ in range(2000)]\n"
        "both = [threading.Thread(target=say, args=(s, w)) for s, w in zip((sys.stdout, sys.stderr), 'oe')]\n"
        "sys.setswitchinterval(1e-6)\n"
        "[one.start() for one in both]\n"
        "[one.join() for one in both]\n"
        "return True"
    )
    folder.run("advance", state)

    printed = folder.printed(state, "call")
    assert printed.count(("call", "out", "o" * 30)) == printed.count(("call", "err", "e" * 30)) == 2000
    assert {stream for _, stream, _ in printed} == {"out", "err"}


def test_what_child_processes_print_is_shown_when_it_can_be_kept_no_longer(folder):
    state = folder.new(
        "for _ in range(40): print('x' * 60_000)\nsubprocess.run(['echo', 'shown all the same'])\nreturn True"
    )
    (folder.path / "a.wfstate.output.1").mkdir()
    folder.run("advance", state)

    assert "shown all the same" in folder.logged()


def test_what_child_processes_print_after_the_file_was_full_is_in_the_new_one_and_in_the_log(folder):
    state = folder.new(
        "for _ in range(40): print('x' * 60_000)\nsubprocess.run(['echo', 'into the new one'])\nreturn True"
    )
    folder.run("advance", state)

    assert "into the new one" in (folder.path / "a.wfstate.output").read_text(encoding="utf-8")
    assert "into the new one" in folder.logged()


def test_a_log_of_a_folder_has_each_instance_as_soon_as_its_pass_has_ended(folder):
    folder.new("return True", "a")
    folder.new("os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)", "b")
    flow = folder.path / "flow.py"
    flow.write_text("import signal\n" + flow.read_text(encoding="utf-8"), encoding="utf-8")
    first = folder.path / "first.py"
    first.write_text(MODULE.format(body="    return True"), encoding="utf-8")
    folder.run("migrate", "a.wfstate", "--module", "first.py")
    folder.log.write_bytes(b"")
    folder.run("advance", ".")

    assert "a.wfstate: finished" in folder.logged()
