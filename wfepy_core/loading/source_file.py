"""One file of code, read once: what its hash tells, what it imports and what runs are the same bytes."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.code_bytes import read_code
from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading.code_cache import keep_entry, read_entry
from wfepy_core.loading.fingerprint import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType
    from typing import Any

    from wfepy_core.loading.code_cache import Entry, Import

ONLY_AST = 0x400
"""`ast.PyCFONLY_AST`; the module `ast` is slow to import."""


MOST_SEARCHED = 1024 * 1024
"""Bytes of a source that is parsed to look for imports: the parser lets no other thread run meanwhile."""
_UNREADABLE = (OSError, ValueError, ModuleLoadError)


class SourceFile:
    """A file of code as it was when it was read.

    Attributes:
        path: where it is.
        data: its content.
        sha256: of its content.
        identity: device and number of the file, by which the one that was read is known again.
    """

    __slots__ = ("_entry", "_tree", "data", "identity", "path", "sha256")

    def __init__(self, path: str) -> None:
        """Read it; see `read_code` for what that can raise."""
        self.path = path
        self.data, found = read_code(path)
        self.identity = (found.st_dev, found.st_ino)
        self.sha256 = sha256_of(self.data)
        self._entry: Entry | None = None
        self._tree: Any = None

    def is_current(self) -> bool:
        """Whether the file still has this content; it is read for that, its times tell nothing."""
        try:
            return read_code(self.path)[0] == self.data
        except _UNREADABLE:
            return False

    @property
    def imports(self) -> tuple[Import, ...]:
        """What its source imports, wherever in it; nothing where it is no source, too large, or broken."""
        if not self.path.endswith(".py") or len(self.data) > MOST_SEARCHED:
            return ()
        return self._find_entry()[0]

    def compile(self) -> CodeType:
        """Its code; SyntaxError or ValueError where it has none."""
        imports, code = self._find_entry()
        if code is None:
            made: CodeType = compile(self._tree or self.data, self.path, "exec", dont_inherit=True)
            self._entry = (imports, made)
            self._tree = None
            keep_entry(self.sha256, self.path, self._entry)
            return made
        return code

    def _find_entry(self) -> Entry:
        if self._entry is None:
            self._entry = read_entry(self.sha256, self.path) or self._parse()
        return self._entry

    def _parse(self) -> Entry:
        """Parse it, which runs nothing. What is compiled later is this tree: a warning comes once."""
        try:
            self._tree = compile(self.data, self.path, "exec", ONLY_AST, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return (), None
        entry = tuple(_find_imports(self._tree)), None
        keep_entry(self.sha256, self.path, entry)
        return entry


def _find_imports(tree: Any) -> Iterator[Import]:
    """The import statements of a syntax tree, and calls of import functions with a name as it stands."""
    kind = type(tree).__mro__[-2]  # _ast.AST
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        name = type(node).__name__
        if name == "Import":
            yield from ((0, alias.name, ()) for alias in node.names)
            continue
        if name == "ImportFrom":
            yield node.level, node.module or "", tuple(alias.name for alias in node.names)
            continue
        if name == "Call":
            yield from _called_import(node)
        for field in node._fields:
            value = getattr(node, field, None)
            parts = value if isinstance(value, list) else (value,)
            waiting.extend([part for part in parts if isinstance(part, kind)])


def _called_import(call: Any) -> Iterator[Import]:
    """`import_module("a.b")` and `__import__("a.b")`."""
    function = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
    if function not in ("import_module", "__import__") or not call.args:
        return
    name = getattr(call.args[0], "value", None)
    if isinstance(name, str):
        dotted = name.lstrip(".")
        yield len(name) - len(dotted), dotted, ()
