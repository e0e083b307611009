"""The words of statuses: one word, one status."""

from __future__ import annotations

import enum
import inspect

import pytest

from wfepy_core.model import status

ENUMS = [each for _, each in inspect.getmembers(status, inspect.isclass) if issubclass(each, enum.Enum)]


@pytest.mark.parametrize("words", ENUMS, ids=lambda words: words.__name__)
def test_no_two_names_mean_one_member(words):
    # `enum.unique` asks the same at each import, in every trigger.
    assert list(words.__members__.values()) == list(words)
