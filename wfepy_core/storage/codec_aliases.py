"""Objects that stand in two places of a context, in its JSON form: written once, and referred to. Pure.

`{"$same": "/jobs/0/lines"}` is the object at that place of the context: a JSON pointer (RFC 6901) into the
context as it stands in the file, tags included. It may lead to a place further down: the order of keys means
nothing. A pointer that leads to another `$same` is followed on; one that leads into itself is refused.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import CodecError
from wfepy_core.storage.codec_refusal import Refusal, step_to
from wfepy_core.storage.codec_tags import SAME, tag_of
from wfepy_core.storage.codec_values import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

_ABSENT: Any = object()


def pointer_of(steps: Iterable[str | int]) -> str:
    """The pointer to the place at the end of these steps: keys and list positions."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def steps_of(pointer: str) -> list[str]:
    """The steps of a pointer, each a text."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def json_steps(root: Any, pointer: str) -> list[str | int]:
    """The steps of a pointer that leads somewhere: texts for keys, numbers for positions in lists."""
    steps: list[str | int] = []
    place = root
    for part in steps_of(pointer):
        step = int(part) if type(place) is list else part
        steps.append(step)
        place = place[step]
    return steps


def resolve(root: Any, pointer: Any) -> tuple[str, Any]:
    """The pointer and the JSON of the object behind a pointer, `$same` after `$same`.

    Raises:
        Refusal: there is nothing, or the pointers lead in a circle.
    """
    seen: set[str] = set()
    while type(pointer) is str and pointer not in seen:
        seen.add(pointer)
        place = root
        for step in steps_of(pointer):
            place = _member(place, step)
        if place is _ABSENT or not pointer:
            break
        if tag_of(place) != SAME:
            return pointer, place
        pointer = place[SAME]
    raise Refusal(
        f"refers to {pointer!r}, where nothing is to be found",
        "write the value itself there, or restore a former version of the state file",
    )


def _member(place: Any, step: str) -> Any:
    if type(place) is dict:
        return place.get(step, _ABSENT)
    if type(place) is list and step.isdecimal() and len(step) < 10 and int(step) < len(place):
        return place[int(step)]
    return _ABSENT


def holds_aliases(encoded: Any) -> bool:
    """Whether anything in it is a reference."""
    return next(_references(encoded), None) is not None


def name_places(encoded: Any, repeated: Sequence[tuple[dict[str, str], Any]]) -> None:
    """Fill in references: pairs of one that is still empty and the object, as it stands in `encoded`."""
    missing = {id(first) for _, first in repeated}
    pointers: dict[int, str] = {}
    pending: list[tuple[str, Any]] = [("", encoded)]
    while pending:
        pointer, place = pending.pop()
        if id(place) in missing:
            pointers[id(place)] = pointer
        pending += [(pointer + pointer_of([step]), item) for step, item in _members(place)]
    for reference, first in repeated:
        reference[SAME] = pointers[id(first)]


# -- reading -------------------------------------------------------------------------------------------------


class Shared:
    """What stands in several places, while the context is decoded.

    Attributes:
        encoded: its JSON, in which what is shared in turn is a `Shared`.
        value: what was decoded; meaningless before.
        is_decoded: whether it was.
        is_open: whether it is being decoded: then it holds itself.
    """

    __slots__ = ("encoded", "is_decoded", "is_open", "value")

    def __init__(self) -> None:
        self.encoded: Any = None
        self.value: Any = None
        self.is_decoded = False
        self.is_open = False


def with_shared(root: Any, *, part: bool) -> Any:
    """A copy in which each reference, and what it leads to, is one `Shared`.

    Args:
        root: a context in JSON form.
        part: it is only a part of one: a reference that leads out of it is an opaque value.

    Raises:
        Refusal: a reference leads nowhere, or into itself.
    """
    found: dict[str, Shared] = {}
    for reference in _references(root):
        try:
            found.setdefault(resolve(root, reference[SAME])[0], Shared())
        except Refusal:
            continue  # told below, where it is known what holds it
    return _Linked(root, found, part=part).copy(root, "")


class _Linked:
    """Copies a context, with one `Shared` for each object that is found in several places."""

    def __init__(self, root: Any, found: dict[str, Shared], *, part: bool) -> None:
        self._root = root
        self._found = found
        self._is_part = part

    def copy(self, place: Any, pointer: str) -> Any:
        """The copy of what stands at a pointer."""
        if tag_of(place) == SAME:
            return self._shared(place)
        copied = place
        if type(place) is list:
            copied = [self._member(place, step, item, pointer) for step, item in enumerate(place)]
        elif type(place) is dict:
            copied = {key: self._member(place, key, item, pointer) for key, item in place.items()}
        shared = self._found.get(pointer)
        if shared is None:
            return copied
        shared.encoded = copied
        return shared

    def _member(self, place: Any, step: str | int, item: Any, pointer: str) -> Any:
        try:
            return self.copy(item, pointer + pointer_of([step]))
        except Refusal as refusal:
            refusal.add_step(place, step_to(step) if type(step) is str else f"[{step}]")
            raise

    def _shared(self, reference: dict[str, Any]) -> Shared:
        try:
            return self._found[resolve(self._root, reference[SAME])[0]]
        except Refusal:
            if not self._is_part:
                raise
        outside = Shared()
        outside.value, outside.is_decoded = Opaque(SAME, reference[SAME]), True
        return outside


# -- editing -------------------------------------------------------------------------------------------------


def keep_meaning(before: Any, after: Any) -> Any:
    """An edited context whose references mean what they meant; `after` itself where nothing is to be done.

    An edit of an object is seen in all its places. Where that object is gone, or something of another kind
    has come in its place, the next place that referred to it has it in full.

    Raises:
        CodecError: a reference that is new leads nowhere.
    """
    if not holds_aliases(after):
        return after
    moved: dict[str, str] = {}
    return _keep(before, after, after, "", moved)


def _keep(before: Any, after: Any, place: Any, pointer: str, moved: dict[str, str]) -> Any:
    if tag_of(place) == SAME:
        return _keep_reference(before, after, place, pointer, moved)
    if type(place) is list:
        return [_keep(before, after, item, f"{pointer}/{step}", moved) for step, item in enumerate(place)]
    if type(place) is dict:
        return {
            key: _keep(before, after, item, pointer + pointer_of([key]), moved) for key, item in place.items()
        }
    return place


def _keep_reference(before: Any, after: Any, place: Any, pointer: str, moved: dict[str, str]) -> Any:
    try:
        meant, old = resolve(before, place[SAME])
    except Refusal:
        meant, old = "", None
    for gone, new in moved.items():
        if meant == gone or meant.startswith(f"{gone}/"):
            return {SAME: new + meant[len(gone) :]}
    try:
        now, new_place = resolve(after, place[SAME])
        if not meant or (now == meant and _kind(new_place) == _kind(old)):
            return place
    except Refusal as refusal:
        if not meant:
            where = f"context{pointer.replace('/', '.')}"
            raise CodecError(f"{where}: {refusal.what}", path=where, hint=refusal.hint) from None
    moved[meant] = pointer
    return _keep(before, after, old, pointer, moved)


def _kind(encoded: Any) -> tuple[type, str]:
    return type(encoded), tag_of(encoded)


# -- walking -------------------------------------------------------------------------------------------------


def _members(place: Any) -> Iterable[tuple[str | int, Any]]:
    if type(place) is dict:
        return place.items()
    return enumerate(place) if type(place) is list else ()


def _references(encoded: Any) -> Iterator[dict[str, Any]]:
    pending = [encoded]
    while pending:
        place = pending.pop()
        if tag_of(place) == SAME:
            yield place
        elif type(place) is dict:
            pending += place.values()
        elif type(place) is list:
            pending += place
