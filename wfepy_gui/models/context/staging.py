"""What an operator does to context values, as pending changes with a caption each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.errors import WfepyError
from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec_tags import is_keyed
from wfepy_gui.instance.context_difference import ABSENT, difference
from wfepy_gui.models.context import operations
from wfepy_gui.models.context.diff import path_text
from wfepy_gui.models.context.node import nodes_of
from wfepy_gui.models.context.value_text import convert_value, text_of, value_from_text
from wfepy_gui.models.context.value_types import KEY_CHOICES, ValueType, type_of_value
from wfepy_gui.text.translation import label_of, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.instance.editing import Editing
    from wfepy_gui.models.context.node import Place


class ContextStaging(QObject):
    """Makes pending changes of the context an editing session shows; each answers whether it was made.

    Places are those in the preview. What does not fit becomes a notice, and nothing is changed.

    Attributes:
        obstacle: why no change may be begun now; empty when any may. What is being typed when an obstacle
            comes up is still taken, so as not to be lost.
    """

    def __init__(self, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.obstacle = ""

    @property
    def context(self) -> JsonValue:
        """The context as it will be, in JSON form."""
        preview = self._editing.preview
        return preview.context if preview is not None else None

    def set_value(self, place: Place, encoded: JsonValue) -> bool:
        """Give a place another value, in JSON form; the same value is no change."""
        try:
            if equal(operations.value_at(self.context, place), encoded):
                return False
        except ValueError as error:
            return self._refuse(error)
        return self._stage(
            lambda now: operations.replace(now, place, encoded), tr("set {}").format(self._name(place))
        )

    def key_text(self, place: Place) -> str:
        """The key of the value at a place, as text to be typed over."""
        return text_of(operations.key_at(self.context, place))

    def rename(self, place: Place, text: str) -> bool:
        """Give the value at a place another key, which keeps its type."""
        try:
            old = operations.key_at(self.context, place)
            key = _typed_key(old, text)
            if equal(old, key):
                return False
        except ValueError as error:
            return self._refuse(error)
        caption = tr("rename {} to {}").format(self._name(place), text)
        return self._stage(lambda now: operations.rename(now, place, key), caption)

    def remove(self, place: Place) -> bool:
        """Take the value at a place out."""
        if not place:
            return self._refuse(
                ValueError(tr("a context as a whole cannot be removed; give it another type"))
            )
        return self._stage(
            lambda now: operations.remove(now, place), tr("remove {}").format(self._name(place))
        )

    def add(self, place: Place, key: JsonValue, encoded: JsonValue) -> bool:
        """Put a new value in front of what is at a place; the key, in JSON form, counts in dicts only."""
        inner = self._name(place[:-1]) if len(place) > 1 else ""
        caption = tr("add {} to {}") if inner else tr("add {}")
        return self._stage(
            lambda now: operations.insert(now, place, key, encoded),
            caption.format(text_of(key) or tr("an item"), inner),
        )

    def move(self, place: Place, step: int) -> bool:
        """Move a value one up (-1) or down (1) among its siblings."""
        caption = tr("move {} up") if step < 0 else tr("move {} down")
        return self._stage(lambda now: operations.move(now, place, step), caption.format(self._name(place)))

    def change_kind(self, place: Place, kind: ValueType) -> bool:
        """Make the value at a place one of another kind, keeping what can be kept."""
        caption = tr("make {} a {}").format(self._name(place), label_of(kind))
        return self._stage(
            lambda now: operations.replace(now, place, convert_value(operations.value_at(now, place), kind)),
            caption,
        )

    def become(self, context: JsonValue, shown: JsonValue) -> bool:
        """Give the instance another context, as typed in JSON; `shown` is what the typing began from.

        What others changed meanwhile stays, unless it was changed here too.
        """
        wanted = context
        if shown is not self.context and all(map(is_keyed, (context, shown, self.context))):
            wanted = dict(self.context)
            for change in difference(shown, context):
                if change.after is ABSENT:
                    wanted.pop(change.key, None)
                else:
                    wanted[change.key] = change.after
        if not difference(self.context, wanted):
            return True
        return self._stage(lambda _now: wanted, tr("edit as JSON"))

    def json_of(self, place: Place) -> str:
        """The value at a place as JSON, for the clipboard; secrets that are masked are dots."""
        value = operations.value_at(self.context, place)
        shown = self._editing.masking.mask(self.keys_of(place), value)
        return json.dumps(shown, indent=2, ensure_ascii=False)

    def keys_of(self, place: Place) -> tuple[str, ...]:
        """The keys on the way to a place, as text, as far as there is one."""
        keys: list[str] = []
        value = self.context
        for position in place:
            members = nodes_of(value) or []
            if not 0 <= position < len(members):
                break
            key, value = members[position]
            keys.append(key)
        return tuple(keys)

    # -- parts --------------------------------------------------------------------------------------------

    def _stage(self, change: Callable[[JsonValue], JsonValue], caption: str) -> bool:
        try:
            return self._editing.stage_context(change(self.context), caption)
        except (ValueError, WfepyError) as error:
            return self._refuse(error)

    def _refuse(self, error: Exception) -> bool:
        self._editing.refuse(error)
        return False

    def _name(self, place: Place) -> str:
        return path_text(self.keys_of(place))


def _typed_key(old: JsonValue, text: str) -> JsonValue:
    """The key, in JSON form, that a text typed over an old one means; ValueError if none."""
    kind = type_of_value(old)
    if kind not in KEY_CHOICES:
        raise ValueError("a key of this type stays as it is; add the value under another key")
    return value_from_text(kind, text)
