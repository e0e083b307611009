"""What is fuzzed: each target makes an input from a random number generator, and tries it.

A reader has two ways to end: with a value, or with an error of ours that can be printed. All else is a
finding: another exception, a file that was changed by reading it, two readers that do not agree.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle  # noqa: TID251  to make some that would run code
import random
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.core.legacy_pickles import DATA
from tests.core.pass_samples import RELEASE, Instance
from tests.core.state_samples import release
from tests.fuzz.damage import damage, damage_json
from wfepy_core.cli import main
from wfepy_core.cli.moments import changes_text
from wfepy_core.cli.output import ExitCode
from wfepy_core.drawing.dot import dot_text
from wfepy_core.drawing.mermaid import mermaid_text
from wfepy_core.drawing.picture import Picture
from wfepy_core.errors import WfepyError
from wfepy_core.explain.event_text import event_text, sentence
from wfepy_core.explain.why import why
from wfepy_core.model.derived_status import instance_status, task_statuses, transition_statuses
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, Result, advance_one
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.legacy import reader
from wfepy_core.storage.lock_text import parse_lock_text
from wfepy_core.storage.moments import Moment, look_back
from wfepy_core.storage.segments import lines_of, segments_of
from wfepy_core.storage.state_document import Document
from wfepy_core.storage.state_head import quick_head
from wfepy_core.storage.state_serialization import snapshot_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

NOW = 1_796_000_000_000_000
RAN = Path("ran-by-a-pickle")
"""What code in a pickle would make; nothing must."""


class Target:
    """One kind of input. `folder` is its own, empty at the beginning."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, rng: Random) -> bytes:
        """An input."""
        raise NotImplementedError

    def attempt(self, data: bytes) -> bool:
        """Try an input; whether it was taken for good. Raises for a finding."""
        raise NotImplementedError


def is_read(read: Callable[[], object]) -> bool:
    """Whether something can be read; if not, it has to say so in words that can be printed."""
    try:
        read()
    except WfepyError as error:
        str(error).encode("utf-8")
        error.hint.encode("utf-8")
        return False
    return True


def show(snapshot: Any) -> None:
    """Make all that is made of an instance to show it."""
    why(snapshot, now=NOW)
    picture = Picture(
        snapshot.graph,
        task_statuses(snapshot),
        transition_statuses(snapshot),
        title=snapshot.workflow.name,
        instance_status=instance_status(snapshot),
    )
    for text in (dot_text(picture), mermaid_text(picture)):
        text.encode("utf-8")


class States(Target):
    """State files: damaged as bytes, as lines, as JSON, or written again in another form."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sound = snapshot_text(release())
        self.path = folder / "x.wfstate"

    def make(self, rng: Random) -> bytes:
        if rng.random() < 0.5:
            return damage(rng, self.sound)
        value = damage_json(rng, json.loads(self.sound))
        text = json.dumps(value, indent=rng.choice((None, None, 1)))
        data = text.encode("ascii")
        return damage(rng, data) if rng.random() < 0.1 else data

    def attempt(self, data: bytes) -> bool:
        self.path.write_bytes(data)
        path, found = str(self.path), []
        taken = is_read(lambda: found.append(state_file.read(path)))
        is_read(lambda: state_file.summarize(path))
        is_read(lambda: state_file.read_head(path))
        quick = quick_head(data[:4096])
        if taken:
            show(found[0])
            assert Document(path, snapshot_text(found[0])).snapshot() == found[0]
            assert quick is None or quick == Document(path, data).head
        assert self.path.read_bytes() == data
        assert sorted(os.listdir(self.folder)) == ["x.wfstate"]
        return taken


class Journals(Target):
    """Journals beside a sound state file, closed parts included."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        instance = Instance(folder)
        for values in ({"n": 1}, {"signed": False}, {"in_build": "raise ValueError('no')"}):
            instance.set_context(**values)
            advance_one(instance.path, PassOptions())
        self.path = instance.path
        self.journal = Path(f"{self.path}.journal")
        self.closed = Path(f"{self.path}.journal.000001.gz")
        self.sound = self.journal.read_bytes()

    def make(self, rng: Random) -> bytes:
        lines = self.sound.splitlines(keepends=True)
        what = rng.random()
        if what < 0.4:
            return damage(rng, self.sound)
        if what < 0.6:
            rng.shuffle(lines)
            return b"".join(lines[: rng.randrange(len(lines) + 1)])
        at = rng.randrange(len(lines))
        lines[at] = json.dumps(damage_json(rng, json.loads(lines[at]))).encode("ascii") + b"\n"
        return b"".join(lines)

    def attempt(self, data: bytes) -> bool:
        before = Path(self.path).read_bytes()
        self.journal.write_bytes(data)
        taken = self._read()
        packed = gzip.compress(data, 1, mtime=0)
        rng = random.Random(len(data))  # noqa: S311  no secret
        self.closed.write_bytes(damage(rng, packed) if len(data) % 2 else packed)
        self._read()
        self.closed.unlink()
        assert self.journal.read_bytes() == data
        assert Path(self.path).read_bytes() == before
        return taken

    def _read(self) -> bool:
        found: list[Any] = []
        taken = is_read(lambda: found.append(state_file.read(self.path)))
        if taken:
            show(found[0])
        is_read(lambda: state_file.summarize(self.path))
        is_read(self._tell)
        for moment in (Moment(generation=2), Moment(at=NOW)):
            is_read(lambda moment=moment: look_back(self.path, moment))
        return taken

    def _tell(self) -> None:
        for segment in segments_of(self.path):
            for line in lines_of(segment):
                event = read_event(line)
                if event is not None:
                    sentence(event_text(event, changes_text))


