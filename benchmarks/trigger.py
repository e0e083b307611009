"""What one cron trigger costs: a whole process that advances an instance of 1,000 tasks.

    python benchmarks/trigger.py [--rounds N] [--tasks N]

Programs do it in turn, each with a chain of tasks of which the one in the middle waits: `wfepy advance`;
`wfepy` 0.1.1 with a script that loads its dump, runs and dumps again; and a bare script that imports the same
functions without decorators, reads the same state file, calls the one function and saves as durably. In the
rows *changed* the task counts its calls in the context, so that there is something to save; in the rows
*idle* nothing changes, and the bare script does not save either. The row with `import wfepy` is the idle
trigger of a module that says so instead of `wfepy_core`. Counted is the CPU of each process, its own and the
kernel's, as `os.wait4` tells it; a ratio is the smallest of one program's figures over the smallest of the
other's, beside the median of all rounds' ratios.

All children find compiled bytecode, whatever PYTHONDONTWRITEBYTECODE says here, as programs that cron starts
do. The rows without a budget say what parts of our process cost as processes of their own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.cron_environment import cron_environment

OURS = "import sys\nfrom wfepy_core.cli import main\nsys.exit(main())\n"
#: Without the real `wfepy`, which comes first where it is installed.
ALONE = f'import sys\nsys.path[:] = [one for one in sys.path if "site-packages" not in one]\n{OURS}'
WFEPY = """\
import os
import sys
import wfepy
sys.path.insert(0, ".")
import theirs
workflow = wfepy.Workflow()
workflow.load_tasks(theirs)
runner = workflow.create_runner(context={})
if os.path.exists(sys.argv[1]):
    runner.load(sys.argv[1])
runner.run()
runner.dump(sys.argv[1])
"""
BARE = """\
import json
import os
import sys
import plain
path = sys.argv[1]
with open(path, "rb") as file:
    state = json.loads(file.read())
name = state["tokens"][0][0]
state["tokens"] = [[name, "COMPLETE" if getattr(plain, name)(state["context"]) else "WAITING"]]
state["generation"] += 1
with open(f"{path}.tmp", "w") as file:
    file.write(json.dumps(state))
    file.flush()
    os.fsync(file.fileno())
