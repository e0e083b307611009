"""Nothing runs code that the user did not agree to, as it is now."""

from __future__ import annotations

from functools import partial

import pytest

from wfepy_gui.preferences.settings import Settings
from wfepy_gui.preferences.trust import TrustGate, seen_modules


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "flow.py"
    path.write_text("first", encoding="utf-8")
    return path


@pytest.fixture
def asked():
    return []


@pytest.fixture
def run(tmp_path, module, asked):
    """Lets something run the module; returns how often it did so far."""
    gate, ran = TrustGate(Settings(str(tmp_path / "settings.ini")), asked.append), []

    def run(**more):
        find_modules = partial(seen_modules, [module.name], tmp_path)
        gate.run(find_modules, partial(ran.append, "ran"), **more)
        return ran

    return run


def test_it_asks_once_for_the_same_code(run, asked, module):
    ran = run(purpose="A check runs")
    assert ran == []
    assert asked[0].purpose == "A check runs"
    assert [each.name for each in asked[0].modules] == [str(module)]

    asked[0].agree()
    run()

    assert ran == ["ran", "ran"]
    assert len(asked) == 1


def test_code_that_changes_while_the_question_stands_open_is_asked_about_again(run, asked, module):
    ran = run()
    module.write_text("second", encoding="utf-8")

    asked[0].agree()

    assert ran == []
    assert len(asked) == 2
    assert asked[1].modules != asked[0].modules


def test_who_wanted_to_run_it_hears_of_a_refusal(run, asked):
    refusals = []
    ran = run(on_refused=partial(refusals.append, "no"))

    asked[0].refuse()

    assert (ran, refusals) == ([], ["no"])
    run()
    assert len(asked) == 2
