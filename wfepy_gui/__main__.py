"""`python -m wfepy_gui` is `wfepy-gui`."""

import sys

from wfepy_gui.application import main

sys.exit(main())
