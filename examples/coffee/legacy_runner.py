"""A cron script written for `wfepy` 0.1.1, with a runner of its own. It works here unchanged.

The runner counts what it executed, keeps a log, and saves its state as JSON instead of a pickle:
`python legacy_runner.py STATE.json cup=yes`. Where `wfepy` itself is not installed,
`wfepy_core.compat.install_as_wfepy()` comes first.
"""

import json
import sys
from pathlib import Path

import attr
import legacy_wfepy
import wfepy


@attr.s
class Runner(wfepy.Runner):
    """A runner with two attributes more, and JSON for its state."""

    log = attr.ib(factory=list)
    executed = attr.ib(default=0)

    def task_execute(self, task: wfepy.Task) -> bool:
        """Execute a task and remember what came of it."""
        done = super().task_execute(task)
        self.executed += 1
        self.log.append(f"{task.name}: {'done' if done else 'waiting'}")
        return done

    def load(self, file_path: str) -> None:
        """Load what `dump` wrote."""
        saved = json.loads(Path(file_path).read_text(encoding="utf-8"))
        self.context = saved["context"]
        self.log = saved["log"]
        self.state = [(name, wfepy.TaskState[state]) for name, state in saved["state"]]

    def dump(self, file_path: str) -> None:
        """Save context, log and state as JSON."""
        state = [(name, task_state.name) for name, task_state in self.state]
        saved = {"context": self.context, "log": self.log, "state": state}
        Path(file_path).write_text(json.dumps(saved), encoding="utf-8")


def main(file_path: str, *settings: str) -> Runner:
    """Run one pass over the state in a file, and start it if there is none."""
    workflow = wfepy.Workflow()
    workflow.load_tasks(legacy_wfepy)
    workflow.check_graph()
    runner = Runner(workflow, context={})
    if Path(file_path).exists():
        runner.load(file_path)
    runner.context.update(setting.split("=", 1) for setting in settings)
    runner.run()
    runner.dump(file_path)
    return runner


if __name__ == "__main__":
    sys.stdout.write("\n".join(main(*sys.argv[1:]).log) + "\n")
