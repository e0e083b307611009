"""The main window and what it is put together from; it knows no command by name but those it places itself.

main_window     the window: panels, docks, menus; hands intents on, shows facts
panel_registry  every panel: its name, its caption, how it is made
dock_layout     where docks stand first, and where the operator left them
lazy_dock       a panel, and a dock, that are made when somebody looks
action_table    rows made into actions; the only place where actions are enabled
command_ids     the names of commands and menus
services        the long-lived objects that windows and commands are given
screenshot      a picture of the window for `--screenshot`; loaded when one is wanted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.lazy_package import load_on_use

if TYPE_CHECKING:
    from wfepy_gui.window.screenshot import Screenshot as Screenshot

__getattr__ = load_on_use(__name__, {"Screenshot": "screenshot"})
