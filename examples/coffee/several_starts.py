"""A cup of coffee that starts at three places at once and waits for the kettle.

The water boils at a moment that is kept in the context. Until then `boil_water` returns `Waiting`
with the reason and the time; the pass ends, and the next one asks again. Nothing sleeps.

Context: `boil_seconds` (default 180).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task


@task(labels=["kitchen"])
@start_point()
@followed_by("boil_water")
def fill_kettle(context: dict[str, Any]) -> bool:
    """Fill the kettle and switch it on. Keeps the moment it was first switched on: safe to repeat."""
    seconds = timedelta(seconds=context.get("boil_seconds", 180))
    context.setdefault("boils_at", datetime.now(UTC) + seconds)
    return True


@task(labels=["kitchen"])
@followed_by("pour")
def boil_water(context: dict[str, Any]) -> bool | Waiting:
    """Wait until the water boils. It compares two times and changes nothing: safe to repeat."""
    boils_at = context["boils_at"]
    if datetime.now(UTC) < boils_at:
        return Waiting(f"the water boils at {boils_at:%H:%M:%S %Z}", until=boils_at)
    return True


@task(labels=["kitchen"])
@start_point()
@followed_by("pour")
def grind_beans(context: dict[str, Any]) -> bool:
    """Grind the beans while the kettle is on. It only notes the weight: safe to repeat."""
    context["ground_grams"] = 18
    return True


@task(labels=["kitchen"])
@start_point()
@followed_by("pour")
def rinse_filter(context: dict[str, Any]) -> bool:
    """Rinse the paper filter, so that the coffee does not taste of it. Rinsing twice does no harm."""
    context["filter_rinsed"] = True
    return True


@task(labels=["kitchen"])
@join_point()
@followed_by("drink")
def pour(context: dict[str, Any]) -> bool:
    """Pour when the water, the beans and the filter are ready. Computed from them: safe to repeat."""
    context["coffee_millilitres"] = 16 * context["ground_grams"]
    return True


@task(labels=["guest"])
@end_point()
def drink(context: dict[str, Any]) -> bool:
    """Drink it. An empty cup stays empty, however often this is repeated."""
    context["coffee_millilitres"] = 0
    return True
