"""Which top-level keys of the context a task changed, and what they are in the state file's JSON form.

A key whose value cannot change in place is compared by identity; containers are compared by a fingerprint of
their content (`marshal`, ten times faster than writing their JSON), and only what differs is encoded. What
is reported stays as it is: the encoded values are never shared with the live context.

Where an object stands in several places of the context, everything is encoded anew after each change.
"""

from __future__ import annotations

import json
import marshal

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import CodecError
from wfepy_core.model.events import Changes
from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec import decode, encode, encode_members
from wfepy_core.storage.codec_encoding import may_hold_one_twice
from wfepy_core.storage.codec_tags import is_tag
from wfepy_core.storage.codec_values import is_utf8

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# Of these, one object is one value for ever.
_CONSTANT = {str, int, float, bool, bytes, type(None)}
_CONSTANT_ELSEWHERE = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal"),
    ("uuid", "UUID"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
}
_PLAIN_INT = 1 << 63
#: A version of `marshal`'s format: what is equal in content and type is equal in bytes.
_NO__REFERENCES = 2
_REFERENCE = '"$same"'
_ABSENT = object()
NO_CHANGES = Changes()
"""What `ContextTracker.changes` gives where nothing changed: this very object."""

_to_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


class _Known(NamedTuple):
    """A value as it was last seen.

    Attributes:
        value: the object, where it is one that never changes; else `_ABSENT`.
        print: fingerprint of a container; None if it has none.
        text: its JSON, empty for an object that never changes.
    """

    value: Any
    print: bytes | None
    text: str


class ContextTracker:
    """Compares a live context with what was saved of it, a task at a time.

    Args:
        context: the live context; it may be changed in place, and be another object at each call.
        encoded: the same in the state file's JSON form.

    Attributes:
        encoded: what is known to be saved, in JSON form; the object given is never changed.
        changed: whether anything was ever reported.
    """

    def __init__(self, context: Any, encoded: Any) -> None:
        self.encoded = encoded
        self.changed = False
        self._is_shared = False  # whether a thread that a task left behind changes the live context
        self._is_own = False  # whether nobody else has the dict in `encoded`
        self._known: dict[str, _Known] = {}
        self._whole = _ABSENT_KNOWN
        self._remember_context(context)

    def changes(self, context: Any) -> Changes:
        """What differs since the last call, which counts as saved from then on.

        Raises:
            CodecError: something that is new cannot be saved; nothing counts as saved, see `roll_back`.
        """
        try:
            return self._find_changes(context)
        except CodecError:
            raise
        except Exception as error:  # it was changed meanwhile
            from wfepy_core.exception_text import text_of

            self._is_shared = True
            raise CodecError(
                f"the context cannot be saved: {type(error).__name__}: {text_of(error)}",
                path="context",
                hint="a task that starts threads has to wait for them before it returns",
            ) from error

    def _find_changes(self, context: Any) -> Changes:
        if not self._keyed or type(context) is not dict:
            return self._whole_changes(context)
        different, new = self._different_keys(context)
        if new or len(context) != len(self._known):
            # Only other keys can make it a dict that stands in the file in another way.
            if not _is_keyed(context, different):
                return self._whole_changes(context)
        elif not different:
            return NO_CHANGES
        return self._key_changes(context, different, len(self._known) + new - len(context))

    def _different_keys(self, context: dict[str, Any]) -> tuple[list[str], int]:
        """The keys whose values differ, and how many are new. Nothing here holds a value afterwards."""
        known = self._known
        different: list[str] = []
        new = 0
        for key, value in context.items():
            seen = known.get(key, _ABSENT_KNOWN)
            if seen.value is not value and (not seen.text or not _is_same(seen, value)):
                different.append(key)
                new += seen is _ABSENT_KNOWN
        return different, new

    def compare_identities(self, context: Any) -> None:
        """At the end of a pass, find what `changes` does not look for: equal objects that became one, or two.

        What cannot be compared any more, because something goes on changing it, stays as it was saved.
        """
        if not self._keyed or type(context) is not dict:
            return
        try:
            if self._has_references or may_hold_one_twice(context):
                self._changes_of_all(context)
        except Exception:  # noqa: BLE001  see above; content is in the journal already
            return

    def roll_back(self, context: Any) -> Any:
        """The context as it was saved last: the same dict with the changed keys put back, or a new object.

        Raises:
            CodecError: the saved context cannot be read.
        """
        if self._is_shared or self._has_references or not self._keyed or type(context) is not dict:
            self._is_shared = False
            context = decode(self.encoded)
            self._remember_context(context)
            return context
        for key in list(context):
            seen = self._known.get(key, _ABSENT_KNOWN)
            if seen.value is context[key]:
                continue
            if key not in self._known:
                del context[key]
            elif not seen.text or not _is_same(seen, context[key]):
                self._restore(context, key)
        for key in self._known:
            if key not in context:
                self._restore(context, key)
        return context

    def salvage(self, context: Any) -> tuple[Any, Changes]:
        """The context without what cannot be saved (those keys are put back), and what else differs.

        Raises:
            CodecError: the saved context cannot be read.
        """
        try:
            return context, self.changes(context)
        except CodecError:
            if self._keyed and type(context) is dict and not self._is_shared:
                self._put_back_unsavable(context)
            else:
                context = self.roll_back(context)
        return context, self.changes(context)

    def _put_back_unsavable(self, context: dict[Any, Any]) -> None:
        for key in list(context):
            try:
                encode({key: context[key], "": None})
            except CodecError:
                if key in self._known:
                    self._restore(context, key)
                else:
                    del context[key]

    def _restore(self, context: dict[Any, Any], key: str) -> None:
        # What it refers to may be another key's.
        value = decode(self.encoded)[key] if self._has_references else decode(self.encoded[key])
        context[key] = value
        self._known[key] = _remember(value, self.encoded[key])

    def _remember_context(self, context: Any) -> None:
        """Take the context for what `encoded` says."""
        encoded = self.encoded
        self._keyed = type(context) is dict and _is_keyed(context, context)
        self._known = {}
        self._has_references = False
        if self._keyed:
            self._known = {key: _remember(value, encoded[key]) for key, value in context.items()}
            self._has_references = any(_REFERENCE in seen.text for seen in self._known.values())
        else:
            self._whole = _remember(context, encoded)

    def _key_changes(self, context: dict[str, Any], different: list[str], missing: int) -> Changes:
        known, saved = self._known, self.encoded
        new = {key: context[key] for key in different if _is_its_own_json(context[key])}
        if len(new) < len(different):
            rest, may_be_shared = encode_members(context, [key for key in different if key not in new])
            if may_be_shared or self._has_references:
                return self._changes_of_all(context)
            new = {**new, **rest}
        gone = tuple(key for key in known if key not in context) if missing else ()
        for key in different:
            value, seen = new[key], known.get(key, _ABSENT_KNOWN)
            known[key] = now = _remember(context[key], value)
            if seen.text and now.text:
                same = seen.text == now.text
            else:
                same = key in saved and equal(saved[key], value)
            if same:
                del new[key]
        for key in gone:
            del known[key]
        return self._report(Changes(new, gone))

    def _changes_of_all(self, context: dict[str, Any]) -> Changes:
        """What differs where an object may stand in several places: a change in one key shows in others."""
        now, saved = encode(context), self.encoded
        new = {key: value for key, value in now.items() if key not in saved or not equal(saved[key], value)}
        gone = tuple(key for key in saved if key not in now)
        changes = self._report(Changes(new, gone))
        self._known = {key: _remember(context[key], value) for key, value in now.items()}
        self._has_references = any(_REFERENCE in seen.text for seen in self._known.values())
        return changes

    def _whole_changes(self, context: Any) -> Changes:
        if not self._keyed and (
            self._whole.value is context or (self._whole.text and _is_same(self._whole, context))
        ):
            return NO_CHANGES
        new = encode(context)
        same = equal(new, self.encoded)
        changes = NO_CHANGES if same else self._report(Changes(whole=(new,)))
        self._remember_context(context)
        return changes

    def _report(self, changes: Changes) -> Changes:
        if not changes:
            return NO_CHANGES
        if changes.whole:
            self.encoded = changes.whole[0]
            self._is_own = False
        else:
            if not self._is_own:
                self.encoded = dict(self.encoded)
                self._is_own = True
            self.encoded.update(changes.set)
            for key in changes.unset:
                del self.encoded[key]
        self.changed = True
        return changes


