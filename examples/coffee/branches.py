"""A cup of coffee by three hands: branches run beside one another and meet at a join point.

Each branch writes its own context key, so that the branches may also run in threads or processes
(`run(executor=...)`) without a clash.

Context: `cups` (default 2).
"""

from typing import Any

from wfepy_core import end_point, followed_by, join_point, start_point, task


@task(labels=["guest"])
@start_point()
@followed_by("grind_beans")
@followed_by("boil_water")
@followed_by("warm_cups")
def order(context: dict[str, Any]) -> bool:
    """Take the order. Keeps a number of cups that is already there, so it is safe to repeat."""
    context.setdefault("cups", 2)
    return True


@task(labels=["kitchen"])
@followed_by("brew")
def grind_beans(context: dict[str, Any]) -> bool:
    """Grind 18 grams of beans for each cup. Computed from the order: safe to repeat."""
    context["ground_grams"] = 18 * context["cups"]
    return True


@task(labels=["kitchen"])
@followed_by("brew")
def boil_water(context: dict[str, Any]) -> bool:
    """Boil 300 millilitres of water for each cup. Computed from the order: safe to repeat."""
    context["water_millilitres"] = 300 * context["cups"]
    return True


@task(labels=["kitchen"])
@followed_by("brew")
def warm_cups(context: dict[str, Any]) -> bool:
    """Warm the cups. The warm cups are a set, and a cup is in it once, however often this is repeated."""
    context["warm_cups"] = {f"cup {number}" for number in range(1, context["cups"] + 1)}
    return True


@task(labels=["kitchen"])
@join_point()
@followed_by("serve")
def brew(context: dict[str, Any]) -> bool:
    """Brew when the powder, the water and the cups are all ready. Computed from them: safe to repeat."""
    context["served"] = tuple((cup, "coffee") for cup in sorted(context["warm_cups"]))
    return True


@task(labels=["guest"])
@end_point()
def serve(context: dict[str, Any]) -> bool:
    """Carry the cups to the table. Saying so twice changes nothing."""
    context["on_the_table"] = True
    return True
