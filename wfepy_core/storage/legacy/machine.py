"""The machine a pickle is a program for, without the instructions that could do more than hold data."""

from __future__ import annotations

from collections import deque

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.legacy.budget import Budget, Refused, UnfilledUuid, check_number, fill_dict, fill_set
from wfepy_core.storage.legacy.values import fill_uuid, make, name_of, new_object

if TYPE_CHECKING:
    from typing import Any


MAX_INSTRUCTIONS = 300_000

_MARK = object()
_LITERALS = frozenset(
    (
        "INT",
        "LONG",
        "BININT",
        "BININT1",
        "BININT2",
        "LONG1",
        "LONG4",
        "FLOAT",
        "BINFLOAT",
        "STRING",
        "BINSTRING",
        "SHORT_BINSTRING",
        "UNICODE",
        "SHORT_BINUNICODE",
        "BINUNICODE",
        "BINUNICODE8",
        "SHORT_BINBYTES",
        "BINBYTES",
        "BINBYTES8",
        "BYTEARRAY8",
    )
)
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_REFUSED = {
    "PERSID": "it refers to an object kept outside of the file",
    "BINPERSID": "it refers to an object kept outside of the file",
    "EXT1": "it names a class by a number (copyreg extension)",
    "EXT2": "it names a class by a number (copyreg extension)",
    "EXT4": "it names a class by a number (copyreg extension)",
    "NEXT_BUFFER": "it refers to a buffer kept outside of the file",
    "READONLY_BUFFER": "it refers to a buffer kept outside of the file",
    "NEWOBJ_EX": "it makes an object of a class",
    "OBJ": "it makes an object of a class",
}


