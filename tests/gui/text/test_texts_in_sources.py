"""Texts in the sources: none is shown without a translator, and each stands where `lupdate` finds it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.gui.text.test_translations import SAME

ROOT = Path(__file__).parents[3]

SHOWING = {
    "info", "warning", "error", "setText", "setToolTip", "setStatusTip", "setAccessibleName",
    "setWindowTitle", "setAccessibleDescription", "setPlaceholderText", "setTitle", "addAction",
    "addTab", "showMessage", "Row",
    "section", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "FileState", "Question", "refuse",
}  # fmt: skip


def bare_literals(source):
    """Literal texts with words that code gives to what shows them, without a translator."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or ast.unparse(call.func).startswith("LOG."):
            continue  # a log is for those who mend the program
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = [*call.args, *(keyword.value for keyword in call.keywords)] if name in SHOWING else []
        for argument in given:
            pieces = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            texts = [
                each.value
                for each in pieces
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            if re.search(r"[A-Za-z]{3,}", SAME.sub("", " ".join(texts))):
                yield f"line {call.lineno}: {name}({ast.unparse(argument)})"


def test_no_text_is_shown_without_a_translator():
    paths = sorted((ROOT / "wfepy_gui").rglob("*.py"))
    assert [f"{path.name}, {one}" for path in paths for one in bare_literals(path.read_text("utf-8"))] == []


def test_a_text_without_a_translator_is_found():
    assert list(bare_literals('self.label.setText(f"{count} tasks")')) != []
    assert list(bare_literals('self.label.setText(self.tr("tasks"))')) == []


def test_every_text_stands_where_lupdate_finds_it():
    """It reads calls whose argument is one literal, and nothing within f-strings."""
    unseen = []
    for path in sorted((ROOT / "wfepy_gui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        hidden = [
            call for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for call in ast.walk(text)
        ]
        forked = [call for call in ast.walk(tree) if is_tr(call) and isinstance(call.args[0], ast.IfExp)]
        calls = [call for call in hidden if is_tr(call) and isinstance(call.args[0], ast.Constant)] + forked
        unseen += [f"{path.name}, line {call.lineno}: {ast.unparse(call)}" for call in calls]

    assert unseen == []


def is_tr(node):
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return name in ("tr", "QT_TR_NOOP")
