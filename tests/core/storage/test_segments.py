"""The history in closed parts: nothing is forgotten, nothing told twice, nothing deleted unasked."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.core.signing import ONE_SIGNATURE
from tests.cron_environment import cron_environment
from tests.histories import fill_segment, history
from wfepy_core.cli import history as history_command
from wfepy_core.cli import main
from wfepy_core.errors import HistoryError, StateFileError
from wfepy_core.model.events import Intervened, SnapshotTaken
from wfepy_core.model.status import InterventionKind, Origin
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.prune import outdated, prune
from wfepy_core.operations.restore import restore_backup, restore_moment
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import moments, segments, state_file
from wfepy_core.storage.journal import MAX_BYTES
from wfepy_core.storage.moments import Moment, look_back
from wfepy_core.storage.segments import latest_lines, lines_of, segments_of


@pytest.fixture
def path(tmp_path):
    (tmp_path / "release.py").write_text(ONE_SIGNATURE)
    path = str(tmp_path / "r.wfstate")
    new_instance(path, ["release.py"], {"name": "spring"}, by="ann")
    return path


def values_of(events, key):
    return [event.changes.set[key] for event in events if key in getattr(event, "changes", ((),))[0]]


def numbers(path):
    return [(segment.number, segment.is_open) for segment in segments_of(path)]


def test_the_history_is_whole_however_often_the_journal_was_closed(path):
    edit_context(path, {"signed_by": "Ada"}, reason="signed the contract")
    for number in range(3):
        fill_segment(path, number)
    run_pass(path)

    assert numbers(path) == [(1, False), (2, False), (3, False), (4, True)]
    told = history(path)
    assert isinstance(told[0], SnapshotTaken)
    assert (told[0].origin, told[0].by) == (Origin.NEW, "ann")
    assert [event.reason for event in told if getattr(event, "reason", "")] == ["signed the contract"]
    assert values_of(told, "round") == [0, 1, 2]
    assert os.path.getsize(segments_of(path)[0].path) < MAX_BYTES / 50


def test_each_segment_begins_with_the_instance_as_it_was(path):
    fill_segment(path, 0)
    before = state_file.read(path)
    edit_context(path, {"name": "summer"})

    for segment in segments_of(path):
        assert b'{"e":"snapshot"' in next(lines_of(segment))
    then = look_back(path, Moment(generation=before.generation)).snapshot
    assert (then.context, then.tokens, then.records) == (before.context, before.tokens, before.records)


def test_a_journal_of_an_older_version_is_kept_as_the_oldest_segments(path):
    open_one = Path(path + ".journal")
    edit_context(path, {"round": 1})
    plain = open_one.read_bytes().split(b"\n", 1)[1]
    saved = state_file.read(path)
    open_one.write_bytes(plain)
    Path(path + ".journal.1").write_bytes(plain)
    state_file.write(path, saved._replace(saved=saved.saved._replace(journal=len(plain))))

    edit_context(path, {"round": 2})

    assert numbers(path) == [(0, False), (1, False), (2, True)]
    assert values_of(history(path), "round") == [1, 1, 2]


def test_without_a_journal_the_next_writer_begins_one_with_a_number_of_its_own(path):
    fill_segment(path, 0)
    edit_context(path, {"round": 1})
    os.unlink(path + ".journal")

    edit_context(path, {"round": 2})

    assert numbers(path) == [(1, False), (2, True)]
    assert state_file.read(path).context["round"] == 2


def test_a_segment_whose_closing_was_interrupted_is_not_told_twice(path):
    fill_segment(path, 0)
    journal = Path(path + ".journal")
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    # The closing was interrupted between its two steps.
    copy = compressor.compress(journal.read_bytes()) + compressor.flush()
    Path(path + ".journal.000001.gz").write_bytes(copy)

    assert numbers(path) == [(1, True)]
    edit_context(path, {"round": 1})
    assert numbers(path) == [(1, False), (2, True)]
    assert values_of(history(path), "round") == [0, 1]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_journal_that_is_closed_while_segments_are_listed_is_neither_lost_nor_told_twice(
    path, monkeypatch, moment
):
    fill_segment(path, 0)
    listdir = os.listdir

    def list_and_close(folder):
        """The folder, as a writer comes in between."""
        monkeypatch.setattr(os, "listdir", listdir)
        before = listdir(folder)
        edit_context(path, {"round": 1})
        return before if moment == "after" else listdir(folder)

    monkeypatch.setattr(os, "listdir", list_and_close)

    assert numbers(path) == [(1, False), (2, True)]
    assert values_of(history(path), "round") == [0, 1]


@pytest.fixture
def closing(path, monkeypatch):
    """Let a writer close the journal as soon as its segments are listed for this module."""

    def close_once(module):
        def list_then_close(state_path):
            monkeypatch.setattr(module, "segments_of", segments_of)
            listed = segments_of(state_path)
            edit_context(path, {"round": "later"})
            return listed

        monkeypatch.setattr(module, "segments_of", list_then_close)

    return close_once


def test_a_list_of_segments_leads_to_every_line_though_the_journal_was_closed_since(path, closing):
    fill_segment(path, 0)
    every = [line for segment in segments_of(path) for line in lines_of(segment)]

    closing(segments)
    assert latest_lines(path, 1000) == every

    assert numbers(path) == [(1, False), (2, True)]


def test_an_old_list_leads_to_every_line_however_often_the_journal_was_closed(path):
    listed = segments_of(path)
    for number in range(3):
        fill_segment(path, number)

    assert values_of([event for segment in listed for event in map_events(segment)], "round") == [0]


def test_the_history_is_told_whole_though_the_journal_is_closed_meanwhile(path, closing, capsys):
    fill_segment(path, 0)

    closing(history_command)
    assert main(["history", path]) == 0

    told = capsys.readouterr().out
    assert told.count("round = 0") == 1
    assert "started: " in told


def test_a_moment_is_that_moment_though_the_journal_is_closed_meanwhile(path, closing):
    fill_segment(path, 0)
    edit_context(path, {"round": 1})
    edit_context(path, {"round": 2, "filler": "x" * (MAX_BYTES + 1000)})
    then = state_file.read(path)
    edit_context(path, {"round": 3, "filler": ""})

    closing(moments)
    past = look_back(path, Moment(generation=then.generation)).snapshot

    assert numbers(path) == [(1, False), (2, False), (3, True)]
    assert past.context["round"] == 2


def test_a_closed_segment_that_only_has_the_number_of_the_open_one_is_told_too(path):
    """As after a journal was brought back from a backup."""
    older = Path(path + ".journal").read_bytes()
    fill_segment(path, 0)
    edit_context(path, {"round": 1})
    Path(path + ".journal").write_bytes(older.replace(b'"spring"', b'"winter"'))

    assert numbers(path) == [(1, False), (2, True)]


def test_a_damaged_segment_is_named_and_the_others_are_read(path):
    fill_segment(path, 0)
    fill_segment(path, 1)
    edit_context(path, {"round": 2})
    closed = Path(segments_of(path)[0].path)
    closed.write_bytes(closed.read_bytes()[:100])

    with pytest.raises(StateFileError, match=re.escape(closed.name)):
        list(lines_of(segments_of(path)[0]))
    assert [values_of(map_events(segment), "round")[-1] for segment in segments_of(path)[1:]] == [1, 2]


def map_events(segment):
    from wfepy_core.storage.journal import read_event  # noqa: PLC0415  of this helper alone

    return [event for event in map(read_event, lines_of(segment)) if event is not None]


def test_the_latest_lines_are_read_from_as_many_segments_as_it_takes(path):
    fill_segment(path, 0)
    fill_segment(path, 1)
    every = [line for segment in segments_of(path) for line in lines_of(segment)]

    for most in (1, 3, len(every) - 1, len(every), 1000):
        assert latest_lines(path, most) == every[-most:]


def test_sidecars_of_a_private_instance_are_private(path):
    os.chmod(path, 0o600)
    os.unlink(path + ".journal")
    fill_segment(path, 0)
    edit_context(path, {"round": 1})

    assert len(segments_of(path)) == 2
    for segment in segments_of(path):
        assert stat.S_IMODE(os.stat(segment.path).st_mode) == 0o600


IMPORTED = """
import sys
from wfepy_core.cli import main
main(["advance", sys.argv[1]])
late = ("gzip", "zlib", "wfepy_core.storage.segments", "wfepy_core.storage.moments")
print([name for name in late if name in sys.modules])
"""


def test_a_trigger_imports_nothing_of_the_segments_unless_it_closes_one(path):
    def imported():
        started = [sys.executable, "-c", IMPORTED, path]
        done = subprocess.run(started, env=cron_environment(), capture_output=True, text=True, check=True)
        return ast.literal_eval(done.stdout.splitlines()[-1])

    assert imported() == []
    fill_segment(path, 0)
    Path(path).with_name("release.py").write_text(ONE_SIGNATURE.replace("no signature", "still no signature"))

    assert "wfepy_core.storage.segments" in imported()


# -- any moment ---------------------------------------------------------------------------------------------


def every_version(path):
    """Change an instance in every way, over three segments; each version as it was saved."""
    versions = [state_file.read(path)]

    def keep():
        versions.append(state_file.read(path))

    run_pass(path)
    keep()
    fill_segment(path, 0)
    keep()
    edit_context(path, {"signed_by": "Ada"})
    keep()
    restore_backup(path)
    keep()
    fill_segment(path, 1)
    edit_context(path, {"signed_by": "Bob"})
    keep()
    run_pass(path)
    keep()
    return versions


def as_shown(snapshot):
    """What of an instance its journal brings back: all but who saved it when, and the pass before."""
    records = snapshot.records.copy()
    records.decisions = {task: taken for task, taken in records.decisions.items() if taken}
    return snapshot._replace(saved=None, records=records, last_pass=None, id="")


def test_the_instance_is_shown_as_it_was_under_every_generation(path):
    for version in every_version(path):
        past = look_back(path, Moment(generation=version.generation)).snapshot
        assert as_shown(past) == as_shown(version), version.generation


def test_the_instance_is_shown_as_it_was_at_any_time(path):
    for version in every_version(path):
        past = look_back(path, Moment(at=version.saved.at)).snapshot
        assert (past.context, past.tokens) == (version.context, version.tokens)


def test_every_version_can_be_gone_back_to(path):
    versions = every_version(path)
    for version in versions:
        newest = state_file.read(path).generation
        restored = restore_moment(path, Moment(generation=version.generation))
        assert restored.generation == newest + 1
        assert as_shown(restored) == as_shown(version._replace(generation=newest + 1))
        assert state_file.read(path)._replace(last_pass=None) == restored
    targets = [event.target for event in history(path) if getattr(event, "target", 0)]
    assert targets[1:] == [version.generation for version in versions]


def test_what_happened_since_a_moment_is_known_before_it_is_undone(path):
    every_version(path)
    since = look_back(path, Moment(generation=1)).since

    assert since == history(path)[1:]


def test_a_moment_before_the_beginning_or_before_what_was_pruned_is_refused(path):
    fill_segment(path, 0)
    fill_segment(path, 1)
    edit_context(path, {"round": 2})
    with pytest.raises(HistoryError, match="began as generation 1"):
        look_back(path, Moment(at=1))

    prune(path, state_file.read(path).saved.at)

    with pytest.raises(HistoryError, match="not there any more"):
        look_back(path, Moment(generation=1))


# -- pruning ------------------------------------------------------------------------------------------------


def test_only_closed_segments_that_ended_before_a_time_go_and_the_history_says_so(path):
    fill_segment(path, 0)
    fill_segment(path, 1)
    middle = state_file.read(path).saved.at - 1
    fill_segment(path, 2)
    edit_context(path, {"round": 3})
    before = state_file.read(path)

    assert not outdated(path, before=1).segments
    gone = prune(path, middle, by="ann", reason="a year is enough")

    assert [segment.number for segment in gone.segments] == [1]
    assert numbers(path) == [(2, False), (3, False), (4, True)]
    [note] = [event for event in history(path) if isinstance(event, Intervened) and event.by == "ann"]
    assert (note.kind, note.reason.endswith("; a year is enough")) == (InterventionKind.PRUNE, True)
    assert state_file.read(path)._replace(saved=before.saved) == before
    assert state_file.summarize(path).generation == before.generation


def test_a_number_is_not_used_again_after_everything_was_pruned(path):
    fill_segment(path, 0)
    edit_context(path, {"round": 1})
    prune(path, state_file.read(path).saved.at + 1)
    assert numbers(path) == [(2, True)]

    fill_segment(path, 2)
    edit_context(path, {"round": 3})

    assert numbers(path) == [(2, False), (3, True)]
