"""One long task: how running, cancelling and an interrupted instance look.

`roast_beans` takes a while and tells its progress. Kill its process in the middle, and the instance is
shown as interrupted; the next pass roasts again from the start.

Context: `roast_seconds` (default 20), `log` (a file that gets one line a roast; none by default).
"""

import time
from pathlib import Path
from typing import Any

from wfepy_core import end_point, followed_by, start_point, task


@task(labels=["roastery"])
@start_point()
@followed_by("roast_beans")
def weigh_green_beans(context: dict[str, Any]) -> bool:
    """Weigh the green beans. It only notes the weight: safe to repeat."""
    context["green_grams"] = 1000
    return True


@task(labels=["roastery", "long"], safe_to_repeat=True)
@followed_by("cool_beans")
def roast_beans(context: dict[str, Any]) -> bool:
    """Roast the beans, telling the progress every half second.

    A roast that was broken off is thrown away and the task starts again with fresh beans: nothing of it
    is in the context, so it is safe to repeat. Only the log shows that there were two.
    """
    if context.get("log"):
        with Path(context["log"]).open("a", encoding="utf-8") as log:
            log.write("the roast starts\n")
    seconds = context.get("roast_seconds", 20)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        print(f"roasting: {left:.1f} s left", flush=True)  # noqa: T201  what a task prints is its output
        time.sleep(min(0.5, left))
    context["roasted_grams"] = context["green_grams"] * 85 // 100
    return True


@task(labels=["roastery"])
@end_point()
def cool_beans(context: dict[str, Any]) -> bool:
    """Cool the beans and put them into tins of 250 grams. Computed from the roast: safe to repeat."""
    context["tins"], context["rest_grams"] = divmod(context["roasted_grams"], 250)
    return True
