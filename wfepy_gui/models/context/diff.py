"""What differs between two contexts in JSON form, down to the values within, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec_tags import is_keyed, tag_of
from wfepy_gui.instance.context_difference import ABSENT
from wfepy_gui.models.context.cells import beginning
from wfepy_gui.models.context.node import Elements, nodes_of
from wfepy_gui.models.context.operations import open_container

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.text.secrets import Masking


MOST = 2000
"""Differences looked for; beyond that nobody reads."""

Keys = tuple[str, ...]


class Difference(NamedTuple):
    """One value that differs: where, and what it was and is, ABSENT for not there."""

    keys: Keys
    before: JsonValue
    after: JsonValue


def differences(before: JsonValue, after: JsonValue) -> list[Difference]:
    """Where two contexts differ, at most `MOST`; each time the innermost value. Shared parts cost nothing."""
    found: list[Difference] = []
    if is_keyed(before) and is_keyed(after) and before is not after:
        each_one = _of_keys((), before, after, before, after)
    else:
        each_one = _differences((), before, after)
    for each in each_one:
        found.append(each)
        if len(found) == MOST:
            break
    return found


def path_text(keys: Keys) -> str:
    """Keys as people write a place: `builds[3].name`."""
    text = ""
    for key in keys:
        text += key if key.startswith("[") or not text else f".{key}"
    return text or "(context)"


def _differences(keys: Keys, before: JsonValue, after: JsonValue) -> Iterator[Difference]:
    if before is after:
        return
    if is_keyed(before) and is_keyed(after) and before and after:
        yield from _of_keys(keys, before, after, before, after)
        return
    old, new = nodes_of(before), nodes_of(after)
    if not old or not new or not _are_alike(before, after):
        if not equal(before, after):
            yield Difference(keys, before, after)
    elif isinstance(old, Elements) and isinstance(new, Elements):
        yield from _of_items(keys, old.values, new.values)
    else:
        yield from _of_keys(keys, dict(old), dict(new), before, after)


def _of_keys(
    keys: Keys, old: dict[str, JsonValue], new: dict[str, JsonValue], before: JsonValue, after: JsonValue
) -> Iterator[Difference]:
    found = False
    for key, value in new.items():
        if key not in old:
            found = True
            yield Difference((*keys, key), ABSENT, value)
        elif old[key] is not value:
            for each in _differences((*keys, key), old[key], value):
                found = True
                yield each
    for key, value in old.items():
        if key not in new:
            found = True
            yield Difference((*keys, key), value, ABSENT)
    if not found and not equal(before, after):  # another order, or something beside the members
        yield Difference(keys, before, after)


def _of_items(keys: Keys, old: list[JsonValue], new: list[JsonValue]) -> Iterator[Difference]:
    """Items in front and behind that stayed are passed over, so that one more item is one difference."""
    fewest = min(len(old), len(new))
    first = last = 0
    while first < fewest and (old[first] is new[first] or equal(old[first], new[first])):
        first += 1
    while last < fewest - first and (
        old[-1 - last] is new[-1 - last] or equal(old[-1 - last], new[-1 - last])
    ):
        last += 1
    # What is not a member (the length a deque may have) is not looked at here: nobody edits it.
    for row in range(first, max(len(old), len(new)) - last):
        place = (*keys, f"[{row}]")
        if row >= len(old) - last:
            yield Difference(place, ABSENT, new[row])
        elif row >= len(new) - last:
            yield Difference(place, old[row], ABSENT)
        else:
            yield from _differences(place, old[row], new[row])


def _are_alike(before: JsonValue, after: JsonValue) -> bool:
    """Whether both are containers of one kind."""
    return (
        open_container(before) is not None
        and open_container(after) is not None
        and type(before) is type(after)
        and tag_of(before) == tag_of(after)
    )


ABSENT_TEXT = "—"
"""Stands for a value that is not there."""


def value_text(masking: Masking, keys: tuple[str, ...], value: JsonValue, limit: int) -> str:
    """A value in one short line, dots for a secret, a dash for none."""
    return ABSENT_TEXT if value is ABSENT else masking.preview(keys, beginning(value, limit), limit)


def changes_text(masking: Masking, found: Iterable[Difference], limit: int) -> list[str]:
    """Differences as `builds[3].name: old → new`, each value at most `limit` characters."""
    return [
        f"{path_text(each.keys)}: {value_text(masking, each.keys, each.before, limit)}"
        f" → {value_text(masking, each.keys, each.after, limit)}"
        for each in found
    ]


def of_keys(old: Mapping[str, JsonValue], new: Mapping[str, JsonValue]) -> list[Difference]:
    """What differs between the old and the new values of some top-level keys, down to the values within."""
    found: list[Difference] = []
    for key in {**new, **old}:
        if key in old and key in new:
            found += differences({key: old[key]}, {key: new[key]})
        else:
            found.append(Difference((key,), old.get(key, ABSENT), new.get(key, ABSENT)))
    return found
