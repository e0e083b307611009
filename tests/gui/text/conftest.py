"""A place on earth whose clocks no test machine has by chance."""

import time

import pytest


@pytest.fixture
def zone(monkeypatch):
    """A clock two and a half hours west of Greenwich."""
    monkeypatch.setenv("TZ", "XXX+02:30")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
