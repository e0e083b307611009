"""Imports of workflow code: from the source whose hash was taken, and each name to whom it belongs.

Three rules, for modules below the roots of the workflows that this process has loaded (see `code_files`):

- They run as they were read: compiled from their source, or taken from the entry of `code_cache` that has
  its hash.
- Where somebody was asked which code may run, a file that is not what was agreed to does not (`agreement`).
- A name of the standard library means the standard library, for the engine, for libraries and for the
  standard library itself; a `token.py` or `json.py` beside a workflow takes no one's place. The workflow's
  own modules get the one beside them, as a script does: who imports decides. So it is with what the engine
  imports late from installed packages.
"""

from __future__ import annotations

import builtins
import os
import sys
from _frozen_importlib import BuiltinImporter, FrozenImporter, ModuleSpec
from _frozen_importlib_external import (
    ExtensionFileLoader,
    PathFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)
from _imp import create_dynamic

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading.code_files import file_of, find_code, is_file_name, lies_below
from wfepy_core.loading.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import CodeType, ModuleType
    from typing import Any

    from wfepy_core.loading.agreement import Agreement
    from wfepy_core.loading.code_files import CodeFiles


class SourceLoader(SourceFileLoader):
    """Runs a module of a workflow from its source."""

    def get_code(self, _name: str) -> CodeType:
        """Part of the import protocol."""
        SOURCE_FINDER.given = code = SOURCE_FINDER.open_source(self.path).compile()
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Part of the import protocol."""
        own_names = SOURCE_FINDER.own_names_for(self.path)
        if own_names:
            importer = _OwnImports(own_names).import_module
            vars(module)["__builtins__"] = {**vars(builtins), "__import__": importer}
        exec(self.get_code(module.__name__), vars(module))  # noqa: S102  that is what a loader does


class CompiledLoader(SourcelessFileLoader):
    """Runs a `.pyc` of a workflow that has no source, as it was read."""

    def get_code(self, fullname: str) -> CodeType | None:
        """Part of the import protocol."""
        SOURCE_FINDER.given = code = super().get_code(fullname)
        return code

    def get_data(self, path: str) -> bytes:
        """Part of the import protocol."""
        return SOURCE_FINDER.open_source(path).data


class ExtensionLoader(ExtensionFileLoader):
    """Runs machine code as it was read: a copy of it, because the system loads a file by its name."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Part of the import protocol."""
        data = SOURCE_FINDER.open_source(self.path).data
        if not hasattr(os, "memfd_create"):  # elsewhere it could be changed between these two lines
            return super().create_module(spec)
        copy = os.memfd_create(spec.name)
        with open(copy, "wb", closefd=False) as file:
            file.write(data)
        # It stays open: the system knows loaded code by device and number of its file.
        found: ModuleType = create_dynamic(ModuleSpec(spec.name, self, origin=f"/proc/self/fd/{copy}"))
        return found


class SourceFinder:
    """Finds what others find, and has the modules below the roots loaded by `SourceLoader`.

    One for a process (`SOURCE_FINDER`), because `sys.meta_path` is. It is there from the first workflow on.

    Attributes:
        run: the hash of what was run, by path.
        agreement: what may run; None: everything.
        given: the code that a loader gave out last.
    """

    def __init__(self) -> None:
        self.agreement: Agreement | None = None
        self.given: CodeType | None = None
        self.run: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._roots: dict[str, None] = {}
        self._code: CodeFiles | None = None
        self._found: dict[tuple[str, ...], CodeFiles] = {}

    def expect(self, modules: Sequence[str], folder: str) -> CodeFiles:
        """Find the code of a workflow, and let it run as it was read; see `find_code`.

        What was imported from files of that place which are others now is forgotten.

        Raises:
            CodeNotAgreedError: it is not what was agreed to.
        """
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        code = self._code = self._find(modules, folder)
        self._refuse_other_code(modules, folder, code)
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

    def _refuse_other_code(self, modules: Sequence[str], folder: str, code: CodeFiles) -> None:
        agreement = self.agreement
        if agreement is None:
            return
        self._named = dict[str, str]()
        for module in agreement.names.intersection(modules):
            self._named |= {path: file.sha256 for path, file in find_code([module], folder).files.items()}
        others = [
            module
            for module, path in zip(modules, code.modules, strict=True)
            if path not in code.files and not is_file_name(module) and module not in agreement.names
        ]
        others += [path for path, file in code.files.items() if not self._may_run(file)]
        if others:
            raise _not_agreed(*others)

    def hold_to(self, agreement: Agreement) -> None:
        """From now on let this process run nothing of a workflow but what was agreed to."""
        self.agreement = agreement
        sys.addaudithook(self._on_audit)

    def _on_audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hold against it what comes by no finder, too: `runpy`, `spec_from_file_location`, `exec`."""
        if event != "exec" or arguments[0] is self.given:
            return
        path = arguments[0].co_filename
        if not path.endswith(".py") or not _find_root(path, self._roots):
            return
        try:
            may_run = self._may_run(SourceFile(path))
        except (FileNotFoundError, NotADirectoryError):
            return  # text of the program's own with a name for its tracebacks; of an archive, its finder's
        except (OSError, ValueError, ModuleLoadError):
            may_run = False
        if not may_run:
            raise _not_agreed(path)

    def _may_run(self, file: SourceFile) -> bool:
        agreement = self.agreement
        if agreement is None or self._named.get(file.path) == file.sha256:
            return True
        return agreement.covers(file)

    def _has_changed(self, path: str) -> bool:
        try:
            return self._read(path).sha256 != self.run[path]
        except (OSError, ModuleLoadError):
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
        if not self._may_run(source):
            raise _not_agreed(path)
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
        if spec is not None and self.agreement is not None and type(loader) is not SourceFileLoader:
            return self._guard(spec)
        if spec is None or type(loader) is not SourceFileLoader or not _find_root(loader.path, self._roots):
            return spec
        if path is None and not self._expects(loader.path) and _is_wanted_by_engine():
            return PathFinder.find_spec(name, self._places_of_others())
        spec.loader = SourceLoader(loader.name, loader.path)
        spec.cached = None
        return spec

    def _guard(self, spec: ModuleSpec) -> ModuleSpec:
        """Let what is no source run only as it was agreed to, where it belongs to a workflow."""
        agreement, place, loader = self.agreement, spec.origin, spec.loader
        if agreement is None or not (place and spec.has_location and _find_root(place, self._roots)):
            return spec
        if type(loader) is SourcelessFileLoader:
            spec.loader = CompiledLoader(loader.name, loader.path)
        elif type(loader) is ExtensionFileLoader:
            spec.loader = ExtensionLoader(loader.name, loader.path)
        elif not agreement.covers_place(os.path.realpath(place)):  # an archive, or what only its finder knows
            raise _not_agreed(place)
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


def _not_agreed(*paths: str) -> ModuleLoadError:
    from wfepy_core.loading.agreement import not_agreed

    return not_agreed(paths)


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
