"""Looks into item models, and Qt's own tester of them."""

from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
TOP = QModelIndex()


def texts(model, column, parent=TOP) -> list:
    """What a column shows, from top to bottom."""
    return [model.index(row, column, parent).data() for row in range(model.rowCount(parent))]
