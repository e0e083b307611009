"""A month of cron over many instances, in an hour of its own: what is remembered, and how much is written.

    python benchmarks/cron_month.py [--days 30] [--instances 200] [--every 60] [--seed 1]

The clock is moved on from pass to pass; everything else is real: state files, journals, locks, workflow
modules, forked processes that are killed at a random call or whose disk is full from a random byte on, edits
with a reason, edits of the file with an editor, and two deployments, the second of which renames a task.

The tasks with an effect note each of their calls in a ledger beside the instances. At the end the history of
each instance is read from its birth on and compared with it: each call has its end, its failure or its
interruption; each edit its line, with who and why. One instance is shown and restored as it was at three
moments. Printed are the bytes written a day (as the kernel counts them for these processes) and the size of
the journals. The exit code is 1 if anything is missing.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.errors import WfepyError
from wfepy_core.model.events import Interrupted, Intervened, SnapshotTaken, TaskEnded
from wfepy_core.model.status import InstanceStatus, InterventionKind, Origin, TaskState
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.migration import move_to_module
from wfepy_core.operations.restore import restore_moment
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.moments import Moment, look_back
from wfepy_core.storage.segments import lines_of, segments_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.events import Event
    from wfepy_core.model.snapshot import Snapshot

START = 1_796_083_200.0  # 2026-12-01
DAY = 86_400
BYTES_A_WRITE = ("write", "pwrite")
CALLS = ("write", "pwrite", "replace", "link", "fsync", "fdatasync", "ftruncate")

MODULE = '''
"""An order: it is opened, the goods arrive one day, somebody signs, it is {send} and closed."""
import os, time
from wfepy_core import Waiting, end_point, followed_by, start_point, task

def note(context, name):
    with open(os.path.join(context["folder"], "ledger"), "a") as ledger:
        ledger.write(f"{{context['name']}} {{name}}\\n")

@task()
@start_point()
@followed_by("receive")
def open_order(context):
    note(context, "open_order")
    context["opened"] = int(time.time())
    return True

@task()
@followed_by("sign")
def receive(context):
    if context["watched"]:
        context["looked_at"] = int(time.time())
    return time.time() >= context["arrives"] or Waiting("the goods have not arrived")

@task()
@followed_by("{send}")
def sign(context):
    return bool(context.get("signed_by")) or Waiting("nobody has signed")

@task()
@followed_by("close")
def {send}(context):
    note(context, "{send}")
    context["tries"] = context.get("tries", 0) + 1
    if context["tries"] < context["troubles"]:
        raise ConnectionError("the carrier does not answer")
    return True

@task()
@end_point()
def close(context):
    note(context, "close")
    context["closed"] = "{version}"
    return True
'''


class Clock:
    """The time of day of everything in this process."""

    def __init__(self) -> None:
        self.now = START
        time.time = lambda: self.now
        time.time_ns = lambda: int(self.now * 1e9)

    def move_on(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Kept(NamedTuple):
    """An instance as it was at some moment, to be compared with what the history shows of that moment."""

    snapshot: Snapshot
    at: float


class Month:
    """Instances, and what happened to them as far as somebody was told."""

    def __init__(self, folder: Path, count: int, seed: int) -> None:
        self.clock = Clock()
        self.folder = folder
        self.random = random.Random(seed)  # noqa: S311  a repeatable month, not a secret
        self.paths = [str(folder / f"order-{number:03}.wfstate") for number in range(count)]
        self.counts: Counter[str] = Counter()
        self.edits: list[tuple[str, str, str]] = []
        self.kept: list[Kept] = []
        self.watched = self.paths[0]
        self._over: set[str] = set()
        self._deploy("1", "send")
        for number, path in enumerate(self.paths):
            self._begin(number, path)

    def _begin(self, number: int, path: str) -> None:
        context = {
            "name": Path(path).stem,
            "folder": str(self.folder),
            "arrives": START + self.random.uniform(0.1, 25) * DAY,
            "watched": number % 10 == 0,
            "troubles": self.random.choice((1, 1, 1, 3, 12)),
        }
        new_instance(path, [str(self.folder / "order.py")], context, by="ada")

    def _deploy(self, version: str, send: str) -> None:
        text = MODULE.format(version=version, send=send)
        (self.folder / "order.py").write_text(text, encoding="utf-8")

    # -- what happens -------------------------------------------------------------------------------------

    def run(self, days: int, every: float) -> list[int]:
        """Let the month pass; the bytes written each day."""
        written = []
        for day in range(days):
            before = _bytes_written() + self.counts["bytes of children"]
            for _ in range(int(DAY / every)):
                self.clock.move_on(every)
                for path in self.paths:
                    if path not in self._over:
                        self._advance(path)
                self._work_by_hand()
            if day == days // 3:
                self._deploy("2", "send")
            if day == 2 * days // 3:
                self._deploy("3", "ship")
                self._migrate()
            if day in (days // 4, days // 2, days - 2):
                self.kept.append(Kept(state_file.read(self.watched), self.clock.now))
            written.append(_bytes_written() + self.counts["bytes of children"] - before)
        return written

    def _advance(self, path: str) -> None:
        chance = self.random.random()
        if chance < 0.001:
            self._in_child(path, _kill_at(self.random.randint(1, 20)), "kills")
        elif chance < 0.002:
            self._in_child(path, _fill_at(self.random.randint(1, 4000)), "full disks")
        else:
            self.counts["passes"] += 1
            if run_pass(path).status is InstanceStatus.FINISHED:
                self._over.add(path)

    def _in_child(self, path: str, strike: Callable[[], None], what: str) -> None:
        """A pass in a process of its own, which something happens to."""
        self.counts[what] += 1
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            before, write = _bytes_written(), os.write
            with contextlib.suppress(WfepyError, OSError):
                strike()
                run_pass(path)
            write(writing, str(_bytes_written() - before).encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        told = os.read(reading, 100).strip()
        os.close(reading)
        self.counts["bytes of children"] += int(told or 0)

    def _work_by_hand(self) -> None:
        path = self.random.choice(self.paths)
        snapshot = state_file.read(path)
        waits = any(name == "sign" and state is TaskState.WAITING for name, state in snapshot.tokens)
        if waits:
            self._edit(path, "signed_by", self.random.choice(("Ada", "Grace")))
        elif self.random.random() < 0.05:
            self._edit(path, "remark", f"remark {len(self.edits)}")
        elif path not in self._over and self.random.random() < 0.02:
            self._edit_outside(path)

    def _edit(self, path: str, key: str, value: str) -> None:
        reason = f"reason {len(self.edits)}"
        edit_context(path, {key: value}, reason=reason, by="ops")
        self.edits.append((path, reason, value))

    def _edit_outside(self, path: str) -> None:
        """As with `jq` or an editor."""
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        self.counts["edits outside"] += 1
        document["context"]["note"] = f"outside {self.counts['edits outside']}"
        aside = f"{path}.edited"
        Path(aside).write_text(json.dumps(document, indent=2), encoding="utf-8")
        os.replace(aside, path)
        self.edits.append((path, "", document["context"]["note"]))
        run_pass(path)

    def _migrate(self) -> None:
        for path in self.paths:
            if path not in self._over:
                move_to_module(path, {"send": "ship"}, reason="release 3", by="ops")
                self.counts["migrations"] += 1

    # -- what is remembered -------------------------------------------------------------------------------

    def missing(self) -> list[str]:
        """What the histories do not tell, a line each."""
        calls = Counter((self.folder / "ledger").read_text(encoding="utf-8").splitlines())
        found = []
        for path in self.paths:
            found += self._missing_of(path, calls)
        for kept in self.kept:
            found += self._missing_moment(kept)
        return found

    def _missing_of(self, path: str, calls: Counter[str]) -> list[str]:
        name = Path(path).stem
        events, unreadable = _history(path)
        found = [f"{name}: {unreadable} lines cannot be read"] if unreadable else []
        births = [each for each in events if isinstance(each, SnapshotTaken) and each.origin is Origin.NEW]
        if len(births) != 1:
            found.append(f"{name}: {len(births)} births")
        ended = Counter(each.task for each in events if isinstance(each, TaskEnded))
        broken = Counter(each.task for each in events if isinstance(each, Interrupted))
        for task in ("open_order", "send", "ship", "close"):
            wanted = calls[f"{name} {task}"]
            if not wanted <= ended[task] + broken[task]:
                found.append(f"{name}: {task} was called {wanted} times, {ended[task]} ends + {broken[task]}")
        texts = [str(each) for each in events]
        for of, reason, value in self.edits:
            if of == path and not any(reason in text and value in text for text in texts):
                found.append(f"{name}: the edit to {value!r}, {reason or 'made outside'}")
        if path not in self._over and self.counts["migrations"]:
            kinds = [each.kind for each in events if isinstance(each, Intervened)]
            if InterventionKind.MIGRATE not in kinds:
                found.append(f"{name}: its migration")
        return found

    def _missing_moment(self, kept: Kept) -> list[str]:
        generation = kept.snapshot.generation
        shown = look_back(self.watched, Moment(generation=generation)).snapshot
        restored = restore_moment(self.watched, Moment(generation=generation), reason="to see it", by="ops")
        found = [
            f"{what} of generation {generation}: {name}"
            for what, other in (("shown", shown), ("restored", restored))
            for name in ("context", "tokens")
            if getattr(other, name) != getattr(kept.snapshot, name)
        ]
        last = [each for each in _history(self.watched)[0] if isinstance(each, Intervened)][-1]
        if (last.kind, last.target) != (InterventionKind.RESTORE, generation):
            found.append(f"the restore to generation {generation} is not in the history")
        return found


def _history(path: str) -> tuple[list[Event], int]:
    """All events from the birth on, and how many lines were none."""
    read = [read_event(line) for segment in segments_of(path) for line in lines_of(segment)]
    events = [event for event in read if event is not None]
    return events, len(read) - len(events)


def _kill_at(number: int) -> Callable[[], None]:
    """Kill this process at its n-th call that changes a file."""

    def strike() -> None:
        left = number

        def wrap(real: Callable[..., object]) -> Callable[..., object]:
            def call(*given: object, **named: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return call

        for name in CALLS:
            setattr(os, name, wrap(getattr(os, name)))

    return strike


def _fill_at(count: int) -> Callable[[], None]:
    """Let the disk of this process be full after so many bytes."""

    def strike() -> None:
        left = count

        def wrap(real: Callable[..., int]) -> Callable[..., int]:
            def write(descriptor: int, data: bytes, *more: int) -> int:
                nonlocal left
                left -= len(data)
                if left < 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return real(descriptor, data, *more)

            return write

        for name in BYTES_A_WRITE:
            setattr(os, name, wrap(getattr(os, name)))

    return strike


def _bytes_written() -> int:
    """Bytes this process has given to the kernel to write."""
    with open("/proc/self/io", encoding="ascii") as counters:
        return next(int(line.split()[1]) for line in counters if line.startswith("wchar"))


def main() -> int:
    """Run the month and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--instances", type=int, default=200)
    parser.add_argument("--every", type=float, default=60.0, help="minutes from pass to pass")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        month = Month(Path(name), asked.instances, asked.seed)
        written = month.run(asked.days, asked.every * 60)
        missing = month.missing()
        journals = sum(path.stat().st_size for path in Path(name).glob("*.journal*"))
        lines = len(_history(month.watched)[0])
    counts = {what: count for what, count in month.counts.items() if what != "bytes of children"}
    print(", ".join(f"{count:,} {what}" for what, count in counts.items()), f"and {len(month.edits)} edits")
    print(f"bytes written a day: {min(written):,} to {max(written):,}, {sum(written):,} in all")
    print(f"journals of all: {journals:,} bytes; of the instance looked at: {lines:,} events")
    print(f"missing: {len(missing)}", *missing[:20], sep="\n  ")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