class Locks(Target):
    """The texts of lock files, which others may write while they are read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        instance = Instance(folder)
        advance_one(instance.path, PassOptions())
        advance_one(instance.path, PassOptions())
        self.path = instance.path
        self.lock = Path(f"{self.path}.lock")
        self.sound = self.lock.read_bytes()

    def make(self, rng: Random) -> bytes:
        if rng.random() < 0.5:
            return damage(rng, self.sound)
        return json.dumps(damage_json(rng, json.loads(self.sound))).encode("ascii")

    def attempt(self, data: bytes) -> bool:
        self.lock.write_bytes(data)
        show(state_file.read(self.path))  # what a lock file says is never in the way
        state_file.summarize(self.path)
        return parse_lock_text(data) is not None


class Pickles(Target):
    """Dumps of wfepy 0.1.1, which are read as data."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sound = [file.read_bytes() for file in sorted(DATA.iterdir()) if file.is_file()]
        self.sound += [pickle.dumps(_Runs(), protocol) for protocol in range(6)]
        self.path = folder / "old.pickle"

    def make(self, rng: Random) -> bytes:
        data = rng.choice(self.sound)
        other = rng.choice(self.sound)
        if rng.random() < 0.2:
            data = data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]
        return damage(rng, data)

    def attempt(self, data: bytes) -> bool:
        self.path.write_bytes(data)
        taken = is_read(lambda: reader.read(str(self.path)))
        assert not RAN.exists(), "reading it has run something"
        return taken


class _Runs:
    def __reduce__(self) -> Any:
        return Path.touch, (RAN,)


class Commands(Target):
    """What the commands print of a damaged state file or journal."""

    _COMMANDS = (
        ("status",),
        ("status", "--json"),
        ("why",),
        ("tokens",),
        ("context", "get"),
        ("history",),
        ("history", "--at", "1"),
        ("preflight",),
        ("output",),
    )

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.passes = Passes(folder)

    def make(self, rng: Random) -> bytes:
        command = str(rng.randrange(len(self._COMMANDS)))
        return command.encode("ascii") + self.passes.make(rng)

    def attempt(self, data: bytes) -> bool:
        path, damaged = self.passes.put_there(data[1:])
        before = damaged.read_bytes()
        name, *options = self._COMMANDS[int(data[:1])]
        words = [name, *options[:1], path] if name == "context" else [name, path, *options]
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with redirect_stdout(printed), redirect_stderr(printed):
            code = main(words)
            printed.flush()
        text = printed.buffer.getvalue().decode("utf-8")
        assert "Traceback" not in text
        steering = set(text) & _STEERING
        assert not steering, f"{words[0]} prints {steering}"
        assert damaged.read_bytes() == before
        return code == ExitCode.DONE


_STEERING = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e"} - {"\n", "\t"}


class Passes(Target):
    """Passes, two each, over an instance of which one file is damaged: its state, its journal, its lock."""

    _FILES = (".wfstate", ".wfstate.journal", ".wfstate.lock", ".wfstate.bak", ".wfstate.output")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        sound = folder / "sound"
        sound.mkdir()
        instance = Instance(sound, RELEASE, signed=False)
        advance_one(instance.path, PassOptions(keeps_output=True))
        self.sound = {file.name: file.read_bytes() for file in sound.iterdir() if file.is_file()}
        self.place = folder / "x"

    def make(self, rng: Random) -> bytes:
        suffix = rng.choice(self._FILES)
        data = self.sound.get(f"release{suffix}", b"")
        if suffix == ".wfstate" and rng.random() < 0.6:
            data = json.dumps(damage_json(rng, json.loads(data))).encode("ascii")
        else:
            data = damage(rng, data)
        return suffix.encode("ascii") + b"\n" + data

    def put_there(self, data: bytes) -> tuple[str, Path]:
        """The instance anew, one file of it damaged; the paths of its state and of that file."""
        suffix, _, content = data.partition(b"\n")
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        for name, sound in self.sound.items():
            (self.place / name).write_bytes(sound)
        damaged = self.place / f"release{suffix.decode('ascii')}"
        damaged.write_bytes(content)
        return str(self.place / "release.wfstate"), damaged

    def attempt(self, data: bytes) -> bool:
        path, damaged = self.put_there(data)
        content = damaged.read_bytes()
        sound = is_read(lambda: state_file.read(path))
        outcome = self._advance(path)
        if not sound and damaged.suffix == ".wfstate":
            assert damaged.read_bytes() == content, "a file that cannot be read is left alone"
        if outcome.result in (Result.DONE, Result.FAILED):
            show(state_file.read(path))  # what we saved, we can read
        again = self._advance(path)
        assert again.generation >= outcome.generation or again.result is not Result.DONE
        return outcome.result in (Result.DONE, Result.FAILED)

    @staticmethod
    def _advance(path: str) -> Outcome:
        outcome = advance_one(path, PassOptions())
        f"{outcome.message} {outcome.hint}".encode()
        return outcome


TARGETS: dict[str, type[Target]] = {
    "states": States,
    "journals": Journals,
    "locks": Locks,
    "pickles": Pickles,
    "passes": Passes,
    "commands": Commands,
}
