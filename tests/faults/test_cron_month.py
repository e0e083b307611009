"""Some simulated days of cron, with kills, full disks, edits and deployments: nothing is missing after."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "cron_month.py"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's count of bytes is Linux's")
@pytest.mark.parametrize("seed", [2, 5])
def test_after_days_of_cron_the_histories_tell_everything(seed):
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), "--days", "8", "--instances", "8", "--seed", str(seed)],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "missing: 0" in ended.stdout
