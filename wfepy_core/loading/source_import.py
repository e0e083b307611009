"""Imports of workflow code: from the source whose hash was taken, and each name to whom it belongs.

Two rules, for modules below the roots of the workflows that this process has loaded (see `code_files`):

- They run as they were read: compiled from their source, or taken from the entry of `code_cache` that has
  its hash.
- A name of the standard library means the standard library, for the engine, for libraries and for the
  standard library itself; a `token.py` or `json.py` beside a workflow takes no one's place. The workflow's
  own modules get the one beside them, as a script does: who imports decides. So it is with what the engine
  imports late from installed packages.
"""

from __future__ import annotations

import builtins
import os
import sys
from _frozen_importlib import BuiltinImporter, FrozenImporter
from _frozen_importlib_external import PathFinder, SourceFileLoader

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.loading.code_files import file_of, find_code, lies_below
from wfepy_core.loading.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType
    from typing import Any

    from wfepy_core.loading.code_files import CodeFiles


class SourceLoader(SourceFileLoader):
    """Runs a module of a workflow from its source."""

    def get_code(self, _name: str) -> CodeType:
        """Part of the import protocol."""
        return SOURCE_FINDER.open_source(self.path).compile()

    def exec_module(self, module: ModuleType) -> None:
        """Part of the import protocol."""
        own_names = SOURCE_FINDER.own_names_for(self.path)
        if own_names:
            importer = _OwnImports(own_names).import_module
            vars(module)["__builtins__"] = {**vars(builtins), "__import__": importer}
        exec(self.get_code(module.__name__), vars(module))  # noqa: S102  that is what a loader does


