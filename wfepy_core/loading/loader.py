"""Imports workflow modules: by file or by dotted name, with errors that say what to correct."""

from __future__ import annotations

import operator
import os
import sys

# `importlib.machinery` has it from there too, and imports `warnings` and half of importlib beside it.
from _frozen_importlib import ModuleSpec

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.engine.task import Task
from wfepy_core.engine.workflow import Workflow, adopt, source_place
from wfepy_core.errors import ModuleLoadError, Problem, WorkflowError
from wfepy_core.loading.code_files import file_of, is_file_name
from wfepy_core.loading.fingerprint import graph_sha256
from wfepy_core.loading.import_path import IMPORT_PATH
from wfepy_core.loading.source_import import SOURCE_FINDER, SourceLoader, name_by_path
from wfepy_core.model.snapshot import WorkflowRef

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from wfepy_core.loading.code_files import CodeFiles


class LoadedWorkflow(NamedTuple):
    """A workflow with where it came from.

    Attributes:
        workflow: its tasks, checked.
        ref: name, modules and fingerprints, as a state file keeps them.
        files: absolute paths of the module files, in the order of `ref.modules`.
    """

    workflow: Workflow
    ref: WorkflowRef
    files: tuple[str, ...]


def load(modules: Sequence[str], folder: str, *, checked: str = "") -> LoadedWorkflow:
    """Import workflow modules and check their graph. Runs the code of the modules.

    Args:
        modules: file paths (relative to `folder`, or absolute) or dotted names of importable modules.
        folder: the folder of the state file.
        checked: fingerprint of a graph that was found sound before; it is not checked again.

    Raises:
        ModuleLoadError: a module cannot be found or raised while it was imported.
        WorkflowError: the workflow has mistakes.
    """
    from wfepy_core.compat import offer_as_wfepy

    offer_as_wfepy()
    code = SOURCE_FINDER.expect(modules, folder)
    imported = [import_module(name, folder) for name in modules]
    found = _find_loaded(modules, folder, code, imported)
    if found.ref.graph_sha256 != checked:
        from wfepy_core.loading.lost_tasks import refuse_lost_tasks

        refuse_lost_tasks(found.workflow, found.files)
        found.workflow.check_graph()
        _check_parameters(found.workflow)
    return found


class _Known(NamedTuple):
    """What was loaded for an instance, and of which code and modules."""

    code: CodeFiles
    modules: list[ModuleType]
    loaded: LoadedWorkflow


_KNOWN: dict[tuple[str, ...], _Known] = {}
"""The workflows of this process: one that serves a folder of instances makes the graph of each once."""
_MOST_KNOWN = 64


def _find_loaded(
    modules: Sequence[str], folder: str, code: CodeFiles, imported: list[ModuleType]
) -> LoadedWorkflow:
    """The workflow that another instance had, as long as its code and its modules are the same objects."""
    key = (folder, *modules)
    known = _KNOWN.get(key)
    if known is not None and known.code is code and all(map(operator.is_, known.modules, imported)):
        return known.loaded
    workflow = Workflow()
    for module in imported:
        workflow.load_tasks(module)
    files = [
        os.path.abspath(getattr(module, "__file__", None) or name)
        for name, module in zip(modules, imported, strict=True)
    ]
    first = [os.path.abspath(os.path.join(folder, modules[0]))] if is_file_name(modules[0]) else files
    ref = WorkflowRef(title_of(first), tuple(modules), code.sha256, graph_sha256(workflow))
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[key] = _Known(code, imported, LoadedWorkflow(workflow, ref, tuple(files)))
    return _KNOWN[key].loaded


_OWN_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "")
_TAKES_ANY = 0x04
"""Flag of code that has a parameter `*name`, see `inspect.CO_VARARGS`."""


def _check_parameters(workflow: Workflow) -> None:
    """Whether each task can be called with the context, as far as its signature shows.

    Raises:
        WorkflowError: with a `Problem` for each that cannot.
    """
    problems = []
    for name, task in workflow.tasks.items():
        code = getattr(task.func, "__code__", None)
        if code is None or code.co_flags & _TAKES_ANY:
            continue
        wanted = code.co_argcount - len(task.func.__defaults__ or ())
        if code.co_argcount == 0 or wanted > 1:
            cure = f"write `def {code.co_name}(context):`"
            problems.append(Problem(f"{name} is called with the context alone", source_place(task), cure))
    if problems:
        raise WorkflowError("Invalid tasks!", problems=problems)


def title_of(files: Sequence[str]) -> str:
    """What to call a workflow: its first module's file, or that file's folder where many have one name."""
    folder, name = os.path.split(files[0]) if files else ("", "")
    stem = os.path.splitext(name)[0]
    return (os.path.basename(folder) or stem) if stem in ("workflow", "__init__") else stem


def import_module(module: str, folder: str) -> ModuleType:
    """The module, imported once a process. Its own folder is on the import path, as for a script.

    A dotted name is looked for in the Python path, then in `folder`.

    Raises:
        ModuleLoadError: it cannot be found, or raised while it was imported (the cause is kept).
    """
    path = file_of(module, folder)
    try:
        if path:
            return _import_file(path)
        return _import_by_name(module, folder)
    except ModuleLoadError:
        raise
    except (Exception, SystemExit) as error:
        raise _import_error(module, error) from error


