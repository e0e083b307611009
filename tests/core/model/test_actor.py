"""Who this process is."""

import getpass
import os
import time

from wfepy_core.model.actor import this_process, user_name


def test_this_process_is_named_by_its_user_host_and_number():
    before = time.time_ns() // 1000
    me = this_process()

    assert (me.host, me.pid) == (os.uname().nodename, os.getpid())
    assert before <= me.at <= time.time_ns() // 1000


def test_the_environment_says_whose_process_it_is(monkeypatch):
    monkeypatch.setenv("LOGNAME", "ops")
    monkeypatch.setenv("USER", "somebody")

    assert this_process().user == "ops"


def test_without_an_environment_the_account_says_it(monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    assert user_name() == getpass.getuser()


def test_an_account_without_a_name_is_its_number(monkeypatch):
    for name in ("LOGNAME", "USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 3_999_999_999)

    assert user_name() == "3999999999"
