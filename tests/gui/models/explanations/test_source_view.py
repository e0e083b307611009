"""The lines around the place of an error, where they can be trusted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wfepy_gui.models.explanations.source_view import Frame, excerpt_of, frames_of


def test_a_file_that_changed_since_is_said_to_have(tmp_path):
    path = tmp_path / "flow.py"
    path.write_text("one\ntwo\nthree\n")
    os.utime(path, (100, 100))

    assert excerpt_of(Frame(str(path), 2, "f"), 200_000_000).note == ""
    assert "changed after this error" in excerpt_of(Frame(str(path), 2, "f"), 50_000_000).note
    assert ">    2  two" in excerpt_of(Frame(str(path), 2, "f"), 0).text


@pytest.mark.parametrize("name", ["gone.py", "pipe.py", "secret.txt", "nul\0.py"])
def test_what_is_no_python_file_is_not_read(tmp_path, name):
    os.mkfifo(tmp_path / "pipe.py")
    Path(tmp_path, "secret.txt").write_text("secret")

    shown = excerpt_of(Frame(str(tmp_path / name), 1, "f"), 0)

    assert "secret\n" not in shown.text
    assert ">" not in shown.text


def test_places_are_found_with_and_without_a_function():
    text = '  File "/a b.py", line 3, in f\n    x\n  File "c.py", line 4\nno File "d.py"'

    assert frames_of(text) == (Frame("/a b.py", 3, "f"), Frame("c.py", 4, ""))
