"""Which files would run is found without running one, and holds for what then runs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.loading.code_files import find_code, portable_path

TASK = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def only(context):
    return True
"""

#: What a module says, and the files below its folder that this imports.
IMPORTS = [
    ("import one", "one.py"),
    ("import one as other, two", "one.py two.py"),
    ("from one import X", "one.py"),
    ("from one import *", "one.py"),
    ("import pack", "pack/__init__.py"),
    ("import pack.inner", "pack/__init__.py pack/inner.py"),
    ("import pack.sub.deep as deep", "pack/__init__.py pack/sub/__init__.py pack/sub/deep.py one.py"),
    ("from pack import inner", "pack/__init__.py pack/inner.py"),
    ("from pack.sub import deep", "pack/__init__.py pack/sub/__init__.py pack/sub/deep.py one.py"),
    ("from pack import *", "pack/__init__.py pack/inner.py pack/sub/__init__.py"),
    ("import relative", "relative/__init__.py relative/near.py relative/far.py"),
    ("from plain import thing", "plain/thing.py"),
    ("if True:\n    try:\n        import one\n    except ImportError:\n        import absent", "one.py"),
    ("def late():\n    import two\nlate()", "two.py"),
    ("import importlib\nimportlib.import_module('pack.inner')", "pack/__init__.py pack/inner.py"),
    ("__import__('one')", "one.py"),
    ("import chain", "chain.py one.py"),
    ("import round_a", "round_a.py round_b.py"),
    ("import json, os.path", ""),
    ("import secrets", "secrets.py"),
    ("import logging", ""),
    ("import linked", "linked.py"),
]

FILES = {
    "one.py": "X = 1\n",
    "two.py": "",
    "pack/__init__.py": "__all__ = ['inner']\n",
    "pack/inner.py": "",
    "pack/sub/__init__.py": "",
    "pack/sub/deep.py": "import one\n",
    "relative/__init__.py": "from . import near\n",
    "relative/near.py": "from .far import X\n",
    "relative/far.py": "X = 1\n",
    "plain/thing.py": "",
    "chain.py": "from one import X as Y\n",
    "round_a.py": "import round_b\n",
    "round_b.py": "import round_a\n",
    "secrets.py": "",
    "logging/today.txt": "a folder of a workflow, no package",
    "elsewhere.py": "",
    "never.py": "raise SystemExit('this was not to run')\n",
}

RUN = """
import sys
from wfepy_core.loading import loader
from wfepy_core.loading.source_import import SOURCE_FINDER
loader.load(sys.argv[2:], sys.argv[1])
print(*SOURCE_FINDER.run, sep="\\n")
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a workflow's neighbours."""
    for name, text in FILES.items():
        path = tmp_path / "flows" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "flows" / "linked.py").symlink_to("elsewhere.py")
    return tmp_path / "flows"


def run_there(folder, *modules, path=""):
    """The files of workflow code that a process has run which loads these modules."""
    environment = cron_environment()
    environment["PYTHONPATH"] += f":{path}" if path else ""
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, str(folder), *modules],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split("\n")[:-1])


@pytest.mark.parametrize(("imports", "expected"), IMPORTS)
def test_the_files_that_are_imported_are_found_and_are_those_that_run(folder, imports, expected):
    (folder / "flow.py").write_text(f"{imports}\n{TASK}")

    found = find_code(["flow.py"], str(folder)).files

    assert next(iter(found)) == str(folder / "flow.py")
    assert set(found) == {str(folder / name) for name in ("flow.py", *expected.split())}
    assert set(found) >= run_there(folder, "flow.py") >= {str(folder / "flow.py")}


