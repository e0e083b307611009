"""Makes a Python on Linux lack what another system lacks; Python itself imports this when it starts.

`WFEPY_TEST_SYSTEM` says which: `darwin` or `win32`.
"""

import contextlib
import fcntl
import os
import signal
import sys
from functools import partial
from importlib import import_module
from types import SimpleNamespace

SYSTEM = os.environ["WFEPY_TEST_SYSTEM"]
# They look at the system when they are imported, and are there complete.
COMPLETE = (
    "asyncio concurrent.futures.process concurrent.futures.thread decimal importlib.metadata locale logging"
    " multiprocessing.process platform random shutil socket subprocess tempfile threading zoneinfo"
)
NOT_ON_MACOS = {
    os: "eventfd fallocate fdatasync memfd_create pidfd_open pipe2 posix_fadvise posix_fallocate"
    " sched_getaffinity sched_setaffinity waitid O_PATH O_TMPFILE",
    signal: "sigtimedwait sigwaitinfo SIGPOLL SIGRTMAX SIGRTMIN",
    fcntl: "F_OFD_GETLK F_OFD_SETLK F_OFD_SETLKW",
}
NOT_ON_WINDOWS = {
    os: "chown chroot ctermid fchdir fchmod fchown fdatasync fork forkpty fpathconf fstatvfs getegid geteuid"
    " getgid getgroups getloadavg getpgid getpgrp getpriority getresuid getsid getuid initgroups killpg"
    " lchown mkfifo mknod nice openpty pathconf pidfd_open pipe2 posix_fadvise posix_fallocate posix_spawn"
    " pread preadv pwrite pwritev register_at_fork sched_getaffinity setegid seteuid setgid setgroups setpgid"
    " setsid setuid statvfs sync sysconf tcgetpgrp tcsetpgrp uname wait wait3 wait4 waitid O_CLOEXEC"
    " O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH O_SYNC O_TMPFILE P_ALL WEXITED WNOHANG",
    signal: "alarm getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt sigpending"
    " sigtimedwait sigwait sigwaitinfo ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGCHLD SIGCONT SIGHUP"
    " SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGUSR1 SIGUSR2 SIG_BLOCK SIG_SETMASK SIG_UNBLOCK",
}
MODULES_NOT_ON_WINDOWS = ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty")
F_FULLFSYNC = 51


def full_sync(asked, descriptor, command, *arguments):
    """`fcntl.fcntl` of macOS: it has the cache of the drive written. For which files is noted."""
    if command != F_FULLFSYNC:
        return asked(descriptor, command, *arguments)
    os.fsync(descriptor)
    with contextlib.suppress(KeyError), open(os.environ["WFEPY_TEST_SYNCS"], "a", encoding="utf-8") as notes:
        notes.write(os.readlink(f"/proc/self/fd/{descriptor}") + "\n")
    return 0


for name in COMPLETE.split():
    import_module(name)
# It asks for the system when it makes its first loop.
import_module("asyncio").new_event_loop().close()
if SYSTEM == "win32":
    # Starting a process and locking a file work as on this system, with all that it has.
    for name in ("filelock._unix", "subprocess"):
        module = import_module(name)
        module.os, module.signal = SimpleNamespace(**vars(os)), SimpleNamespace(**vars(signal))
for module, names in (NOT_ON_MACOS if SYSTEM == "darwin" else NOT_ON_WINDOWS).items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
if SYSTEM == "darwin":
    fcntl.F_FULLFSYNC = F_FULLFSYNC
    fcntl.fcntl = partial(full_sync, fcntl.fcntl)
else:
    sys.modules.update(dict.fromkeys(MODULES_NOT_ON_WINDOWS))
sys.platform = SYSTEM
