"""The desktop application of the operators."""

import os
import sys

# `python -m wfepy_gui` searches the working directory first, so that an argparse.py or a PySide6.py beside
# state files would run, even if those files are only looked at. As in `wfepy_core`, which cannot be asked to
# do it: it would be looked for there, too. A checkout in the working directory is there on purpose.
if (
    sys.argv[:1] == ["-m"]
    and "wfepy_gui" in sys.orig_argv
    and not sys.flags.safe_path
    and os.path.dirname(__path__[0]) != sys.path[0]
):
    del sys.path[0]