class Machine:
    """A stack, a memo, and one method for each instruction that has an effect on them."""

    def __init__(self) -> None:
        self.budget = Budget()
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}

    def step(self, opcode: str, argument: Any, count: int) -> None:
        """Carry out one instruction.

        Args:
            opcode: its name in `pickletools`.
            argument: as `pickletools.genops` gives it.
            count: instructions carried out before.

        Raises:
            Refused: the instruction is not allowed, or makes no sense here.
        """
        if count >= MAX_INSTRUCTIONS:
            raise Refused(f"it has more than {MAX_INSTRUCTIONS} instructions")
        if opcode in _LITERALS:
            self._push_literal(opcode, argument)
        elif opcode in _CONSTANTS:
            self._stack.append(_CONSTANTS[opcode])
        elif opcode in _REFUSED:
            raise Refused(_REFUSED[opcode])
        else:
            method = _METHODS.get(opcode)
            if method is None:
                raise Refused(f"it has the instruction {opcode}")
            method(self, argument)

    def result(self) -> Any:
        """The value that is left when the program has stopped."""
        if len(self._stack) != 1 or self._stack[0] is _MARK:
            raise Refused("it ends with something else than one value")
        return self._stack[0]

    def _push_literal(self, opcode: str, argument: Any) -> None:
        if type(argument) is int:
            check_number(argument)
        elif opcode.endswith("STRING") and not argument.isascii():
            raise Refused("it holds text of Python 2 in an unknown encoding")
        self._stack.append(argument)

    def _pop(self) -> Any:
        if not self._stack or self._stack[-1] is _MARK:
            raise Refused("an instruction lacks its operand")
        return self._stack.pop()

    def _top(self, cls: type | tuple[type, ...], what: str) -> Any:
        if not self._stack or not isinstance(self._stack[-1], cls):
            raise Refused(f"it adds to something that is no {what}")
        return self._stack[-1]

    def _pop_to_mark(self) -> list[Any]:
        items: list[Any] = []
        while self._stack:
            item = self._stack.pop()
            if item is _MARK:
                items.reverse()
                return items
            items.append(item)
        raise Refused("an instruction lacks its mark")

    # --- the stack

    def _op_proto(self, version: int) -> None:
        if version > 5:
            raise Refused(f"it is of the pickle protocol {version}; known are 0 to 5")

    def _op_frame(self, _size: int) -> None:
        """Frames only help readers that stream."""

    def _op_stop(self, _nothing: None) -> None:
        """The result is on the stack."""

    def _op_mark(self, _nothing: None) -> None:
        self._stack.append(_MARK)

    def _op_pop(self, _nothing: None) -> None:
        if not self._stack:
            raise Refused("an instruction lacks its operand")
        self._stack.pop()

    def _op_pop_mark(self, _nothing: None) -> None:
        self._pop_to_mark()

    def _op_dup(self, _nothing: None) -> None:
        item = self._pop()
        self._stack += (item, item)

    # --- the memo

    def _op_put(self, key: int) -> None:
        item = self._pop()
        self._stack.append(item)
        self._memo[key] = item
        if type(item) is UnfilledUuid:
            item.memo_keys.append(key)

    _op_binput = _op_long_binput = _op_put

    def _op_memoize(self, _nothing: None) -> None:
        self._op_put(len(self._memo))

    def _op_get(self, key: int) -> None:
        if key not in self._memo:
            raise Refused(f"it refers to its value number {str(key)[:20]}, which it does not have")
        self._stack.append(self._memo[key])

    _op_binget = _op_long_binget = _op_get

    # --- containers

    def _op_empty_list(self, _nothing: None) -> None:
        self._stack.append([])

    def _op_list(self, _nothing: None) -> None:
        self._stack.append(self._pop_to_mark())

    def _op_append(self, _nothing: None) -> None:
        self._extend([self._pop()])

    def _op_appends(self, _nothing: None) -> None:
        self._extend(self._pop_to_mark())

    def _extend(self, items: list[Any]) -> None:
        self._top((list, deque), "list").extend(items)

    def _op_tuple(self, _nothing: None) -> None:
        self._stack.append(tuple(self._pop_to_mark()))

    def _op_tuple1(self, _nothing: None) -> None:
        self._stack.append((self._pop(),))

    def _op_tuple2(self, _nothing: None) -> None:
        second, first = self._pop(), self._pop()
        self._stack.append((first, second))

    def _op_tuple3(self, _nothing: None) -> None:
        third, second, first = self._pop(), self._pop(), self._pop()
        self._stack.append((first, second, third))

    def _op_empty_dict(self, _nothing: None) -> None:
        self._stack.append({})

    def _op_dict(self, _nothing: None) -> None:
        items = self._pop_to_mark()
        self._stack.append({})
        self._update(items)

    def _op_setitem(self, _nothing: None) -> None:
        item, key = self._pop(), self._pop()
        self._update([key, item])

    def _op_setitems(self, _nothing: None) -> None:
        self._update(self._pop_to_mark())

    def _update(self, items: list[Any]) -> None:
        target = self._top(dict, "dict")
        if len(items) % 2:
            raise Refused("it has a dict key without its value")
        fill_dict(self.budget, target, items[::2], items[1::2])

    def _op_empty_set(self, _nothing: None) -> None:
        self._stack.append(set())

    def _op_additems(self, _nothing: None) -> None:
        items = self._pop_to_mark()
        fill_set(self.budget, self._top(set, "set"), items)

    def _op_frozenset(self, _nothing: None) -> None:
        items: set[Any] = set()
        fill_set(self.budget, items, self._pop_to_mark())
        self._stack.append(frozenset(items))

    # --- names and calls

    def _op_global(self, names: str) -> None:
        module, _space, name = names.partition(" ")
        self._stack.append(name_of(module, name))

    def _op_inst(self, names: str) -> None:
        raise Refused(f"it makes an object of class {names.replace(' ', '.')[:120]!r}")

    def _op_stack_global(self, _nothing: None) -> None:
        name, module = self._pop(), self._pop()
        if type(name) is not str or type(module) is not str:
            raise Refused("it names a class by something that is no text")
        self._stack.append(name_of(module, name))

    def _op_reduce(self, _nothing: None) -> None:
        arguments, called = self._pop(), self._pop()
        self._stack.append(make(self.budget, called, arguments))

    def _op_newobj(self, _nothing: None) -> None:
        arguments, cls = self._pop(), self._pop()
        self._stack.append(new_object(cls, arguments))

    def _op_build(self, _nothing: None) -> None:
        state, target = self._pop(), self._pop()
        value = fill_uuid(target, state)
        for key in target.memo_keys:
            self._memo[key] = value
        self._stack.append(value)


_METHODS = {
    name.removeprefix("_op_").upper(): method
    for name, method in vars(Machine).items()
    if name.startswith("_op_")
}
"""By the name of the instruction."""