@pytest.mark.parametrize("place", ["path", "site", "beside"])
def test_a_dotted_name_leads_to_its_file_and_what_that_imports(tmp_path, folder, place):
    (folder / "pack" / "flow.py").write_text(f"from pack.sub import deep\n{TASK}")
    where = tmp_path / "lib" / "site-packages" if place == "site" else tmp_path / "where"
    where.parent.mkdir(exist_ok=True)
    folder.rename(where)
    beside = where if place == "beside" else tmp_path

    search = [] if place == "beside" else [str(where)]
    found = find_code(["pack.flow"], str(beside), search)

    names = ["pack/flow.py", "pack/__init__.py", "pack/sub/__init__.py", "pack/sub/deep.py"]
    # Of an installed package, other packages are not the workflow's code.
    names += ["one.py"] if place != "site" else []
    assert found.modules == (str(where / "pack" / "flow.py"),)
    assert set(found.files) == {str(where / name) for name in names}
    if place != "beside":
        assert run_there(beside, "pack.flow", path=str(where)) == set(found.files)
    else:
        assert run_there(beside, "pack.flow") == set(found.files)


def test_an_editable_installation_is_followed_to_its_sources(tmp_path, folder):
    (folder / "pack" / "flow.py").write_text(f"from pack import inner\n{TASK}")
    site = tmp_path / "site"
    site.mkdir()
    (site / "finder_of_pack.py").write_text(
        "import sys\n"
        "from importlib.util import spec_from_file_location\n"
        "class Finder:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        f"        place = {str(folder / 'pack')!r}\n"
        "        if name == 'pack':\n"
        "            return spec_from_file_location(\n"
        "                name, place + '/__init__.py', submodule_search_locations=[place])\n"
        "sys.meta_path.append(Finder)\n"
    )
    code = "import finder_of_pack\n" + RUN
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(tmp_path), "pack.flow"],
        env=cron_environment(PYTHONPATH=f"{cron_environment()['PYTHONPATH']}:{site}"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    names = ("pack/flow.py", "pack/__init__.py", "pack/inner.py")
    assert set(done.stdout.split()) == {str(folder / name) for name in names}


def test_the_fingerprint_is_that_of_all_of_it_and_the_same_in_every_checkout(tmp_path, folder):
    (folder / "flow.py").write_text(f"import chain\n{TASK}")
    first = find_code(["flow.py"], str(folder)).sha256
    folder.rename(tmp_path / "moved")
    moved = tmp_path / "moved"

    assert find_code(["flow.py"], str(moved)).sha256 == first
    assert find_code(["moved/flow.py"], str(tmp_path)).sha256 == first
    (moved / "two.py").write_text("changed = True\n")
    assert find_code(["flow.py"], str(moved)).sha256 == first
    (moved / "one.py").write_text("X = 2\n")
    assert find_code(["flow.py"], str(moved)).sha256 != first


def test_a_virtual_environment_below_the_root_is_not_the_workflow(folder):
    packages = folder / ".venv" / "lib" / "site-packages"
    packages.mkdir(parents=True)
    (folder / "lib").symlink_to(".venv/lib/site-packages")
    (packages / "thing.py").write_text("")
    (folder / "flow.py").write_text(f"import sys; sys.path.append({str(packages)!r}); import thing\n{TASK}")

    assert set(find_code(["flow.py"], str(folder)).files) == {str(folder / "flow.py")}
    assert run_there(folder, "flow.py") == {str(folder / "flow.py")}


def test_what_is_no_regular_file_is_not_waited_for(folder):
    (folder / "two.py").unlink()
    os.mkfifo(folder / "two.py")
    (folder / "flow.py").write_text(f"import two, one, damaged\n{TASK}")
    (folder / "damaged.py").write_text("def (:\n")

    names = {str(folder / name) for name in ("flow.py", "one.py", "damaged.py")}
    assert set(find_code(["flow.py"], str(folder)).files) == names


def test_a_path_is_spelled_with_slashes_on_every_system(monkeypatch):
    monkeypatch.setattr(os, "sep", "\\")
    assert portable_path("..\\flows\\release.py") == "../flows/release.py"
