"""The published schema and the reader agree: what we write it accepts, what it rejects we refuse."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from tests.core.state_samples import release, snapshots
from tests.core.storage.test_state_file_hostile import damaged, shown
from wfepy_core.errors import UnreadableStateError
from wfepy_core.resources import resource
from wfepy_core.storage.state_serialization import snapshot_text

SCHEMA = json.loads(Path(resource("wfstate.schema.json")).read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_each_member_is_described():
    def undescribed(schema, place):
        for name, member in schema.get("properties", {}).items():
            if "description" not in member and name not in ("graph", "tasks", "labels"):
                yield f"{place}.{name}"
            yield from undescribed(member, f"{place}.{name}")

    assert not list(undescribed(SCHEMA, ""))


@given(snapshots())
def test_the_schema_accepts_what_is_saved(snapshot):
    VALIDATOR.validate(json.loads(snapshot_text(snapshot)))


@settings(max_examples=400)
@given(damaged())
def test_what_the_schema_rejects_the_reader_refuses(value):
    if VALIDATOR.is_valid(value):
        return
    with pytest.raises(UnreadableStateError):
        shown(json.dumps(value).encode())


def test_the_schema_rejects_a_misspelled_state():
    value = json.loads(snapshot_text(release()))
    value["tokens"][0][1] = "WAITNG"

    assert not VALIDATOR.is_valid(value)