os.replace(f"{path}.tmp", path)
folder = os.open(".", os.O_RDONLY)
os.fsync(folder)
os.close(folder)
"""
#: What our process cannot do without: the interpreter, JSON, and the code of the workflow module.
IMPORTS = "import json\nimport os\nimport sys\n"
MODULE = f"{IMPORTS}import gc\ngc.disable()\nimport flow\ngc.freeze()\n"
ENGINE = (
    "import gc\ngc.disable()\nimport wfepy_core.cli.advance, wfepy_core.passes.single_pass\ngc.freeze()\n"
)
PLAIN = f"{IMPORTS}import plain\n"


CHANGED, THEIRS, BARE_SAVES, IDLE, BARE_READS, COMPAT, ALONE_IDLE = range(7)
"""Places of the contestants in the list of programs."""
BUDGETS = (
    (CHANGED, THEIRS, 0.4),
    (CHANGED, BARE_SAVES, 1.4),
    (IDLE, BARE_READS, 1.3),
    (COMPAT, ALONE_IDLE, 1.1),
)


class Program(NamedTuple):
    """One contestant: what it is called in the table, and the command line."""

    title: str
    command: list[str]


def module_text(api: str, count: int, *, changes: bool = False) -> str:
    """A chain of tasks, the middle one waiting; plain functions where there is no `api` to import from.

    Where it `changes` something, the waiting one counts its calls.
    """
    counts = '    context["n"] = context.get("n", 0) + 1\n' if changes else ""
    parts = [f"from {api} import end_point, followed_by, start_point, task\n"] if api else []
    for number in range(count):
        start = "@start_point()\n" if number == 0 else ""
        after = "@end_point()\n" if number == count - 1 else f'@followed_by("t{number + 1:05}")\n'
        decorators = f"@task()\n{start}{after}" if api else ""
        parts.append(
            f"\n{decorators}def t{number:05}(context):\n"
            f"{counts if number == count // 2 else ''}    return {number != count // 2}\n",
        )
    return "\n".join(parts)


def prepare(folder: Path, count: int) -> list[Program]:
    """The modules, scripts and states of all contestants, each advanced to where it waits."""
    modules = {"flow": "wfepy_core", "theirs": "wfepy", "plain": ""}
    for name, api in modules.items():
        (folder / f"{name}.py").write_text(module_text(api, count), encoding="ascii")
    for name, api in {"flow_changed": "wfepy_core", "theirs_changed": "wfepy", "plain_changed": ""}.items():
        (folder / f"{name}.py").write_text(module_text(api, count, changes=True), encoding="ascii")
    scripts = {
        "ours": OURS,
        "alone": ALONE,
        "wfepy_pass": WFEPY.replace("theirs", "theirs_changed"),
        "imports": IMPORTS,
    }
    scripts |= {"bare": BARE.replace("plain", "plain_changed"), "bare_idle": BARE[: BARE.index('state["gen')]}
    scripts |= {"only_module": MODULE, "only_plain": PLAIN, "engine": ENGINE, "nothing": ""}
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, encoding="ascii")
    python = sys.executable
    for name, module in {"ours": "flow_changed", "idle": "flow", "compat": "theirs"}.items():
        run(folder, [python, "-m", "wfepy_core", "new", f"{name}.wfstate", "--module", f"{module}.py"])
    programs = [
        Program("ours, changed", [python, "ours.py", "advance", "ours.wfstate"]),
        Program("wfepy 0.1.1", [python, "wfepy_pass.py", "theirs.pickle"]),
        Program("a bare script that saves", [python, "bare.py", "bare.json"]),
        Program("ours, idle", [python, "ours.py", "advance", "idle.wfstate"]),
        Program("a bare script that does not save", [python, "bare_idle.py", "bare.json"]),
        Program("ours, idle, `import wfepy`", [python, "alone.py", "advance", "compat.wfstate"]),
        Program("ours, idle, `import wfepy_core`", [python, "alone.py", "advance", "idle.wfstate"]),
        Program("python that does nothing", [python, "nothing.py"]),
        Program("importing json and os", [python, "imports.py"]),
        Program("importing json, os and the bare functions", [python, "only_plain.py"]),
        Program("importing json, os and the workflow module", [python, "only_module.py"]),
        Program("importing the engine", [python, "engine.py"]),
    ]
    for _ in range(2):  # the first pass runs half of the tasks, from the second on one polls
        for place in (CHANGED, THEIRS, IDLE, COMPAT):
            run(folder, programs[place].command)
    (folder / "bare.json").write_bytes((folder / "ours.wfstate").read_bytes())
    for program in programs:
        run(folder, program.command)
    return programs


def run(folder: Path, command: list[str]) -> float:
    """Milliseconds of CPU of one process; CalledProcessError if it failed."""
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(command, cwd=folder, env=cron_environment(), stdout=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return (usage.ru_utime + usage.ru_stime) * 1000


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each program runs")
    parser.add_argument("--tasks", type=int, default=1000, help="tasks in the chain")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = prepare(folder, chosen.tasks)
        times: list[list[float]] = [[] for _ in programs]
        for _ in range(chosen.rounds):
            for program, column in zip(programs, times, strict=True):
                column.append(run(folder, program.command))
    print(f"| one trigger, {chosen.tasks:,} tasks, CPU of the process | min | ratio of the min ", end="")
    print("| median of ratios | budget | |\n|---|---|---|---|---|---|")
    print_rows(programs, times)


def print_rows(programs: list[Program], times: list[list[float]]) -> None:
    """The rows with a budget, then what the parts of our process cost."""
    for place, beside, budget in BUDGETS:
        ours, other = times[place], times[beside]
        ratio = min(ours) / min(other)
        median = statistics.median(a / b for a, b in zip(ours, other, strict=True))
        verdict = "kept" if ratio <= budget else "MISSED"
        print(
            f"| {programs[place].title} / {programs[beside].title} | {min(ours):.1f} / {min(other):.1f} ms "
            f"| {ratio:.2f}x | {median:.2f}x | ≤ {budget:g}x | {verdict} |"
        )
    whole = min(times[IDLE])
    for program, column in list(zip(programs, times, strict=True))[ALONE_IDLE + 1 :]:
        share = min(column) / whole
        print(f"| {program.title} / ours, idle | {min(column):.1f} / {whole:.1f} ms | {share:.2f}x | | | |")


if __name__ == "__main__":
    main()
