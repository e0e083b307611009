"""Which files a workflow's code consists of: its modules and what they import below their roots.

Found without running anything: imports are read from the source. What is imported by a name that only a
running program knows is not seen. The *root* of a module is the folder from which it is imported; of an
installed package, the package itself. Python, its standard library and installed packages are not a
workflow's code.
"""

from __future__ import annotations

import os
import sys
from _imp import extension_suffixes

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading.fingerprint import sha256_of
from wfepy_core.loading.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wfepy_core.loading.code_cache import Import

_SUFFIXES = (*extension_suffixes(), ".py", ".pyc")
MOST_FILES = 10_000
MOST_BYTES = 256 * 1024 * 1024
"""Files and bytes of one workflow's code."""
_INSTALLED = ("site-packages", "dist-packages")
_STANDARD_LIBRARY = os.path.dirname(os.path.realpath(os.__file__))
_OURS = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


class CodeFiles(NamedTuple):
    """The code of a workflow as it is now.

    Attributes:
        modules: the file of each workflow module, absolute; empty where none was found.
        roots: the roots, links resolved.
        files: what would run, by path; the modules come first, the rest by path.
        own_names: by root, names of the standard library that its files import from it.
    """

    modules: tuple[str, ...]
    roots: tuple[str, ...]
    files: Mapping[str, SourceFile]
    own_names: Mapping[str, frozenset[str]]

    @property
    def sha256(self) -> str:
        """Fingerprint of it all: of one file its content's, of several that of their list."""
        if len(self.files) == 1:
            return next(iter(self.files.values())).sha256
        lines = [f"{self._place(path)} {file.sha256}\n" for path, file in self.files.items()]
        return sha256_of("".join(lines).encode("utf-8", "surrogateescape"))

    def _place(self, path: str) -> str:
        """A path as it is in every checkout: below its root."""
        root = next((root for root in self.roots if lies_below(path, root)), path)
        return portable_path(os.path.relpath(path, root if path != root else os.path.dirname(path)))


def is_file_name(module: str) -> bool:
    """Whether a module is given as a file rather than by its dotted name."""
    return module.endswith(".py") or os.sep in module or "/" in module


def portable_path(path: str) -> str:
    """A path as it is spelled on every system, and in state files: with slashes, which Windows reads too."""
    return path.replace(os.sep, "/")


def file_of(module: str, folder: str) -> str:
    """Absolute path of a module given as a file, its folder's links resolved; empty for a dotted name.

    A link in the way (`current/flow.py`) is followed once, here: the release behind it is what runs, whole,
    also when the link is moved on in the middle of a pass.
    """
    if not is_file_name(module):
        return ""
    path = os.path.join(folder, module)
    try:
        return os.path.join(_real_folder(os.path.dirname(path)), os.path.basename(path))
    except ValueError:  # a letter that no file can have in its name
        return path


def _real_folder(folder: str) -> str:
    """A folder, links resolved; of one asked for before it is only looked whether it is the same still."""
    known = _REAL_FOLDERS.get(folder)
    try:
        if known is not None and os.path.samestat(os.stat(folder), os.stat(known)):
            return known
    except OSError:
        known = None
    if len(_REAL_FOLDERS) >= _MOST_FOLDERS:
        _REAL_FOLDERS.clear()
    _REAL_FOLDERS[folder] = real = os.path.realpath(folder)
    return real


_REAL_FOLDERS: dict[str, str] = {}
_MOST_FOLDERS = 256


def lies_below(path: str, root: str) -> bool:
    """Whether a file is the root itself or workflow code below it."""
    if not path.startswith(root) or path == root:
        return path == root
    if path[len(root)] != os.sep and not root.endswith(os.sep):
        return False
    for other in (_STANDARD_LIBRARY, _OURS):
        if path.startswith(other + os.sep) and not root.startswith(other):
            return False
    return not any(name in path[len(root) :] for name in _INSTALLED)


def find_code(modules: Sequence[str], folder: str, search_path: Iterable[str] | None = None) -> CodeFiles:
    """Find the files of workflow modules; what is missing or cannot be read is left out.

    Args:
        modules: as for `loader.load`.
        folder: the folder of the state file.
        search_path: where dotted names are looked for, before `folder`; None: where this process looks.

    Raises:
        ModuleLoadError: it is more than any workflow's code.
    """
    search = _Search(sys.path if search_path is None else search_path, folder, search_path is None)
    found = [search.add_module(module) for module in modules]
    search.follow_imports()
    first = dict.fromkeys(path for path in found if path in search.files)
    files = {path: search.files[path] for path in (*first, *sorted(search.files.keys() - first.keys()))}
    own_names = {root: frozenset(names) for root, names in search.own_names.items()}
    return CodeFiles(tuple(found), tuple(search.roots), files, own_names)


class _Found(NamedTuple):
    """Where a name leads: its file (none of a package without `__init__`), its folder if it is a package."""

    file: str
    folder: str


