"""Damage as it happens to files, or as somebody does it on purpose. The same for the same seed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

ODD_BYTES = (
    *(b"", b"\0", b"\n", b"\r\n", b"{}", b"[", b'"', b"\\", b"\xff", b"\xed\xa0\x80"),
    *(b"9" * 400, b" " * 70),
)
ODD_NUMBERS = (b"0", b"-1", b"1e999", b"9007199254740993", b"253402300800000000", b"1" * 5000, b"0.5")
ODD_VALUES = (
    *(None, True, False, 0, -1, 1, 0.5, -0.0, 1e308, 2**53, 2**63, -(2**70)),
    *("", "\0", "\x1b[2J", "\ud800", "<img src=x>", "a\nb", "\u202e", "x" * 3000, "READY", "CANCELED"),
    *([], {}, [[]], [None], {"": None}, {"$set": [1, 1]}, {"$datetime": "2026-02-30"}, {"$same": "/x"}),
    *({"$unknown": 1}, {"$float": "nan"}, "/dev/zero", "../../x.py", "2026-02-30T00:00:00+00:00"),
)


def damage(rng: Random, data: bytes) -> bytes:
    """The same bytes with one to four things wrong: cut, flipped, doubled, moved, put in."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice((_cut, _flip, _double, _put_in, _put_in, _move, _replace_number))(rng, data)
    return data


def damage_json(rng: Random, value: Any) -> Any:
    """The same JSON value with one to three members replaced, taken away, doubled or added."""
    value = _copy(value)
    for _ in range(rng.choice((1, 1, 2, 3))):
        if isinstance(value, dict | list) and value:
            _damage_place(rng, *rng.choice(list(_places(value))))
    return value


def _copy(value: Any) -> Any:
    """Not the object itself: what is damaged next may lie inside of it."""
    return json.loads(json.dumps(value))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """All members inside, each as the object around it and its key."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += _places(value[key])
    return found


def _damage_place(rng: Random, around: Any, key: Any) -> None:
    what = rng.randrange(5)
    if what == 0:
        del around[key]
    elif what == 1 and isinstance(around, list):
        around.insert(key, _copy(around[rng.randrange(len(around))]))
    elif what == 2 and isinstance(around, dict):
        around[rng.choice(("", "\ud800", "$set", "name", "extra", key * 2))] = around.pop(key)
    elif what == 3 and isinstance(around[key], int):
        around[key] += rng.choice((-1, 1, 1000, -(2**40), 2**53))
    else:
        around[key] = _copy(rng.choice(ODD_VALUES))


def _span(rng: Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 7, 60, 4000)))


def _cut(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] if rng.random() < 0.5 else data[:start] + data[end:]


def _flip(rng: Random, data: bytes) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _double(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 1, 50)) + data[end:]


def _put_in(rng: Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(ODD_BYTES) + data[at:]


def _move(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    rest = data[:start] + data[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _replace_number(rng: Random, data: bytes) -> bytes:
    digits = [at for at, byte in enumerate(data) if 48 <= byte < 58]
    if not digits:
        return data
    start = end = rng.choice(digits)
    while end < len(data) and 48 <= data[end] < 58:
        end += 1
    return data[:start] + rng.choice(ODD_NUMBERS) + data[end:]
