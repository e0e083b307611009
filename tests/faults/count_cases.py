"""Counts the faults that each test really injects; `docs/reliability.md` has the table.

python -m pytest tests/faults -p tests.faults.count_cases -p no:randomly
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from tests.faults.harness import Faults

if TYPE_CHECKING:
    from typing import Any

    import pytest

_injected: Counter[str] = Counter()
_run_case = Faults.run_case


def _counted(faults: Faults, *arguments: Any, **options: Any) -> Any:
    """Run a case; it counts if a fault was met (the last one of a series, past the end, meets none)."""
    answer = _run_case(faults, *arguments, **options)
    case = answer[0]
    if case.what == "full" or (case.call and case.what != "none"):
        test = os.environ["PYTEST_CURRENT_TEST"].split(" ")[0]
        _injected[test.rpartition("/")[2].partition("[")[0]] += 1
    return answer


def pytest_configure() -> None:
    """Begin to count."""
    Faults.run_case = _counted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one line a test, then the sum."""
    terminalreporter.section("faults injected")
    for test, count in _injected.items():
        terminalreporter.write_line(f"{count:5}  {test}")
    terminalreporter.write_line(f"{_injected.total():5}  in all")