_ABSENT_KNOWN = _Known(object(), None, "")


def _is_its_own_json(value: Any) -> bool:
    """Whether it is one of the simplest values, whose JSON form is the value itself."""
    kind = type(value)
    return (kind is int and -_PLAIN_INT < value < _PLAIN_INT) or (kind is str and value.isascii())


def _remember(value: Any, encoded: Any) -> _Known:
    kind = type(value)
    if kind in _CONSTANT:
        return _Known(value, None, "")
    if (kind.__module__, kind.__qualname__) in _CONSTANT_ELSEWHERE:
        return _Known(value, None, "")
    text = _to_json(encoded)
    # marshal does not tell bytes from other buffers; and behind a reference there may be some.
    return _Known(_ABSENT, None if '"$byte' in text or _REFERENCE in text else _fingerprint(value), text)


def _is_same(seen: _Known, value: Any) -> bool:
    """Whether a value has the content of the container seen last."""
    try:
        if seen.print is not None:
            return marshal.dumps(value, _NO__REFERENCES) == seen.print
        return _to_json(encode(value)) == seen.text
    except (CodecError, ValueError, RuntimeError):  # it cannot be saved, is no builtin, or just changes
        return False


def _fingerprint(value: Any) -> bytes | None:
    try:
        return marshal.dumps(value, _NO__REFERENCES)
    except ValueError:
        return None  # something in it is not a builtin


def _is_keyed(context: Mapping[Any, Any], new: Any) -> bool:
    """Whether a dict stands in the file as an object with its own keys, given which of them are new."""
    for key in new:
        if type(key) is not str or not (key.isascii() or is_utf8(key)):
            return False
    return len(context) != 1 or not is_tag(next(iter(context)))
