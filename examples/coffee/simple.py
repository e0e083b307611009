"""A cup of coffee, one step after the other: the smallest workflow that does something.

Context: `beans_grams` (default 18).
"""

from typing import Any

from wfepy_core import end_point, followed_by, start_point, task


@task(labels=["kitchen"])
@start_point()
@followed_by("boil_water")
def grind_beans(context: dict[str, Any]) -> bool:
    """Grind the beans for one cup. Repeating it writes the same number, so a crash does no harm."""
    context["ground_grams"] = context.get("beans_grams", 18)
    return True


@task(labels=["kitchen"])
@followed_by("brew")
def boil_water(context: dict[str, Any]) -> bool:
    """Bring the water to the boil and let it cool a little. It only notes the temperature: safe to repeat."""
    context["water_celsius"] = 94
    return True


@task(labels=["kitchen"])
@followed_by("drink")
def brew(context: dict[str, Any]) -> bool:
    """Pour sixteen times the weight of the ground beans. Computed from earlier values: safe to repeat."""
    context["coffee_millilitres"] = 16 * context["ground_grams"]
    return True


@task(labels=["guest"])
@end_point()
def drink(context: dict[str, Any]) -> bool:
    """Drink it. An empty cup stays empty, however often this is repeated."""
    context["coffee_millilitres"] = 0
    return True
