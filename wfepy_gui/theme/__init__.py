"""How a status looks: the only place of the desktop that knows; the colours come from the core's palette.

theme               light or dark
look                the palette as Qt's colours, pens and fonts
icons, status_icons   its icons; those of statuses in lists
json_look           colours of JSON text
outlines            borders that can be seen
"""

from wfepy_gui.theme.look import Look, StatusLook
from wfepy_gui.theme.theme import SchemeChoice, Theme

__all__ = ["Look", "SchemeChoice", "StatusLook", "Theme"]
