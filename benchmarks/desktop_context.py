"""The longest time the GUI thread was blocked while a large context was looked at and edited.

    python benchmarks/desktop_context.py [VALUES]        (default: 10000 values in one container)

Every step is done by an operator or by another process beside the desktop, with a context of so many keys and
with one that holds a list, a set and a dict of so many members. What the columns mean: `desktop_blocks.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop_blocks import ONE, Bench, told
from PySide6.QtWidgets import QApplication

from tests.cron_environment import cron_environment
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.workers.child_process import PROGRAM, project_environment

if TYPE_CHECKING:
    from collections.abc import Callable

REST_S = 0.7


class Operator:
    """Does one thing after the other in the context editor, each watched on its own."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.editing = bench.desktop.session.editing
        self.panel = bench.desktop.window.panels.context.get()

    def open(self, name: str, context: object) -> str:
        """A new instance with this context, opened; its panel in front."""
        bench = self.bench
        path = bench.make(name, f"{ONE}    return False\n")
        (bench.folder / "context.json").write_text(json.dumps(context), encoding="utf-8")
        Path(path).unlink()
        bench.command("new", path, "--module", f"{name}.py", "--context", "@context.json")
        bench.desktop.window.go_to(PanelId.CONTEXT)
        session = bench.desktop.session
        self.do(f"{name}: open", lambda: session.open(path), lambda: session.view is not None)
        return path

    def do(self, what: str, act: Callable[[], object], until: Callable[[], bool] | None = None) -> None:
        """One step, watched until the window is at rest again."""
        self.bench.watchdog.reset()
        act()
        if until is not None:
            self.bench.wait(until)
        self.bench.rest(REST_S)
        told(what, self.bench.watchdog)

    def context(self) -> dict[str, object]:
        """What the editor shows."""
        preview = self.editing.preview
        return dict(preview.context) if preview else {}

    def beside(self, what: str, path: str, key: str, value: int) -> None:
        """Another process saves; watched until it is shown, or a merge is offered."""
        command = [*PROGRAM, "context", "set", path, f"{key}={value}"]
        with subprocess.Popen(
            command, env=cron_environment(**project_environment()), stdout=subprocess.DEVNULL
        ) as child:
            self.do(
                what,
                lambda: None,
                lambda: (
                    child.poll() is not None and (bool(self.editing.merge) or self.context()[key] == value)
                ),
            )

    def trigger(self, command: Command) -> None:
        """As from the menu."""
        self.bench.desktop.window.actions_table[command].trigger()

    def choose(self, *place: int) -> None:
        """Select a value."""
        tree = self.panel.tree
        tree.setCurrentIndex(tree.tree_model.index_of(place))


def many_keys(operator: Operator, count: int) -> None:
    """A context of many keys."""
    context = {f"key_{number}": {"name": f"part {number}", "size": number} for number in range(count)}
    path = operator.open("many keys", context)
    panel, editing = operator.panel, operator.editing
    operator.beside("    outside save", path, "key_7", 1)
    operator.do("    a value is set", lambda: panel._changes.set_value((5, 1), 1))  # noqa: SLF001  a bench
    operator.do("    another is set", lambda: panel._changes.set_value((9, 1), 1))  # noqa: SLF001  a bench
    operator.beside("    outside save beside changes", path, "key_8", 2)
    operator.beside("    outside save of the same key", path, "key_5", 3)
    operator.do("    merged", lambda: editing.resolve({"key_5": True}))
    operator.do("    the last row", lambda: operator.choose(count - 1))
    operator.do("    removed there", panel.tree.remove_value)
    operator.do("    undo", lambda: operator.trigger(Command.UNDO))
    looked_at(operator)
    operator.do("    applied", lambda: editing.apply("why"), lambda: not editing.changes)
    panel.show_values()


def looked_at(operator: Operator) -> None:
    """Search, filter, and the same as JSON with something typed into it."""
    panel, editing = operator.panel, operator.editing
    operator.do("    search", lambda: panel._search.field.setText("77"), lambda: bool(panel._hits))  # noqa: SLF001  a bench
    operator.do("    search ends", panel._search.field.clear)  # noqa: SLF001  a bench
    model = panel.tree.tree_model
    operator.do("    filter", lambda: panel._filter.setText("77"), lambda: model.is_filtered)  # noqa: SLF001  a bench
    operator.do("    filter ends", panel._filter.clear)  # noqa: SLF001  a bench
    pane = panel.json_pane
    edit = pane.editor.edit
    operator.do(
        "    as JSON",
        lambda: operator.trigger(Command.EDIT_AS_JSON),
        lambda: len(pane.text) > 100 and not edit.isReadOnly(),
    )
    cursor = edit.document().find('"part 77"')
    operator.do("    typed there", lambda: cursor.insertText('"another part"'))
    count = len(editing.changes)
    operator.do("    used", pane.commit, lambda: len(editing.changes) > count)


def large_values(operator: Operator, count: int) -> None:
    """A few keys that hold many values each."""
    context = {
        "list": [{"name": f"part {number}", "size": number} for number in range(count)],
        "set": {"$set": [f"member {number:08}" for number in range(count)]},
        "dict": {f"key_{number}": number for number in range(count)},
        "text": "line\n" * count,
        "size": 1,
    }
    path = operator.open("large values", context)
    panel = operator.panel
    tree, model = panel.tree, panel.tree.tree_model
    for row in range(3):
        operator.do(f"    {list(context)[row]} chosen", partial(operator.choose, row))
        operator.do("    expanded", partial(tree.expand, model.index(row, 0)))
        operator.do("    its last row", partial(operator.choose, row, count - 1))
        operator.do("    removed", tree.remove_value)
        operator.do("    undo", lambda: operator.trigger(Command.UNDO))
    operator.do("    first of the list removed", lambda: panel._changes.remove((0, 0)))  # noqa: SLF001  a bench
    operator.beside("    outside save", path, "size", 4)
    operator.do("    text chosen", lambda: operator.choose(3))
    looked_at(operator)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    application = QApplication(["desktop_context"])
    with tempfile.TemporaryDirectory() as name:
        operator = Operator(Bench(application, Path(name)))
        many_keys(operator, count)
        large_values(operator, count)
        operator.bench.desktop.window.close_anyway()


if __name__ == "__main__":
    main()
