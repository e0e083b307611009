"""A new instance of the release workflow."""

import pytest

from tests.core.pass_samples import Instance


@pytest.fixture
def release(tmp_path):
    return Instance(tmp_path)
