"""How the files of one instance are named: the state file, and what lies beside it."""

from __future__ import annotations

STATE_SUFFIX = ".wfstate"
"""How the names of state files end."""
SANDBOX_SUFFIX = ".sandbox.wfstate"
"""How the names of sandboxes end: seen by everybody, in every listing, without opening the file."""

# What is added to the name of a state file:
BACKUP_SUFFIX = ".bak"
"""for its previous version."""
JOURNAL_SUFFIX = ".journal"
"""for its journal."""
LOCK_SUFFIX = ".lock"
"""for the file that says who holds it."""
NEXT_SUFFIX = ".next"
"""behind that: for a lock file that is about to be put in the place of one whose holder is gone."""
OUTPUT_SUFFIX = ".output"
"""for what its tasks printed."""
SIDECAR_SUFFIXES = BACKUP_SUFFIX, JOURNAL_SUFFIX, LOCK_SUFFIX, OUTPUT_SUFFIX
"""All of them; older journals and outputs have a number besides."""


def is_sandbox(path: str) -> bool:
    """Whether a state file is a sandbox. Whatever runs passes by itself leaves it alone."""
    return path.endswith(SANDBOX_SUFFIX)
