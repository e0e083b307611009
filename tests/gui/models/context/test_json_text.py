"""The context as JSON text, written and read back."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.gui.context_values import JSON_VALUES
from wfepy_core.errors import CodecError
from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec import decode
from wfepy_gui.models.context.json_text import JsonError, read, write
from wfepy_gui.text.secrets import Masking


@given(context=JSON_VALUES)
def test_json_text_is_read_back_as_it_was(context):
    written = write(context, Masking())
    try:
        decode(context)
    except CodecError:  # a tag that means nothing cannot be taken over
        return

    assert equal(read(written.text, written), context)


def test_masked_secrets_survive_being_edited_around():
    context = {"password": "hunter2", "due": 1, "tokens": [1, 2]}
    written = write(context, Masking())

    assert "hunter2" not in written.text
    typed = written.text.replace('"due": 1', '"due": 2').replace('"password"', '"passphrase"')
    assert read(typed, written) == {"passphrase": "hunter2", "due": 2, "tokens": [1, 2]}


def test_long_texts_are_cut_and_survive_being_edited_around():
    context = {"log": "line\n" * 9000, "blob": {"$bytes": "AAAA" * 9000}, "logs": ["line\n" * 9000], "due": 1}
    written = write(context, Masking())

    assert len(written.text) < 1000
    typed = read(written.text.replace('"due": 1', '"due": 2'), written)
    assert typed == {**context, "due": 2}
    assert typed["log"] is context["log"]


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ('{\n  "a": 1,\n  "b" 2\n}', 3, 7, "':'"),
        ('{\n  "a": 1,\n  "a": 2\n}', 3, 3, "twice"),
        ('{\n  "a": NaN\n}', 2, 8, "NaN"),
        ('{\n  "due": {"$datetime": "soon"}\n}', 2, 3, "datetime"),
        ("", 1, 1, "value"),
    ],
)
def test_a_mistake_in_json_is_told_with_its_place(text, line, column, word):
    with pytest.raises(JsonError, match=word) as caught:
        read(text, write({}, Masking()))

    assert (caught.value.line, caught.value.column) == (line, column)
