"""The countdown between two passes of a timer, on clocks that the test moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfepy_core.time_text import HOUR, MINUTE, SECOND
from wfepy_gui.automation.countdown import LONGEST_PAUSE, Clocks, Countdown, in_short
from wfepy_gui.preferences.settings import Settings
from wfepy_gui.preferences.timer_plan import Plan


class Time:
    """Both clocks."""

    def __init__(self):
        self.monotonic, self.wall = 1000 * SECOND, 1_700_000_000 * SECOND

    def clocks(self):
        return Clocks(lambda: self.monotonic, lambda: self.wall)

    def passes(self, length):
        self.monotonic += length
        self.wall += length

    def sleeps(self, length):
        """The machine is suspended: on Linux its monotonic clock stands still."""
        self.wall += length


@pytest.fixture
def time():
    return Time()


def counting(time, every=5 * MINUTE, until=0):
    countdown = Countdown(Plan(every, until), time.clocks())
    countdown.start()
    return countdown


def test_a_pass_is_due_when_the_pause_is_over_and_not_before(time):
    countdown = counting(time)
    time.passes(5 * MINUTE - 1)
    assert not countdown.is_due
    time.passes(1)
    assert countdown.is_due


def test_after_the_machine_slept_there_is_one_pass_and_no_burst(time):
    countdown = counting(time)
    time.sleeps(8 * HOUR)
    assert countdown.is_due
    assert countdown.slept

    countdown.count_after_pass(failed=False)

    assert not countdown.is_due
    assert countdown.remaining == 5 * MINUTE
    assert not countdown.slept


def test_a_wall_clock_that_is_set_back_makes_no_pass_wait_longer(time):
    countdown = counting(time)
    time.wall -= 3 * HOUR
    time.passes(5 * MINUTE)
    assert countdown.is_due
    assert not countdown.slept


def test_the_pause_doubles_with_every_failure_up_to_a_cap_and_a_success_ends_that(time):
    countdown = counting(time, every=10 * MINUTE)
    pauses = []
    for _ in range(5):
        countdown.count_after_pass(failed=True)
        pauses.append(countdown.remaining // MINUTE)
    assert pauses == [20, 40, 60, 60, 60]

    countdown.count_after_pass(failed=False)
    assert countdown.remaining == 10 * MINUTE


def test_a_plan_with_longer_pauses_than_the_cap_keeps_its_own(time):
    countdown = counting(time, every=5 * HOUR)
    countdown.count_after_pass(failed=True)
    assert countdown.pause == 5 * HOUR > LONGEST_PAUSE


def test_held_it_stands_still_and_goes_on_with_what_was_left(time):
    countdown = counting(time)
    time.passes(2 * MINUTE)
    countdown.hold()
    time.passes(HOUR)
    assert countdown.remaining == 3 * MINUTE
    assert not countdown.is_due

    countdown.go_on()
    time.passes(3 * MINUTE)
    assert countdown.is_due


def test_no_pass_begins_after_the_last_moment(time):
    countdown = counting(time, until=time.wall + 12 * MINUTE)
    for _ in range(2):
        assert not countdown.is_over
        time.passes(5 * MINUTE)
        countdown.count_after_pass(failed=False)
    assert countdown.is_over


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["passes", "sleeps"]), st.integers(0, 3 * HOUR)), min_size=1, max_size=20
    )
)
def test_whatever_the_clocks_do_a_pass_is_followed_by_a_whole_pause(steps):
    time = Time()
    countdown = counting(time)
    for move, length in steps:
        getattr(time, move)(length)
        assert 0 <= countdown.remaining <= countdown.pause
        if countdown.is_due:
            countdown.count_after_pass(failed=False)
            assert countdown.remaining == countdown.plan.every


def test_the_plan_is_remembered_by_path_and_forgotten_when_removed(tmp_path):
    file = str(tmp_path / "settings.ini")
    settings = Settings(file)
    in_2050 = 2_524_608_000 * SECOND
    settings.set_plan("/a b/one.wfstate", Plan(5 * MINUTE, 7))
    settings.set_plan("/two.wfstate", Plan(HOUR))
    settings.set_plan("/two.wfstate", None)
    settings.set_plan("/three.wfstate", Plan(1000 * HOUR, in_2050))
    settings.sync()

    again = Settings(file)
    assert again.plans == {
        "/a b/one.wfstate": Plan(5 * MINUTE, 7),
        "/three.wfstate": Plan(1000 * HOUR, in_2050),
    }


@pytest.mark.parametrize("until", ["3" + 17 * "0", "9" * 18, "9" * 5000, "-1", "soon"])
def test_a_plan_whose_end_no_calendar_has_is_none(tmp_path, until):
    file = tmp_path / "settings.ini"
    file.write_text(f"[timers]\nplans={5 * MINUTE} {until} /one.wfstate\n", encoding="ascii")

    assert Settings(str(file)).plans == {}


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (1, "0:01"),
        (7 * SECOND, "0:07"),
        (12 * MINUTE + 30 * SECOND, "12:30"),
        (3 * HOUR + 5 * SECOND, "3:00:05"),
    ],
)
def test_a_countdown_reads_like_a_clock(length, text):
    assert in_short(length) == text
