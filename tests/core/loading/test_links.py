"""A module that is named through a link: the name stays, and the release behind it is what runs."""

from __future__ import annotations

import json
import shutil

import pytest

FLOW = """
from wfepy_core import end_point, start_point, task
from words import WORD

@task()
@start_point()
@end_point()
def a(context):
    context["ran"] = [{release!r}, WORD]
    return False
"""


@pytest.fixture
def deployed(tmp_path, monkeypatch):
    """Two releases, `current` being the first, and a folder for instances."""
    monkeypatch.chdir(tmp_path)
    for release in ("r1", "r2"):
        folder = tmp_path / "app" / release
        folder.mkdir(parents=True)
        (folder / "flow.py").write_text(FLOW.format(release=release))
        (folder / "words.py").write_text(f"WORD = 'words of {release}'\n")
    (tmp_path / "app" / "current").symlink_to("r1")
    (tmp_path / "inst").mkdir()
    return tmp_path


def deploy(folder, release):
    (folder / "app" / "current").unlink()
    (folder / "app" / "current").symlink_to(release)


@pytest.mark.parametrize("command", ["advance inst/a.wfstate", "advance inst", "watch inst --once"])
def test_a_pass_runs_the_release_behind_the_link(deployed, run, command):
    run("new inst/a.wfstate --module app/current/flow.py")
    assert json.loads((deployed / "inst/a.wfstate").read_text())["workflow"]["module"] == (
        "../app/current/flow.py"
    )
    found = []
    for release in ("r1", "r2"):
        deploy(deployed, release)
        assert run(command)[0] == 0
        found.append(json.loads(run("context get inst/a.wfstate ran")[1]))
        shutil.rmtree(deployed / "app" / release)

    assert found == [["r1", "words of r1"], ["r2", "words of r2"]]


def test_a_far_module_is_named_absolutely_with_its_link(deployed, run):
    (deployed / "inst/deep/er").mkdir(parents=True)

    run("new inst/deep/er/a.wfstate --module app/current/flow.py")

    document = json.loads((deployed / "inst/deep/er/a.wfstate").read_text())
    assert document["workflow"]["module"] == str(deployed / "app/current/flow.py")


def test_dots_behind_a_link_lead_where_they_lead(deployed, run):
    (deployed / "elsewhere").symlink_to("app/r2")

    run("new inst/a.wfstate --module elsewhere/../r1/flow.py")

    document = json.loads((deployed / "inst/a.wfstate").read_text())
    assert document["workflow"]["module"] == "../app/r1/flow.py"
