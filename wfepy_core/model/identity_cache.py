"""A cache of what a function returned, by the identity of its argument."""

from __future__ import annotations

from functools import wraps

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _Source = TypeVar("_Source")
    _Result = TypeVar("_Result")


def cached_by_identity(size: int) -> Callable[[Callable[[_Source], _Result]], Callable[[_Source], _Result]]:
    """Decorate a function of one argument so that its last `size` results are returned again.

    Arguments are compared by identity, because to hash or compare a graph of thousands of tasks, or a context
    of megabytes, costs more than what is then looked up. So an argument must not change afterwards. The cache
    keeps it alive, so that no other object gets its identity. Threads may call the function at the same time;
    then the same result may be computed twice.
    """

    def decorate(function: Callable[[_Source], _Result]) -> Callable[[_Source], _Result]:
        entries: list[tuple[_Source, _Result]] = []

        @wraps(function)
        def call(source: _Source) -> _Result:
            for known, result in entries:
                if known is source:
                    return result
            result = function(source)
            # One assignment: another thread may be looping over the list.
            entries[:] = [(source, result), *entries[: size - 1]]
            return result

        return call

    return decorate
