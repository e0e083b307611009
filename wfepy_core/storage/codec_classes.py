"""How objects of enumerations, dataclasses, named tuples and pydantic models are written and read.

An enumeration member is written as its name (a flag as its number), everything else as a dict of its fields,
so that a path leads into it: `order.amount`. Fields keep their types; they may be of registered classes in
turn. No such class can exist before its module is imported, so nothing is imported here.
"""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    ToJson = Callable[[Any], Any]
    FromJson = Callable[[Any], Any]


def functions_of(cls: Any) -> tuple[ToJson, FromJson]:
    """The functions that write and read objects of a class.

    Raises:
        WorkflowError: it is of none of these kinds.
    """
    enum = sys.modules.get("enum")
    if enum is not None and issubclass(cls, enum.Flag):
        return (lambda member: member.value), cls
    if enum is not None and issubclass(cls, enum.Enum):
        return (lambda member: member.name), cls.__getitem__
    if hasattr(cls, "model_fields") and hasattr(cls, "model_validate"):
        return _fields_of_model, lambda fields: _model_of(cls, fields)
    if hasattr(cls, "__dataclass_fields__"):
        return _fields_of_dataclass, lambda fields: _dataclass_of(cls, fields)
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        return (lambda value: value._asdict()), lambda fields: cls(**fields)
    raise WorkflowError(
        f"how to save a <{cls.__qualname__}> is not known",
        hint=f"say how: register({cls.__name__}, name, to_json=..., from_json=...)",
    )


def _fields_of_dataclass(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in _dataclass_fields(type(value))}


def _dataclass_of(cls: Any, fields: dict[str, Any]) -> Any:
    known = _dataclass_fields(cls)
    is_given = {name: name not in known or known[name].init for name in fields}
    made = cls(**{name: value for name, value in fields.items() if is_given[name]})
    for name, value in fields.items():
        if not is_given[name]:
            object.__setattr__(made, name, value)  # one that its `__init__` does not take; it may be frozen
    return made


def _dataclass_fields(cls: Any) -> dict[str, Any]:
    """Its fields by name; class variables and arguments of `__init__` alone are none."""
    dataclasses = sys.modules["dataclasses"]
    return {field.name: field for field in dataclasses.fields(cls)}


def _fields_of_model(value: Any) -> dict[str, Any]:
    return dict(value)


def _model_of(cls: Any, fields: dict[str, Any]) -> Any:
    """A model, validated: somebody may have changed a field by hand."""
    known = cls.model_fields
    return cls.model_validate(
        {(known[name].alias or name) if name in known else name: value for name, value in fields.items()}
    )
