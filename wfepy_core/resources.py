"""Finds the files that are shipped with the program."""

from __future__ import annotations

import os

from wfepy_core.errors import WfepyError

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def resource(name: str) -> str:
    """Returns the absolute path of a shipped file or folder.

    The wheel carries the checkout's top-level `resources/` as `wfepy_core/resources`; this is the only
    place that knows about the two.

    Args:
        name: Relative to the resources, with forward slashes: `"wfstate.schema.json"`.

    Raises:
        WfepyError: nothing of that name is shipped.
    """
    folder = os.path.join(_PACKAGE, "resources")
    if not os.path.isdir(folder):
        folder = os.path.join(os.path.dirname(_PACKAGE), "resources")
    path = os.path.join(folder, *name.split("/"))
    if not os.path.exists(path):
        message = f"{name} is not among the files shipped in {folder}"
        raise WfepyError(message, hint="install wfepy-desk again")
    return path
