"""Objects that stand in two places of a context, in its JSON form: written once, and referred to. Pure.

`{"$same": "/jobs/0/lines"}` is the object at that place of the context: a JSON pointer (RFC 6901) into the
context as it stands in the file, tags included. It may lead to a place further down: the order of keys means
nothing. It names a value by the one spelling that `pointer_of` gives, never another `$same`: whatever else
somebody writes is refused, so that it means the same to everybody who reads it.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import CodecError
from wfepy_core.storage.codec_refusal import Refusal, step_to
from wfepy_core.storage.codec_tags import SAME, tag_of, way_to_member
from wfepy_core.storage.codec_values import Opaque

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

_ABSENT: Any = object()


def pointer_of(steps: Iterable[str | int]) -> str:
    """The pointer to the place at the end of these steps: keys and list positions."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def steps_of(pointer: str) -> list[str]:
    """The steps of a pointer, each a text.

    Raises:
        Refusal: it is no JSON pointer.
    """
    steps = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    if pointer_of(steps) != pointer:
        raise Refusal(
            f"refers to {pointer!r}, which is no JSON pointer",
            "write /key, /key/0 or /key/inner; ~1 for a / in a key, ~0 for a ~",
        )
    return steps


def json_steps(root: Any, pointer: str) -> list[str | int]:
    """The steps of a pointer that leads somewhere: texts for keys, numbers for positions in lists."""
    steps: list[str | int] = []
    place = root
    for part in steps_of(pointer):
        step = int(part) if type(place) is list else part
        steps.append(step)
        place = place[step]
    return steps


def resolve(root: Any, pointer: Any) -> Any:
    """The JSON of the value behind a pointer.

    Raises:
        Refusal: there is nothing, or no value, or the pointer is spelled in another way.
    """
    place, steps, done = root, steps_of(pointer) if type(pointer) is str else [], 0
    if not steps:
        raise _nothing_at(pointer)
    while done < len(steps):
        if (tag := tag_of(place)) == SAME:
            raise _no_value_at(pointer, "leads through a reference")
        way = way_to_member(tag)
        taken = steps[done : done + len(way)]
        if not way or len(taken) < len(way) or any(map(_is_other, way, taken)):
            raise _no_value_at(pointer, f"is only a part of a {tag}")
        for step in taken:
            if (place := _member(place, step)) is _ABSENT:
                raise _nothing_at(pointer)
        done += len(way)
    if tag_of(place) == SAME:
        raise _no_value_at(pointer, "is a reference itself")
    return place


def _nothing_at(pointer: Any) -> Refusal:
    return Refusal(
        f"refers to {pointer!r}, where nothing is to be found",
        "write the value itself there, or restore a former version of the state file",
    )


def _no_value_at(pointer: str, why: str) -> Refusal:
    return Refusal(f"refers to {pointer!r}, which {why}", "refer to the place where the value itself stands")


def _is_other(wanted: str, step: str) -> bool:
    return wanted not in ("", step)


def _member(place: Any, step: str) -> Any:
    if type(place) is dict:
        return place.get(step, _ABSENT)
    is_position = type(place) is list and step.isdecimal() and step.isascii() and len(step) < 10
    if is_position and str(position := int(step)) == step and position < len(place):
        return place[position]
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


def with_shared(root: Any, *, part: bool, is_opaque: Callable[[str, Any], bool]) -> Any:
    """A copy in which each reference, and what it leads to, is one `Shared`.

    Args:
        root: a context in JSON form.
        part: it is only a part of one: a reference that leads out of it is an opaque value.
        is_opaque: whether a tag with this payload is kept as it stands, references included.

    Raises:
        Refusal: a reference leads nowhere, or to what is no value.
    """
    linked = _Linked(root, part=part, is_opaque=is_opaque)
    copied = linked.copy(root, "")
    linked.copy_hidden()
    return copied


class _Linked:
    """Copies a context, with one `Shared` for each object that is found in several places."""

    def __init__(self, root: Any, *, part: bool, is_opaque: Callable[[str, Any], bool]) -> None:
        self._root = root
        self._is_part = part
        self._is_opaque = is_opaque
        self._found: dict[str, Shared] = {}
        self._missing: dict[str, Any] = {}
        for reference in _references(root):
            self._note(reference[SAME])

    def _note(self, pointer: Any) -> None:
        if type(pointer) is not str or pointer in self._found:
            return
        try:
            self._missing[pointer] = resolve(self._root, pointer)
        except Refusal:
            return  # told by `_shared`, where it is known what holds it
        self._found[pointer] = Shared()

    def copy(self, place: Any, pointer: str) -> Any:
        """The copy of what stands at a pointer."""
        tag = tag_of(place)
        if tag == SAME:
            return self._shared(place[SAME])
        copied = place
        if type(place) is list:
            copied = [self._member(place, step, item, pointer) for step, item in enumerate(place)]
        elif type(place) is dict and not (tag and self._is_opaque(tag, place[tag])):
            copied = {key: self._member(place, key, item, pointer) for key, item in place.items()}
        shared = self._found.get(pointer)
        if shared is None:
            return copied
        shared.encoded = copied
        self._missing.pop(pointer, None)
        return shared

    def copy_hidden(self) -> None:
        """Copy what is referred to within opaque values, too: there it stays as it is."""
        while self._missing:
            pointer, hidden = next(iter(self._missing.items()))
            try:
                self.copy(hidden, pointer)
            except Refusal as refusal:
                way, place = [], self._root
                for step in json_steps(self._root, pointer):
                    way.append((place, step))
                    place = place[step]
                for place, step in reversed(way):
                    _add_step(refusal, place, step)
                raise

    def _member(self, place: Any, step: str | int, item: Any, pointer: str) -> Any:
        try:
            return self.copy(item, pointer + pointer_of([step]))
        except Refusal as refusal:
            _add_step(refusal, place, step)
            raise

    def _shared(self, pointer: Any) -> Shared:
        shared = self._found.get(pointer) if type(pointer) is str else None
        if shared is not None:
            return shared
        try:
            resolve(self._root, pointer)
        except Refusal:
            if not self._is_part:
                raise
        outside = Shared()
        outside.value, outside.is_decoded = Opaque(SAME, pointer), True
        return outside


def _add_step(refusal: Refusal, place: Any, step: str | int) -> None:
    refusal.add_step(place, step_to(step) if type(step) is str else f"[{step}]")


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
    meant = place[SAME]
    try:
        old = resolve(before, meant)
    except Refusal:
        meant = ""
    moved_to = _moved(meant, moved)
    if moved_to:
        return {SAME: moved_to}
    try:
        new_place = resolve(after, place[SAME])
        if not meant or _kind(new_place) == _kind(old):
            return place
    except Refusal as refusal:
        if not meant:
            where = f"context{pointer.replace('/', '.')}"
            raise CodecError(f"{where}: {refusal.what}", path=where, hint=refusal.hint) from None
    moved[meant] = pointer
    return _keep(before, after, old, pointer, moved)


def _moved(pointer: str, moved: dict[str, str]) -> str:
    """Where a place is now, if it or a container around it has moved; else empty."""
    end = len(pointer)
    while end > 0:
        if (container := pointer[:end]) in moved:
            return moved[container] + pointer[end:]
        end = pointer.rfind("/", 0, end)
    return ""


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
