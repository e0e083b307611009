"""Writes the template for translators, `resources/translations/wfepy_gui.ts`: `make translations`.

Finds what the desktop passes to a translator: literals in `self.tr(...)` (the context is the class),
`QCoreApplication.translate(...)`, the module-level tables whose texts a class of the same file passes to
`self.tr` (commands, headings), what `wfepy_gui.text.translation` is given, and the words of the core's
statuses. Needs nothing but the standard library.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
SOURCES = (ROOT / "wfepy_gui", ROOT / "wfepy_core")
"""The desktop, and what of the core takes a translator `tr`."""
STATUSES = ROOT / "wfepy_core" / "model" / "status.py"
WORDING = "Facts"
"""The context of `wfepy_gui.text.translation`."""
TEMPLATE = ROOT / "resources" / "translations" / "wfepy_gui.ts"

Texts = dict[str, dict[str, None]]
"""Texts by context, each once, in the order in which they stand in the sources."""


def extracted() -> Texts:
    """Returns every text of the desktop that is shown in the user's language."""
    found: Texts = {}
    for path in sorted(path for folder in SOURCES for path in folder.rglob("*.py")):
        _look_into(ast.parse(path.read_text(encoding="utf-8")), found)
    for kind in ast.parse(STATUSES.read_text(encoding="utf-8")).body:
        if isinstance(kind, ast.ClassDef) and any(getattr(base, "id", "") == "_Word" for base in kind.bases):
            values = [node.value for node in kind.body if isinstance(node, ast.Assign)]
            texts = [text for value in values for part in ast.walk(value) for text in _text(part)]
            _add(found, WORDING, texts)
    return dict(sorted(found.items()))


def _look_into(module: ast.Module, found: Texts) -> None:
    tables = [node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign | ast.ClassDef)]
    for context in (node for node in module.body if isinstance(node, ast.ClassDef)):
        reads_tables = False
        for call in _calls(context):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "tr" and call.args:
                literals = list(_literals(call.args[0]))
                reads_tables = reads_tables or not literals
                _add(found, context.name, literals)
        if reads_tables:
            for table in tables:
                if _is_table(table):
                    _add(found, context.name, _shown(table))
    for call in _calls(module):
        if _name(call) == "translate" and len(call.args) > 1:
            for context_name in _text(call.args[0]):  # painters translate too, but no texts
                _add(found, context_name, _literals(call.args[1]))
        elif isinstance(call.func, ast.Name) and call.func.id in ("tr", "QT_TR_NOOP"):
            _add(found, WORDING, _literals(call.args[0]))


def _is_table(node: ast.AST) -> bool:
    """Whether texts for people stand in this: HEADINGS, TABLE, ..._KEYS, and the enum of the menus."""
    if isinstance(node, ast.ClassDef):
        return node.name == "Menu"
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return any(name.endswith(("HEADINGS", "TABLE", "_KEYS")) for name in names)


def _shown(table: ast.AST) -> list[str]:
    """The texts of a table; keys and groups of a command are no texts, and have no space or capital."""
    body = table.body[1:] if isinstance(table, ast.ClassDef) else [table]
    rows = [node for part in body for node in ast.walk(part)]
    skipped = {id(inner) for node in rows if isinstance(node, ast.keyword) for inner in ast.walk(node)}
    for row in rows:
        if isinstance(row, ast.Call) and _name(row) == "Spec":
            skipped |= {id(inner) for argument in row.args[4:] for inner in ast.walk(argument)}
    return [text for node in rows if id(node) not in skipped for text in _text(node)]


def _calls(node: ast.AST) -> list[ast.Call]:
    return [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literals(node: ast.AST) -> list[str]:
    """The texts an argument may be: one literal, or one of two."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return _text(node)


def _text(node: ast.AST) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _add(found: Texts, context: str, texts: list[str]) -> None:
    found.setdefault(context, {}).update(dict.fromkeys(filter(None, texts)))


def template(found: Texts) -> str:
    """Returns the texts as a Qt translation source without translations."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", '<TS version="2.1">']
    for context, texts in found.items():
        if not texts:
            continue
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for text in texts:
            source = f"        <source>{escape(text)}</source>"
            lines += ["    <message>", source, '        <translation type="unfinished"></translation>']
            lines.append("    </message>")
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def main() -> None:
    """Writes the template, or with `--check` ends with 1 when it is out of date."""
    text = template(extracted())
    if "--check" in sys.argv[1:]:
        current = TEMPLATE.exists() and TEMPLATE.read_text(encoding="utf-8") == text
        sys.exit(0 if current else f"{TEMPLATE.name} is out of date: make translations")
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(text, encoding="utf-8")
    print(f"{TEMPLATE.relative_to(ROOT)}: {text.count('<source>')} texts")


if __name__ == "__main__":
    main()