class SourceFinder:
    """Finds what others find, and has the modules below the roots loaded by `SourceLoader`.

    One for a process (`SOURCE_FINDER`), because `sys.meta_path` is. It is there from the first workflow on.

    Attributes:
        run: the hash of what was run, by path.
    """

    def __init__(self) -> None:
        self.run: dict[str, str] = {}
        self._roots: dict[str, None] = {}
        self._code: CodeFiles | None = None
        self._found: dict[tuple[str, ...], CodeFiles] = {}

    def expect(self, modules: Sequence[str], folder: str) -> CodeFiles:
        """Find the code of a workflow, and let it run as it was read; see `find_code`.

        What was imported from files of that place which are others now is forgotten.
        """
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        code = self._code = self._find(modules, folder)
        self._roots.update(dict.fromkeys(code.roots))
        ran = [path for path in self.run if _find_root(path, code.roots)]
        if any(self._has_changed(path) for path in ran):
            self._forget(ran)
        return code

    def _find(self, modules: Sequence[str], folder: str) -> CodeFiles:
        """What was found for another instance of the workflow, as long as all its files are as they were.

        This process has imported those. A file that has come since could run in the next one only.
        """
        key = tuple(file_of(module, folder) or f"{module} {folder}" for module in modules)
        known = self._found.get(key)
        if known is None or not all(file.is_current() for file in known.files.values()):
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            known = self._found[key] = find_code(modules, folder)
        return known

    def _has_changed(self, path: str) -> bool:
        try:
            return self._read(path).sha256 != self.run[path]
        except OSError:
            return True

    def _forget(self, paths: Sequence[str]) -> None:
        """Have the modules of these files imported anew; whoever holds one keeps it."""
        for name, module in list(sys.modules.items()):
            loader = getattr(module, "__loader__", None)
            if type(loader) is SourceLoader and loader.path in paths:
                del sys.modules[name]
        for path in paths:
            del self.run[path]

    def open_source(self, path: str) -> SourceFile:
        """The file as it was read when the workflow was loaded; one that was not expected is read now."""
        source = self._read(path)
        self.run[path] = source.sha256
        return source

    def _read(self, path: str) -> SourceFile:
        files = self._code.files if self._code else {}
        return files.get(path) or files.get(_resolve(path)) or SourceFile(path)

    def own_names_for(self, path: str) -> Mapping[str, str]:
        """Names of the standard library that mean a neighbour to the module at `path`, with its file."""
        found: dict[str, str] = {}
        code = self._code
        root = _find_root(path, code.roots) if code else ""
        for name in code.own_names.get(root, ()) if code else ():
            for file in (os.path.join(root, name, "__init__.py"), os.path.join(root, f"{name}.py")):
                if code and file in code.files:
                    found[name] = file
                    break
        return found

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Part of the import protocol."""
        spec = None
        if path is None and name in sys.stdlib_module_names:
            spec = self._find_standard(name)
        if spec is None:
            spec = self._find_by_others(name, path, target)
        loader = spec.loader if spec is not None else None
        if spec is None or type(loader) is not SourceFileLoader or not _find_root(loader.path, self._roots):
            return spec
        if path is None and not self._expects(loader.path) and _is_wanted_by_engine():
            return PathFinder.find_spec(name, self._places_of_others())
        spec.loader = SourceLoader(loader.name, loader.path)
        spec.cached = None
        return spec

    def _expects(self, path: str) -> bool:
        files = self._code.files if self._code else {}
        return path in files or _resolve(path) in files

    def _places_of_others(self) -> list[str]:
        return [place for place in sys.path if _resolve_folder(place) not in self._roots]

    def _find_standard(self, name: str) -> ModuleSpec | None:
        for finder in (BuiltinImporter, FrozenImporter):
            spec = finder.find_spec(name)
            if spec is not None:
                return spec
        return PathFinder.find_spec(name, self._places_of_others())

    def _find_by_others(self, name: str, path: Sequence[str] | None, target: Any) -> ModuleSpec | None:
        for finder in sys.meta_path:
            if finder is not self:
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    return spec
        return None


SOURCE_FINDER = SourceFinder()
_MOST_FOUND = 64
_STANDARD_LIBRARY = os.path.join(os.path.dirname(os.__file__), "")


class _OwnImports:
    """The `__import__` of modules with a neighbour that is named like a module of the standard library."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def import_module(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002  named as in the builtin
        locals: Mapping[str, Any] | None = None,  # noqa: A002  likewise
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> Any:
        """What `__import__` does; see there."""
        top, dot, rest = name.partition(".")
        if level or top not in self._files:
            return builtins.__import__(name, globals, locals, fromlist, level)
        alias = name_by_path(self._files[top])
        found = builtins.__import__(alias + dot + rest, globals, locals, fromlist, 0)
        return found if fromlist else sys.modules[alias]


def _is_wanted_by_engine() -> bool:
    """Whether it is this package that imports, say attrs, and must not get an `attr.py` beside a workflow."""
    frame = sys._getframe(2)  # noqa: SLF001  who imports is told nowhere else
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("importlib"):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")).startswith("wfepy_core.")


def name_by_path(file: str) -> str:
    """A name under which the module in `file` can be imported in every process, see `by_path`."""
    folder, name = os.path.split(file)
    if name == "__init__.py":
        name = os.path.basename(folder)
    word = "".join(letter for letter in name.partition(".")[0] if letter.isalnum() or letter == "_")
    return f"wfepy_core.loading.by_path.{word}_{os.fsencode(file).hex()}"


def _find_root(path: str, roots: Iterable[str]) -> str:
    """The root a file lies below; empty: it is no workflow's code."""
    if path.startswith(_STANDARD_LIBRARY) and "-packages" not in path:
        return ""
    resolved = _resolve(path)
    return next((root for root in roots if lies_below(path, root) or lies_below(resolved, root)), "")


def _resolve(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(_resolve_folder(folder), name)


_RESOLVED: dict[str, str] = {}


def _resolve_folder(folder: str) -> str:
    """A folder without links; asked once a process, because every import asks for some."""
    if folder not in _RESOLVED:
        _RESOLVED[folder] = os.path.realpath(folder)
    return _RESOLVED[folder]
