"""A workflow written for the PyPI package `wfepy` 0.1.1. It opens here unchanged.

The first pass stops at `make_coffee`, because somebody has to put a cup under the machine:
`wfepy context set STATE cup=true`.
"""

from typing import Any

import wfepy


def is_sweet(context: dict[str, Any]) -> bool:
    """The guest takes sugar."""
    return bool(context.get("sugar", 0) > 0)


@wfepy.task()
@wfepy.start_point()
@wfepy.followed_by("make_coffee")
@wfepy.followed_by("add_sugar", is_sweet)
def start(_context: dict[str, Any]) -> bool:
    """Take the order. It changes nothing: safe to repeat."""
    return True


@wfepy.task(labels={"machine"})
@wfepy.followed_by("drink_coffee")
def make_coffee(context: dict[str, Any]) -> bool:
    """Press the button as soon as there is a cup. A full cup is not filled again: safe to repeat."""
    if not context.get("cup"):
        return False
    context["full"] = True
    return True


@wfepy.task()
@wfepy.followed_by("drink_coffee")
def add_sugar(context: dict[str, Any]) -> bool:
    """Take sugar on the spoon. It only notes the number of lumps: safe to repeat."""
    context["lumps"] = context["sugar"]
    return True


@wfepy.task()
@wfepy.join_point()
@wfepy.end_point()
def drink_coffee(context: dict[str, Any]) -> bool:
    """Drink it. An empty cup stays empty, however often this is repeated."""
    context["full"] = False
    return True
