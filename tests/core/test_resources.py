"""Files that are shipped with the program are found in a checkout and in an installation."""

from __future__ import annotations

from pathlib import Path

import pytest

import wfepy_core
from wfepy_core.errors import WfepyError
from wfepy_core.resources import resource


def test_a_shipped_file_is_found_next_to_the_package_or_inside_it():
    path = Path(resource("README.md"))

    assert path.is_absolute()
    assert "shipped inside the wheel" in path.read_text(encoding="utf-8")
    assert Path(wfepy_core.__file__).parents[1] in path.parents


def test_a_file_that_is_not_shipped_is_named_in_the_error():
    with pytest.raises(WfepyError, match=r"no/such\.svg is not among the files shipped.*install"):
        resource("no/such.svg")
