"""How a status looks: the only place of the desktop that knows; the colours come from the core's palette."""

from wfepy_gui.theme.look import Look, StatusLook
from wfepy_gui.theme.theme import SchemeChoice, Theme

__all__ = ["Look", "SchemeChoice", "StatusLook", "Theme"]
