"""One workflow's folder at a time on the import path, each with its own neighbours."""

import importlib
import sys

import pytest

from wfepy_core.loading.import_path import ImportPath


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two folders that each have a `neighbour.py` and a package `flows`."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in ("one", "two"):
        (tmp_path / name / "flows").mkdir(parents=True)
        (tmp_path / name / "neighbour.py").write_text(f"WHERE = {name!r}")
        (tmp_path / name / "flows" / "__init__.py").write_text(f"WHERE = {name!r}")
    yield str(tmp_path / "one"), str(tmp_path / "two")
    for name in ("neighbour", "flows"):
        sys.modules.pop(name, None)


def where(name):
    importlib.invalidate_caches()
    return importlib.import_module(name).WHERE


def test_each_folder_gets_its_own_neighbour_also_when_its_turn_comes_again(folders):
    path, found = ImportPath(), []
    for folder in (*folders, folders[0]):
        path.enter(folder)
        found.append(where("neighbour"))

    assert found == ["one", "two", "one"]
    assert [folder for folder in folders if folder in sys.path] == [folders[0]]


def test_entering_the_same_folder_again_keeps_what_was_imported(folders):
    path = ImportPath()
    path.enter(folders[0])
    first = importlib.import_module("neighbour")
    path.enter(folders[0])

    assert importlib.import_module("neighbour") is first
    assert sys.path.count(folders[0]) == 1


def test_a_package_beside_one_state_file_makes_room_for_that_beside_another(folders):
    path, found = ImportPath(), []
    for folder in folders:
        path.forget_other("flows", folder)
        sys.path.append(folder)
        found.append(where("flows"))
        path.add_beside("flows", folder)

    assert found == ["one", "two"]
    assert folders[0] not in sys.path