class _Search:
    """Follows imports from file to file."""

    def __init__(self, search_path: Iterable[str], folder: str, asks_finders: bool) -> None:
        self.asks_finders = asks_finders
        self.search_path = [*search_path, os.path.abspath(folder)]
        self.folder = folder
        self.roots: dict[str, str] = {}  # the folder where names are looked for, by root
        self.files: dict[str, SourceFile] = {}
        self.own_names: dict[str, set[str]] = {}
        self._waiting: list[tuple[SourceFile, str]] = []
        self._bytes = 0
        self._known: dict[str, _Found | None] = {}

    def add_module(self, module: str) -> str:
        """Begin with a workflow module; returns its file."""
        path = file_of(module, self.folder)
        if path:
            root = os.path.dirname(path)
            self.roots[root] = root
            self._add(path, root)
            return path
        folder = self._find_place(module.partition(".")[0])
        if not folder:
            return ""
        found = self._find(folder, module.partition(".")[0])
        is_installed = found is not None and any(name in folder for name in _INSTALLED)
        root = (found.folder or found.file) if found is not None and is_installed else folder
        self.roots[root] = folder
        return self._follow_name(module, folder, root)

    def _find_place(self, top: str) -> str:
        """The folder from which a name is imported, links resolved; empty: there is none."""
        mere = ""
        for place in map(os.path.realpath, self.search_path):
            found = self._find(place, top)
            if found is not None and found.file:
                return place
            mere = mere or (place if found is not None else "")
        if mere or not self.asks_finders or not top.isidentifier():
            return mere
        # An editable installation may lead there by a finder of its own, which runs nothing of the module.
        specs = (finder.find_spec(top, None) for finder in sys.meta_path)
        spec = next((spec for spec in specs if spec is not None), None)
        if spec is None:
            return ""
        places = spec.submodule_search_locations
        file = os.path.join(next(iter(places), ""), "__init__.py") if places else spec.origin or ""
        return os.path.realpath(os.path.dirname(os.path.dirname(file) if places else file)) if file else ""

    def follow_imports(self) -> None:
        """Add everything that the files added so far import, and so on."""
        while self._waiting:
            source, root = self._waiting.pop()
            for imported in source.imports:
                self._follow_import(imported, source.path, root)

    def _follow_import(self, imported: Import, path: str, root: str) -> None:
        level, module, names = imported
        if level:
            folder = path
            for _ in range(level):
                folder = os.path.dirname(folder)
            if module:
                self._follow_name(module, folder, root, names)
            else:
                self._add_names(names, folder, root)
            return
        top = module.partition(".")[0]
        is_standard = top in sys.stdlib_module_names
        for other, folder in ((root, self.roots[root]), *self.roots.items()):
            if is_standard:
                found = self._find(folder, top)
                if found is None or not found.file:
                    continue  # a mere folder of that name, say for logs, takes no module's place
            if self._follow_name(module, folder, other, names):
                if is_standard:
                    self.own_names.setdefault(other, set()).add(top)
                return

    def _follow_name(self, dotted: str, folder: str, root: str, names: Sequence[str] = ()) -> str:
        """Add each module along a dotted name, and what of `names` is a module; returns the last one."""
        found = None
        for part in dotted.split("."):
            found = self._find(folder, part)
            if found is None:
                return ""
            self._add(found.file, root)
            folder = found.folder
            if not folder:
                break
        if found is None or (found.file and found.file not in self.files):
            return ""  # not a workflow's code
        if folder:
            self._add_names(names, folder, root)
        return found.file or found.folder

    def _add_names(self, names: Iterable[str], folder: str, root: str) -> None:
        for name in names:
            for each in self._modules_in(folder) if name == "*" else (name,):
                found = self._find(folder, each)
                if found is not None:
                    self._add(found.file, root)

    def _add(self, path: str, root: str) -> None:
        if not path or path in self.files or not lies_below(path, root):
            return
        try:
            self.files[path] = source = SourceFile(path)
        except (OSError, ValueError, ModuleLoadError):
            return
        self._bytes += len(source.data)
        if len(self.files) > MOST_FILES or self._bytes > MOST_BYTES:
            most = f"{MOST_FILES} files and {MOST_BYTES // (1024 * 1024)} MiB"
            raise ModuleLoadError(
                f"the code below {root} has more than {most}: too much for a workflow",
                hint="import by name what it needs, and keep data in files of their own",
            )
        self._waiting.append((source, root))

    def _find(self, folder: str, name: str) -> _Found | None:
        """What an import of `name` finds in a folder, in Python's order."""
        package = os.path.join(folder, name)
        if package not in self._known:
            self._known[package] = self._look_for(package)
        return self._known[package]

    @staticmethod
    def _look_for(package: str) -> _Found | None:
        # Asked one by one: beside a module may lie ten thousand state files.
        is_folder = os.path.isdir(package)
        for suffix in _SUFFIXES if is_folder else ():
            inner = os.path.join(package, f"__init__{suffix}")
            if os.path.lexists(inner):
                return _Found(inner, package)
        for suffix in _SUFFIXES:
            if os.path.lexists(package + suffix):
                return _Found(package + suffix, "")
        return _Found("", package) if is_folder else None

    def _modules_in(self, folder: str) -> Iterator[str]:
        """What a star may import from a package: which of them, `__all__` says when it runs."""
        try:
            names = os.listdir(folder)
        except (OSError, ValueError):
            return
        for name in names:
            if name.endswith(_SUFFIXES) or "." not in name:
                yield name.partition(".")[0]
