"""Who does something to an instance, and when: for the lock, the journal and the state file."""

from __future__ import annotations

import os
import sys
import time

from wfepy_core._namedtuple import NamedTuple

_LONGEST_NAME = 200
"""Characters of a user's name that are remembered: it comes from the environment."""


class Actor(NamedTuple):
    """A process at one moment.

    Attributes:
        user: login name.
        host: name of the computer.
        pid: process id, on `host`.
        at: the moment, microseconds since 1970 UTC.
    """

    user: str
    host: str
    pid: int
    at: int


def this_process() -> Actor:
    """This process, now."""
    return Actor(user_name(), host_name(), os.getpid(), time.time_ns() // 1000)


def user_name() -> str:
    """The login name of this process's user; empty where Windows does not tell it."""
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "")[:_LONGEST_NAME]
    name = os.environ.get("LOGNAME") or os.environ.get("USER")
    if name:
        return name[:_LONGEST_NAME]
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())  # a container's user without a name


def host_name() -> str:
    """The name of this computer."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename
