"""What the documents name is there: modules, what stands in them, and files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_and_file_that_a_document_names_is_there(document):
    quoted = re.findall(r"`([^`\n]+)`", document.read_text(encoding="utf-8"))
    named = [name for text in quoted for name in re.findall(r"\bwfepy_(?:core|gui)[./][\w./]*\w", text)]

    assert [name for name in named if not _leads_somewhere(name)] == []


def _leads_somewhere(name):
    """Whether a path, or a dotted name of a module or of something in it, is in the sources."""
    if "/" in name:
        # A wheel has the top-level `resources` inside the core.
        return (ROOT / name).exists() or name == "wfepy_core/resources"
    place = ROOT
    parts = name.split(".")
    while parts and (place / parts[0]).is_dir():
        place /= parts.pop(0)
    module = place / "__init__.py"
    if parts and (place / f"{parts[0]}.py").is_file():
        module = place / f"{parts.pop(0)}.py"
    return not parts or parts[0] in _names_in(module)


def _names_in(module):
    """Names that a module defines or imports at its top."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
