"""`python -m wfepy_core`, the same as `wfepy`."""

from __future__ import annotations

import sys

from wfepy_core.cli import main

# Worker processes import the main module again, under another name.
if __name__ == "__main__":
    sys.exit(main())
