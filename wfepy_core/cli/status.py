"""`wfepy status`."""

from __future__ import annotations

import os
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.last_pass import last_pass_text, obstacle_text
from wfepy_core.cli.output import ExitCode, one_line, print_error, print_line, write_error
from wfepy_core.cli.terminal import is_terminal, print_table
from wfepy_core.errors import WfepyError
from wfepy_core.explain.stands_at import stands_at
from wfepy_core.passes import fleet
from wfepy_core.time_text import MINUTE, in_words, moment

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.model.snapshot import Saved, Snapshot
    from wfepy_core.storage.state_file import Head


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Where instances stand. A folder is listed from the heads of its files; a single file is validated\n"
        "whole. A file that cannot be read is reported (exit 65) and the others are still listed. Without a\n"
        "terminal a line for each instance: status, generation, time of the save, workflow, stands at, path.",
        "wfepy status instances/",
        "wfepy status release.wfstate --tasks",
        "wfepy status instances/ --json | jq -r '.[] | select(.status == \"failed\") | .path'",
    )
    parser.add_argument("paths", nargs="+", metavar="STATE|FOLDER", help="state files; folders of them")
    parser.add_argument("--json", action="store_true", help="a JSON list with path, status, generation, ...")
    parser.add_argument("--tasks", action="store_true", help="the status of every task, too")


def run(arguments: Namespace) -> int:
    """Print where instances stand."""
    paths = fleet.find_state_files(arguments.paths)
    if not paths:
        write_error(f"wfepy: there are no state files in {', '.join(arguments.paths)}")
    single = len(arguments.paths) == 1 and not os.path.isdir(arguments.paths[0])
    if single or arguments.tasks:
        return _in_full(paths, arguments)
    return _from_heads(paths, as_json=arguments.json)


def _from_heads(paths: list[str], *, as_json: bool) -> int:
    code = ExitCode.DONE
    heads = []
    for path, head, error in fleet.read_summaries(paths):
        if head is not None:
            heads.append((path, head))
        elif error is not None:
            print_error(error)
            code = ExitCode.UNREADABLE
    if as_json:
        _print_json([_head_document(path, head) for path, head in heads])
        return code
    now = time.time_ns() // 1000
    if not is_terminal():
        # Ten thousand instances: one text, no table.
        sys.stdout.write(
            "".join(
                f"{head.status.value}\t{head.generation}\t{_iso(head.saved.at)}\t{one_line(head.name)}\t"
                f"{_stands_at(head, now)}\t{path_in_line(path)}\n"
                for path, head in heads
            )
        )
        return code
    rows = [
        (
            head.status.value,
            str(head.generation),
            _age(now - head.saved.at),
            head.name,
            _stands_at(head, now),
            path,
        )
        for path, head in heads
    ]
    columns = ("status", "generation", "saved ago", "workflow", "stands at", "state file")
    print_table(columns, rows, word=0)
    return code


def _stands_at(head: Head, now: int) -> str:
    return one_line(stands_at(head.summary, now)) if head.summary is not None else ""


def _head_document(path: str, head: Head) -> dict[str, Any]:
    document = _document(path, head.generation, head.status, head.saved, head.name)
    if head.summary is None:
        return document
    at = [
        {
            "task": one.task,
            "status": one.status.value,
            "since": _iso(one.since),
            "until": _iso(one.until),
            "why": one.why,
        }
        for one in head.summary.at
    ]
    summary = head.summary
    return {
        **document,
        "id": head.id,
        "stands_at": at,
        "more": summary.more,
        "done": summary.done,
        "of": summary.tasks,
    }


def _in_full(paths: list[str], arguments: Namespace) -> int:
    from wfepy_core.model.derived_status import instance_status, task_statuses
    from wfepy_core.storage.state_file import read

    code = ExitCode.DONE
    documents = []
    for path in paths:
        try:
            snapshot = read(path)
        except WfepyError as error:
            print_error(error)
            code = ExitCode.UNREADABLE
            continue
        status = instance_status(snapshot)
        if arguments.json:
            document = _document(path, snapshot.generation, status, snapshot.saved, snapshot.workflow.name)
            document["tasks"] = {name: one.value for name, one in task_statuses(snapshot).items()}
            document.update(_last_pass_members(snapshot, path))
            documents.append(document)
        else:
            _print_instance(path, snapshot, every=arguments.tasks)
    if arguments.json:
        _print_json(documents)
    return code


def _document(path: str, generation: int, status: Any, saved: Saved, name: str) -> dict[str, Any]:
    return {
        "path": path,
        "status": status.value,
        "generation": generation,
        "workflow": name,
        "saved": {"at": _iso(saved.at), "by": saved.by, "host": saved.host, "pid": saved.pid},
    }


def _last_pass_members(snapshot: Snapshot, path: str) -> dict[str, Any]:
    """The last pass, whether it changed anything or not, and why none takes place any more, if so."""
    last = snapshot.last_pass
    if last is None:
        return {"last_pass": None, "obstacle": ""}
    members = {"at": _iso(last.at), "by": last.by, "host": last.host, "pid": last.pid, "ended": last.ended}
    return {"last_pass": members, "obstacle": obstacle_text(last, path)}


def _print_json(documents: list[dict[str, Any]]) -> None:
    import json

    print(json.dumps(documents, indent=2, ensure_ascii=True))


def _print_instance(path: str, snapshot: Snapshot, *, every: bool) -> None:
    from wfepy_core.explain.facts import Facts
    from wfepy_core.explain.sentences import clause
    from wfepy_core.explain.why import why
    from wfepy_core.model.derived_status import instance_status

    now = time.time_ns() // 1000
    saved = f", saved {moment(snapshot.saved.at)} by {snapshot.saved.by}" if snapshot.saved.at else ""
    print_line(f"{path}: {instance_status(snapshot).value} (generation {snapshot.generation}{saved})")
    if snapshot.last_pass is not None and (obstacle := obstacle_text(snapshot.last_pass, path)):
        print_line(obstacle)
    print_line(one_line(why(snapshot, now=now).sentence))
    if snapshot.last_pass is not None:
        print_line(last_pass_text(snapshot.last_pass, now))
    facts = Facts(snapshot, now)
    tasks = [task for task in facts.statuses if every or task in facts.tokens or task in snapshot.running]
    if tasks:
        print_line("")
        rows = [(task, facts.statuses[task].value, one_line(clause(facts, task))) for task in tasks]
        print_table(("task", "status", "what is known"), rows, word=1)


def _age(length: int) -> str:
    """A length of time ago; a little below zero is a clock that was slow."""
    return in_words(length) if length > -MINUTE else "in the future"


def path_in_line(path: str) -> str:
    """A whole path as a field of a line: characters that would end the field are spelled out."""
    if path.isprintable():
        return path
    from wfepy_core.plain_text import spell_out_line

    return spell_out_line(path)


def _iso(at: int) -> str:
    """A moment as ISO 8601 in UTC, to the second; empty for never."""
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(at // 1_000_000)) if at else ""
