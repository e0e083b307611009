"""How long the desktop's GUI thread was blocked by a text of megabytes, at each place of a state file.

    python benchmarks/desktop_long_texts.py [CHARACTERS]        (default: 10,000,000)

An instance is opened, and every panel and task of it looked at; the first row is one with short texts. How
time is taken: see `desktop_blocks.py`. Where the reader refuses the file, that is said.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_blocks import Bench
from PySide6.QtWidgets import QApplication

from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE = """
from wfepy_core import Waiting, join_point

@task()
@start_point()
@followed_by("wait", lambda context: True)
@followed_by("fail")
def begin(context):
    return True

@task()
@followed_by("end")
def wait(context):
    return Waiting("not yet")

@task()
@followed_by("end")
def fail(context):
    raise ValueError("failed")

@task()
@join_point()
@end_point()
def end(context):
    return True
"""
LOOKED_AT = ("", "begin", "wait", "fail")
LOOK_S = 0.15


def long_texts(size: int) -> Iterator[tuple[str, str]]:
    """Kinds of text that a layout takes in different ways."""
    yield "a word", "x" * size
    yield "words", "ab " * (size // 3)
    yield "lines", "ab\n" * (size // 3)


def with_long(document: dict[str, Any], text: str) -> Iterator[tuple[str, str]]:
    """State files with the text at one place each."""
    task, way = document["graph"]["tasks"][0], document["graph"]["transitions"][0]
    error = document["records"]["errors"]["fail"]
    places: list[tuple[str, Any, Any]] = [
        ("reason", document["records"]["reasons"], "wait"),
        ("message", error, "message"),
        ("traceback", error, "traceback"),
        ("description", task, "doc"),
        ("name", task, "name"),
        ("condition", way, 2),
        ("user", document["saved"], "by"),
        ("value", document["context"], "value"),
        ("key", document["context"], text),
        ("list", document["context"], "list"),
    ]
    for name, within, key in places:
        before = within.get(key) if isinstance(within, dict) else within[key]
        within[key] = [text, text] if name == "list" else text
        yield name, json.dumps(document)
        if before is None:
            del within[key]
        else:
            within[key] = before


def look(bench: Bench, path: str) -> str:
    """Open an instance and look at all of it; what was seen of the window meanwhile."""
    session, window = bench.desktop.session, bench.desktop.window
    bench.watchdog.reset()
    session.open(path)
    bench.wait(lambda: session.path == path and (session.view is not None or session.problem is not None))
    if session.view is None:
        return "refused"
    for panel in PanelId:
        window.go_to(panel)
        for task in LOOKED_AT:
            window.select_task(task)
            bench.rest(LOOK_S)
    return f"{bench.watchdog.longest:>8.1f} ms blocked{bench.watchdog.busiest:>8.1f} ms at work"


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    application = QApplication(["desktop_long_texts"])
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(application, Path(name))
        path = bench.make("long", MODULE)
        with suppress(subprocess.CalledProcessError):
            bench.command("advance", path)  # a task fails
        look(bench, path)
        print(f"{'short texts':<24}{look(bench, path)}")
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        for kind, text in long_texts(size):
            for number, (place, content) in enumerate(with_long(document, text)):
                file = Path(name, f"{kind}{number}.wfstate")
                file.write_text(content, encoding="utf-8")
                print(f"{f'{place}: {kind}':<24}{look(bench, str(file))}", flush=True)
                file.unlink()
        bench.desktop.window.close_anyway()


if __name__ == "__main__":
    main()
