"""Every command of the desktop, a file a menu.

They are `file_menu`, `edit_menu`, `view_menu`, `graph_menu`, `instance_menu` and `help_menu`.
Menus, shortcuts, buttons and the command palette come from these rows.

To add a command: its name in `window.command_ids`, the method of one of the `Handlers` that does it, its row
in the file of its menu here, its rule in `rules` if none of them fits; its line in the guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.commands.rows.edit_menu import EDIT_ROWS
from wfepy_gui.commands.rows.file_menu import FILE_ROWS
from wfepy_gui.commands.rows.graph_menu import GRAPH_ROWS
from wfepy_gui.commands.rows.help_menu import HELP_ROWS
from wfepy_gui.commands.rows.instance_menu import INSTANCE_ROWS
from wfepy_gui.commands.rows.view_menu import VIEW_ROWS

if TYPE_CHECKING:
    from wfepy_gui.commands.command_row import CommandRow

TABLE: tuple[CommandRow, ...] = (
    *FILE_ROWS,
    *EDIT_ROWS,
    *INSTANCE_ROWS,
    *GRAPH_ROWS,
    *VIEW_ROWS,
    *HELP_ROWS,
)
