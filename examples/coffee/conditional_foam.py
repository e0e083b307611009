"""A cup of coffee with or without foam: conditions decide which branches are taken.

Every transition whose condition is true is taken, not only the first. If none is, as for
`milk: "oat"`, nobody ever gets a cup: the instance is a dead end, and `wfepy why` says so.

Context: `milk` (`"none"` by default, `"cold"` or `"foamed"`).
"""

from typing import Any

from wfepy_core import end_point, followed_by, join_point, start_point, task


def wants_black(context: dict[str, Any]) -> bool:
    """The guest takes no milk."""
    return bool(context["milk"] == "none")


def wants_milk(context: dict[str, Any]) -> bool:
    """The guest takes milk, foamed or cold."""
    return context["milk"] in {"cold", "foamed"}


def wants_foam(context: dict[str, Any]) -> bool:
    """The guest takes foamed milk."""
    return bool(context["milk"] == "foamed")


@task(labels=["guest"])
@start_point()
@followed_by("brew_black", wants_black)
@followed_by("brew_strong", wants_milk)
@followed_by("foam_milk", wants_foam)
def order(context: dict[str, Any]) -> bool:
    """Take the order. Keeps what was ordered before, so it is safe to repeat."""
    context.setdefault("milk", "none")
    return True


@task(labels=["kitchen"])
@followed_by("serve")
def brew_black(context: dict[str, Any]) -> bool:
    """Brew 18 grams for a black coffee. It only notes the weight: safe to repeat."""
    context["ground_grams"] = 18
    return True


@task(labels=["kitchen"])
@followed_by("serve")
def brew_strong(context: dict[str, Any]) -> bool:
    """Brew 22 grams, because milk takes some of the strength. It only notes the weight: safe to repeat."""
    context["ground_grams"] = 22
    return True


@task(labels=["kitchen"])
@followed_by("serve")
def foam_milk(context: dict[str, Any]) -> bool:
    """Foam the milk. It only notes the temperature: safe to repeat."""
    context["foam_celsius"] = 60
    return True


@task(labels=["guest"])
@join_point()
@end_point()
def serve(context: dict[str, Any]) -> bool:
    """Serve when every branch that was taken has arrived; the others are not waited for. Safe to repeat."""
    foam = "with foam" if "foam_celsius" in context else "without foam"
    context["served"] = f"{context['ground_grams']} g, {foam}"
    return True
