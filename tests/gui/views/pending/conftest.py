"""What edits the instance at `path`."""

import pytest


@pytest.fixture
def editing(path, open_instance, desktop):
    open_instance(path)
    return desktop.session.editing
