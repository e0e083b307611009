"""The built wheel holds what an installation needs, and nothing else.

`make test` also installs it where neither Qt nor the checkout is, and runs the core's tests there.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import wfepy_core
from tests.cron_environment import cron_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout with the installed build backend."""
    folder = tmp_path_factory.mktemp("wheel")
    pip_wheel = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps"]
    subprocess.run(
        [*pip_wheel, "--wheel-dir", folder, ROOT], env=cron_environment(), check=True, capture_output=True
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_the_wheel_holds_both_packages_and_the_resources_and_no_tests(wheel):
    names = wheel.namelist()
    resources = {f"wfepy_core/{path.relative_to(ROOT).as_posix()}" for path in _resources()}

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"wfepy_core", "wfepy_gui"}
    assert resources
    assert resources <= set(names)
    assert "wfepy_core/py.typed" in names


def _resources():
    return [path for path in (ROOT / "resources").rglob("*") if path.is_file()]


def test_the_wheel_starts_both_programs_and_demands_nothing_compiled(wheel):
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    metadata = wheel.read(entry_points.replace("entry_points.txt", "METADATA")).decode()
    demanded = {
        line.split(":", 1)[1].strip().split(">")[0]
        for line in metadata.splitlines()
        if line.startswith("Requires-Dist:") and "extra ==" not in line and "sys_platform" not in line
    }

    assert "wfepy = wfepy_core.cli:main" in wheel.read(entry_points).decode()
    assert "wfepy-gui = wfepy_gui.application:main" in wheel.read(entry_points).decode()
    assert demanded == {"attrs", "rich", "shtab"}


def test_an_installed_core_finds_its_resources(wheel, tmp_path):
    wheel.extractall(tmp_path)
    code = "import sys; sys.path.insert(0, sys.argv[1]); from wfepy_core import resources; "
    code += "print(resources.resource('README.md'))"
    python = [sys.executable, "-I", "-c", code, tmp_path]
    found = subprocess.run(python, env=cron_environment(), capture_output=True, text=True, check=True)

    assert found.stdout.strip() == str(tmp_path / "wfepy_core" / "resources" / "README.md")


def test_the_page_of_the_package_leads_nowhere_into_a_checkout(wheel):
    (name,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    metadata, _, page = wheel.read(name).decode().partition("\n\n")
    (source,) = re.findall(r"^Project-URL: Source, (https://\S+)$", metadata, re.MULTILINE)
    links = re.findall(r"\]\(([^)]*)\)", page)

    assert {"Documentation", "Changelog", "Issues"} <= set(
        re.findall(r"^Project-URL: (\w+),", metadata, re.MULTILINE)
    )
    assert f"{source}/blob/main/docs/desktop.md" in links
    assert f"{source}/raw/main/docs/images/desktop.png" in links
    assert all(link.startswith("https://") for link in links)


def test_the_version_stands_in_one_place(wheel):
    (name,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    assert f"\nVersion: {wfepy_core.__version__}\n" in wheel.read(name).decode()
    assert f'"{wfepy_core.__version__}"' not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
