"""A loop: brew, taste and grind finer until the cup is good.

`brew` waits when the beans run out. Buy some and tell the instance so:
`wfepy context set STATE beans_grams=250`.

Context: `grind` (a grinder's setting, default 9), `good_grind` (default 6), `beans_grams` (default 250).
"""

from typing import Any

from wfepy_core import Waiting, end_point, followed_by, start_point, task


def cup_is_good(context: dict[str, Any]) -> bool:
    """The last cup was neither sour nor bitter."""
    return bool(context["tastes"][-1] == "good")


def cup_is_sour(context: dict[str, Any]) -> bool:
    """The last cup was sour: ground too coarse."""
    return bool(context["tastes"][-1] == "sour")


def cup_is_bitter(context: dict[str, Any]) -> bool:
    """The last cup was bitter: ground too fine."""
    return bool(context["tastes"][-1] == "bitter")


@task(labels=["kitchen"])
@start_point()
@followed_by("brew")
def set_up_grinder(context: dict[str, Any]) -> bool:
    """Set the grinder. Keeps every value that is already there, so it is safe to repeat."""
    for key, value in (("grind", 9), ("good_grind", 6), ("beans_grams", 250), ("tastes", [])):
        context.setdefault(key, value)
    return True


@task(labels=["kitchen"])
@followed_by("taste")
def brew(context: dict[str, Any]) -> bool | Waiting:
    """Brew a cup from 18 grams of beans.

    Beans and cup change together, with the last statement: a crash before it took no beans, and the
    engine does not run the task again after it.
    """
    left = context["beans_grams"] - 18
    if left < 0:
        return Waiting(
            f"{context['beans_grams']} g of beans are too few for a cup: buy some, set beans_grams"
        )
    context.update(beans_grams=left, cup_ground_at=context["grind"])
    return True


@task(labels=["guest"])
@followed_by("drink", cup_is_good)
@followed_by("grind_finer", cup_is_sour)
@followed_by("grind_coarser", cup_is_bitter)
def taste(context: dict[str, Any]) -> bool:
    """Taste the cup and note the verdict. One new note a run, made last: a crash before it left no trace."""
    distance = context["cup_ground_at"] - context["good_grind"]
    verdict = "good" if distance == 0 else "sour" if distance > 0 else "bitter"
    context["tastes"] = [*context["tastes"], verdict]
    return True


@task(labels=["kitchen"])
@followed_by("brew")
def grind_finer(context: dict[str, Any]) -> bool:
    """Set the grinder one step finer than the cup just tasted. Computed from that cup: safe to repeat."""
    context["grind"] = context["cup_ground_at"] - 1
    return True


@task(labels=["kitchen"])
@followed_by("brew")
def grind_coarser(context: dict[str, Any]) -> bool:
    """Set the grinder one step coarser than the cup just tasted. Computed from that cup: safe to repeat."""
    context["grind"] = context["cup_ground_at"] + 1
    return True


@task(labels=["guest"])
@end_point()
def drink(context: dict[str, Any]) -> bool:
    """Drink the good cup. It only counts what was tasted: safe to repeat."""
    context["cups_tasted"] = len(context["tastes"])
    return True
