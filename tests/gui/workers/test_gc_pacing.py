"""The window does not wait for Python to look for garbage while something large is made."""

import gc

import pytest

from wfepy_gui.workers.gc_pacing import GcPacing


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.enable()
    gc.unfreeze()  # nothing of the test stays out of sight
    gc.collect()
    gc.freeze()  # as for every test, see `conftest`


def test_nothing_looks_for_garbage_until_something_large_is_made(qtbot, qapp):
    collector = GcPacing(qapp, settle_ms=200)
    collector.pause_collections()
    looked = []
    gc.callbacks.append(lambda phase, _info: looked.append(phase))
    try:
        made = [[number] for number in range(100_000)]
        collector.pause_collections()  # once more, while the first time is not over
        assert looked == []
    finally:
        gc.callbacks.pop()
    qtbot.waitUntil(gc.isenabled)
    assert gc.get_freeze_count() > len(made), "what was made is out of sight"


def test_rings_thrown_away_later_are_found_again(qtbot, qapp):
    collector = GcPacing(qapp, settle_ms=0)
    collector.pause_collections()
    qtbot.waitUntil(gc.isenabled)
    ring = []
    ring.append(ring)
    del ring
    assert gc.collect() > 0
