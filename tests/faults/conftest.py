"""The fault injector as fixtures: `faults` where it can strike deepest, `python_faults` everywhere."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.harness import Faults, build_shim, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def pytest_report_header() -> str | None:
    """Say aloud when the faults strike less deep than they should."""
    if shutil.which("cc") or shutil.which("gcc") or shutil.which("clang"):
        return None
    return "faults: NO C COMPILER, faults strike at the Python level only (install gcc)"


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The compiled shim, None without a compiler."""
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def faults(tmp_path_factory: pytest.TempPathFactory, shim: Path | None) -> Iterator[Faults]:
    """Strikes at the system call; at the Python level without a compiler."""
    yield from serve(tmp_path_factory.mktemp("faults"), shim)


@pytest.fixture(scope="session")
def python_faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    """Strikes at the Python level."""
    yield from serve(tmp_path_factory.mktemp("python_faults"), None)
