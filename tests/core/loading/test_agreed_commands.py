"""`wfepy --agreed BYTES COMMAND`: every command that runs code keeps to what was agreed to."""

from __future__ import annotations

import pytest

from tests.core.agreed_workflow import LEAVES_A_TRACE


@pytest.mark.parametrize(
    "command",
    [
        ("check", "flow.py", "--json"),
        ("preflight", "work.wfstate", "--json"),
        ("preflight", "work.wfstate", "--json", "--changes", "-"),
        ("migrate", "work.wfstate", "--preview"),
        ("new", "other.wfstate", "--module", "flow.py"),
        ("graph", "flow.py", "-o", "flow.svg"),
    ],
)
def test_every_command_that_runs_code_keeps_to_it(start, write, agree, wfepy, evil, trace, tmp_path, command):
    start()
    agreement = agree()
    good = (tmp_path / "flow.py").read_text()
    write("flow.py", evil)

    code, told = wfepy(*command, agreement=agreement)

    assert (code, trace.exists()) == (77, False), told
    write("flow.py", good)
    assert wfepy(*command, agreement=agreement)[0] == 0


def test_the_command_reads_from_stdin_what_comes_after_the_agreement(start, agree, wfepy):
    start()

    code, told = wfepy("preflight", "work.wfstate", "--changes", "-", agreement=agree(), given=b"no line\n")

    assert code == 2
    assert "a line of it is no line of a journal" in told


@pytest.mark.parametrize(
    "given", [b"", b"[1]", b'{"files": 1}', b'{"files": {"a": 1}, "folders": [], "names": []}']
)
def test_an_agreement_that_cannot_be_read_lets_nothing_run(start, wfepy, trace, given):
    start(above=LEAVES_A_TRACE.format(str(trace)))
    trace.unlink()

    code, told = wfepy(
        "--agreed", str(max(len(given), 1)), "advance", "work.wfstate", "--events", given=given
    )

    assert code == 2, told
    assert not trace.exists()


@pytest.mark.parametrize("command", [("advance", "."), ("watch", "."), ("advance", "work.wfstate")])
def test_what_other_processes_would_run_is_refused(start, agree, wfepy, trace, command):
    start(body=LEAVES_A_TRACE.format(str(trace)).strip())

    code, told = wfepy(*command, agreement=agree())

    assert code == 2
    assert "one state file" in told
    assert not trace.exists()
