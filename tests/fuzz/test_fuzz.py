"""Some hundred damaged files of each kind, always the same; `make fuzz` tries as many others as one likes."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import ALL_TARGETS, fuzz


@pytest.mark.parametrize("name", ALL_TARGETS)
def test_damaged_files_are_read_or_refused_and_nothing_else(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "files"
    folder.mkdir()
    tally = fuzz(name, 200, "always", folder)
    assert tally.findings == []
    assert 0 < tally.taken < tally.cases or name == "journals", "some damage does no harm, and some does"