def _import_by_name(module: str, folder: str) -> ModuleType:
    from importlib import import_module as by_name

    folder = os.path.abspath(folder)
    named_file = os.path.isfile(os.path.join(folder, module))
    if named_file or not all(part.isidentifier() for part in module.split(".")):
        raise missing_module(module, folder)
    top = module.partition(".")[0]
    IMPORT_PATH.forget_other(top, folder)
    try:
        return by_name(module)
    except ModuleNotFoundError as error:
        if not _is_of(module, error):
            raise
    added = folder not in sys.path
    if added:
        sys.path.append(folder)  # behind everything else: what lies there takes no other module's place
    try:
        found = by_name(module)
    except BaseException as error:
        if added:
            sys.path.remove(folder)
        if isinstance(error, ModuleNotFoundError) and _is_of(module, error):
            raise missing_module(module, folder) from None
        raise
    if not added:
        return found
    IMPORT_PATH.add_beside(top, folder)
    return found


def _is_of(module: str, error: ModuleNotFoundError) -> bool:
    """Whether it is this module, or a package it is in, that was not found; not one that it imports."""
    return bool(error.name) and f"{module}.".startswith(f"{error.name}.")


def missing_module(module: str, *folders: str) -> ModuleLoadError:
    """The error for a module that is not there; `folders` are searched for one that may have been meant."""
    from difflib import get_close_matches

    found = [name for folder in folders for name in _python_files(folder)]
    stem = os.path.splitext(os.path.basename(module))[0]
    others = [name.removesuffix(".py") for name in found if name != os.path.basename(module)]
    close = get_close_matches(stem, others, n=1)
    guess = f"did you mean {close[0]}.py?" if close else ""
    is_dotted = not is_file_name(module) and all(part.isidentifier() for part in module.split("."))
    if is_dotted and not os.path.lexists(os.path.join(folders[0], module)):
        hint = guess or "name a .py file, or a module that this Python can import"
        sentence = f"there is no module {module}: it was looked for in the Python path and in {folders[0]}"
        return ModuleLoadError(sentence, hint=hint, missing=True)
    if os.path.isdir(os.path.join(folders[0], module)):
        what = "is a folder"
    elif os.path.isfile(os.path.join(folders[0], module)):
        what = "is no Python file: its name does not end in .py"
    elif os.path.lexists(os.path.join(folders[0], module)):
        what, guess = "is no regular file", "put the module itself in its place"
    else:
        what = "does not exist"
    return ModuleLoadError(
        f"the workflow module {module} {what}", hint=guess or "name a .py file", missing=True
    )


def _python_files(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or os.curdir) if name.endswith(".py")]
    except (OSError, ValueError):
        return []


def _import_error(module: str, error: BaseException) -> ModuleLoadError:
    trace, place = error.__traceback__, ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not (place and file.startswith(_OWN_FOLDER)):  # of a decorator that refuses, the author's line
            place = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    if isinstance(error, SyntaxError):
        place = f"{error.filename}:{error.lineno}"
    where = "" if place.startswith("<frozen") else f" at {place}"
    text = str(error).replace("Task.__init__()", "task()")
    return ModuleLoadError(
        f"the workflow module {module} cannot be imported: {type(error).__name__}: {text}{where}",
        hint=_import_cure(module, error),
    )


def _import_cure(module: str, error: BaseException) -> str:
    if isinstance(error, SyntaxError) or "keyword argument" in str(error):
        return "correct that line"
    if is_file_name(module) and "no known parent package" in str(error):
        package, stem = os.path.split(os.path.splitext(os.path.abspath(module))[0])
        above, package = os.path.split(package)
        return f"name it as a part of its package, `--module {package}.{stem}`, with PYTHONPATH={above}"
    return "it must import in the Python that runs wfepy"


def _is_from(module: ModuleType | None, path: str) -> bool:
    return getattr(module, "__file__", None) == path


def _import_file(path: str) -> ModuleType:
    name = os.path.splitext(os.path.basename(path))[0]
    if not _is_from(sys.modules.get(name), path) and not os.path.isfile(path):
        raise missing_module(path, os.path.dirname(path))
    IMPORT_PATH.enter(os.path.dirname(path))
    known = sys.modules.get(name)  # what lay in the folder before has been forgotten now
    if known is not None and _is_from(known, path):
        return known
    if known is not None or name in sys.stdlib_module_names or "." in name:
        # Another module has that name already (two folders may each have a workflow.py).
        name = name_by_path(path)
        __import__(name)
        return sys.modules[name]
    loader = SourceLoader(name, path)
    spec = ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    module = type(sys)(name)
    module.__spec__ = spec
    module.__loader__ = loader
    module.__file__ = path
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def task_of_address(module: str, file: str, task: str) -> Task:
    """A task by its address, in a process that may not have imported its module yet.

    Raises:
        ModuleLoadError: the module cannot be imported here, or has no such task.
    """
    from wfepy_core.compat import offer_as_wfepy

    offer_as_wfepy()
    found = sys.modules.get(module)
    if found is None or module == "__main__":
        found = _module_at(module, file)
    for value in map(adopt, vars(found).values()):
        if isinstance(value, Task) and value.name == task:
            return value
    raise ModuleLoadError(
        f"{module} has no task {task} in this process", hint="define tasks in a module file"
    )


def _module_at(module: str, file: str) -> ModuleType:
    """A module by its file; one of a package by its name, because it may import relatively."""
    folder = os.path.dirname(file)
    if "." in module and not module.startswith("wfepy_core."):
        SOURCE_FINDER.expect([module], folder)
        try:
            return import_module(module, folder)
        except ModuleLoadError:
            if not os.path.isfile(file):
                raise
    name = file if os.path.isfile(file) else module
    SOURCE_FINDER.expect([name], folder)
    return import_module(name, folder)
