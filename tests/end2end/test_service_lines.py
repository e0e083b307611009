"""The lines for cron and the units for systemd work as they are written, for a user without any rights.

Where root runs these tests they are run as `nobody`; where cron is installed, too, it is cron itself that
runs the line, in a mount namespace of its own, so that no table and no process of this machine is touched.
"""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.cli.command_table import parser_of
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage.state_file import read_head

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
CRON_LINE = re.search(r"^```cron\n(.*)\n```$", GUIDE, re.MULTILINE)[1]
UNITS = dict(re.findall(r"^```ini (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
HELP_LINE = re.search(r"^ +(\*/5 .*)$", parser_of("advance").epilog, re.MULTILINE)[1]
SECONDS = 60
NOBODY = 65534

MODULE = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def note(context):
    import os
    context["user"], context["home"] = os.geteuid(), os.environ["HOME"]
    return True
"""


def can_run(python, user):
    """Whether a user can start a Python and import the project there."""
    words = [python, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import wfepy_core.cli"]
    try:
        return subprocess.run(words, env={}, check=False, capture_output=True, **user).returncode == 0
    except OSError:
        return False


def ordinary_user():
    """How to start a process of an ordinary user, and a Python for them; our own if need be."""
    if os.geteuid() == 0:
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        for python in (sys.executable, "/usr/bin/python3"):
            if can_run(python, user):
                return user, python
    return {}, sys.executable


def make_home(user):
    """A new folder of that user, in a place that they may enter."""
    for place in (None, "/tmp", "/var/tmp"):  # noqa: S108  the folder in it is new, and its owner's alone
        home = Path(tempfile.mkdtemp(prefix="wfepy-home-", dir=place))
        os.chown(home, user.get("user", -1), user.get("group", -1))
        entered = subprocess.run(["/bin/sh", "-c", 'cd "$0"', home], env={}, check=False, **user)
        if entered.returncode == 0:
            return home
        home.rmdir()
    return pytest.skip(f"the user {user} may enter no folder for temporary files")


@pytest.fixture
def home():
    """The home of that user, with the program where the guide has it, and how to run there."""
    user, python = ordinary_user()
    home = make_home(user)
    try:
        program = home / "wfepy" / "bin" / "wfepy"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {python} -m wfepy_core "$@"\n')
        program.chmod(0o755)
        instances = home / "instances"
        instances.mkdir()
        (instances / "m.py").write_text(MODULE)
        for path in (home, *home.rglob("*")):
            os.chown(path, user.get("user", -1), user.get("group", -1))
        # What cron gives, and nothing else.
        environment = {"HOME": str(home), "LOGNAME": "somebody", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
        run = partial(
            subprocess.run, env=environment, cwd=home, capture_output=True, text=True, timeout=SECONDS, **user
        )
        made = run([program, "new", "instances/a.wfstate", "--module", "instances/m.py"], check=False)
        assert made.returncode == 0, made.stderr
        yield home, run
    finally:
        shutil.rmtree(home)


def is_finished(home):
    return read_head(str(home / "instances" / "a.wfstate")).status is InstanceStatus.FINISHED


@pytest.mark.parametrize("line", [CRON_LINE, HELP_LINE], ids=["guide", "help"])
def test_a_line_for_cron_works_in_the_environment_of_cron(home, line):
    home, run = home
    command = line.split(maxsplit=5)[5]

    done = run(["/bin/sh", "-c", command], check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert is_finished(home)


def test_the_log_of_the_cron_line_has_what_changed_and_nothing_of_idle_passes(home):
    home, run = home
    command = CRON_LINE.split(maxsplit=5)[5]
    for _ in range(3):
        done = run(["/bin/sh", "-c", command], check=False)
        assert (done.stdout, done.stderr) == ("", "")

    [line] = (home / "instances" / "wfepy.log").read_text().splitlines()
    assert line.endswith("a.wfstate: finished")


CRON, UNSHARE = shutil.which("cron"), shutil.which("unshare")


def has_private_mounts():
    words = [UNSHARE, "-m", "mount", "-t", "tmpfs", "tmpfs", "/run"]
    if os.geteuid() != 0:
        return False
    return subprocess.run(words, check=False, capture_output=True, env=cron_environment()).returncode == 0


@pytest.mark.skipif(
    not (CRON and UNSHARE and has_private_mounts()),
    reason="needs cron, and root with a mount namespace to run it in",
)
def test_cron_itself_runs_the_line(home):
    home, _ = home
    code = home / "code"
    os.mkfifo(code)
    code.chmod(0o666)
    # "At the start of cron" in the place of "every five minutes".
    line = CRON_LINE.replace("*/5 * * * *", "@reboot")
    (home / "table").write_text(f"HOME={home}\n{line}; echo $? > $HOME/code\n")
    script = f"""
        mount -t tmpfs tmpfs /run
        mount -t tmpfs tmpfs /var/spool/cron
        mount -t tmpfs tmpfs /etc/cron.d
        mount --bind /dev/null /etc/crontab
        mkdir /var/spool/cron/crontabs
        crontab -u nobody {home}/table
        {CRON} -f & cron=$!
        timeout {SECONDS} cat {code}
        kill $cron
        wait $cron
    """
    words = [UNSHARE, "-m", "/bin/sh", "-c", script]
    ran = subprocess.run(
        words, check=False, capture_output=True, text=True, timeout=2 * SECONDS, env=cron_environment()
    )

    assert ran.stdout == "0\n", ran.stderr
    assert is_finished(home)
    assert (home / "instances" / "wfepy.log").owner() == "nobody"


def unit(name):
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str
    parser.read_string(UNITS[name])
    return parser


def test_the_service_of_the_timer_does_a_pass(home):
    home, run = home
    words = shlex.split(unit("wfepy.service")["Service"]["ExecStart"].replace("%h", str(home)))

    assert run(words, check=False).returncode == 0
    assert is_finished(home)


def test_the_watching_service_does_rounds(home):
    home, run = home
    words = shlex.split(unit("wfepy-watch.service")["Service"]["ExecStart"].replace("%h", str(home)))

    assert run([*words, "--once"], check=False).returncode == 0
    assert is_finished(home)


@pytest.mark.parametrize("name", ["wfepy.service", "wfepy-watch.service"])
def test_a_stopped_service_lets_its_passes_finish(name):
    assert unit(name)["Service"]["KillMode"] == "mixed"


def test_the_timer_goes_by_the_calendar():
    assert unit("wfepy.timer")["Timer"]["OnCalendar"] == "*:0/5"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_the_units(tmp_path):
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace("%h/wfepy/bin/wfepy", sys.executable))
    words = ["systemd-analyze", "verify", "--user", *(str(tmp_path / name) for name in UNITS)]
    told = subprocess.run(
        words, check=False, capture_output=True, text=True, timeout=SECONDS, env=cron_environment()
    )

    assert [line for line in told.stderr.splitlines() if str(tmp_path) in line] == []
