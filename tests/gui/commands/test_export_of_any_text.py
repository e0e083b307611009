"""Pictures of a graph whose names and conditions hold what no file in UTF-8 and no terminal should get."""

from __future__ import annotations

import pytest

from wfepy_gui.commands.graph_export import GraphExport
from wfepy_gui.views.graph.export_dialog import ExportChoice

HOSTILE = "a\ud800\x1b[31m\u202e\n<b>\udcff"

MODULE = f"""
EVIL = {HOSTILE!r}

@task("begin " + EVIL, labels=(EVIL,))
@start_point()
@followed_by("end " + EVIL, lambda context: context[{HOSTILE!r}])
def begin(context):
    return Waiting(EVIL)

@task("end " + EVIL)
@end_point()
def end(context):
    return True
"""


@pytest.mark.parametrize("output_format", ["dot", "mmd", "svg", "png", "pdf"])
def test_every_format_is_written(tmp_path, make_instance, wfepy, open_instance, desktop, output_format):
    path = make_instance(MODULE)
    wfepy("advance", path)
    open_instance(path)
    export = GraphExport(window=desktop.window, services=desktop.services)
    file = tmp_path / f"picture.{output_format}"
    export.save(ExportChoice(output_format=output_format, title=HOSTILE), str(file))

    assert file.stat().st_size > 0
    if output_format in ("dot", "mmd", "svg"):
        text = file.read_text(encoding="utf-8")
        assert [char for char in text if not char.isprintable() and char not in "\n\t"] == []
    assert [notice.level.name for notice in desktop.notices.history] == ["INFO"]


@pytest.mark.parametrize("output_format", ["dot", "mmd"])
def test_the_clipboard_gets_it_too(make_instance, wfepy, open_instance, desktop, output_format):
    path = make_instance(MODULE)
    wfepy("advance", path)
    open_instance(path)
    export = GraphExport(window=desktop.window, services=desktop.services)
    export.copy(ExportChoice(output_format=output_format))
    assert "\\ud800" in desktop.services.clipboard.text()
