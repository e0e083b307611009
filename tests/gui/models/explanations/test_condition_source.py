"""The keys that a condition reads, found without running its module."""

from __future__ import annotations

from pathlib import Path

import pytest

from wfepy_core.model.snapshot import WorkflowRef
from wfepy_gui.models.explanations import condition_source
from wfepy_gui.models.explanations.condition_source import keys_read


def test_keys_are_found_without_running_the_module(tmp_path):
    module = tmp_path / "flow.py"
    module.write_text("raise SystemExit\ndef ready(ctx):\n    return ctx['a']['b'] or other['no']\n")
    workflow = WorkflowRef("flow", ("flow.py",))

    assert keys_read("ready", workflow, tmp_path) == ("a",)
    assert keys_read("c.get('x') and 'y' in c", workflow, tmp_path) == ("x", "y")


@pytest.mark.parametrize("content", ["def ready(:", "(" * 5000, "\0", "# " + "x" * 3000])
def test_a_module_that_is_no_python_or_too_large_tells_no_keys(tmp_path, content, monkeypatch):
    monkeypatch.setattr(condition_source, "LARGEST_FILE", 6000 if "x" not in content else 1000)
    (tmp_path / "flow.py").write_text(content)

    assert keys_read("ready", WorkflowRef("flow", ("flow.py", "gone.py", str(Path("/")))), tmp_path) == ()
