"""What each command does, and when it may.

rows/                   every command in one row, a file a menu
command_row             what a row is made of; `Handlers`, the objects below that do what commands say
availability            facts -> why each command may not be used now; facts, rules: what that is made of
fact_collector          collects the facts, lets the actions follow; intervention_fit asks in the background
file_commands           open, new, import, locate, interpreter; open_paths sorts what is to be opened
context_commands        edit the context; apply, discard, merge what is pending
pass_commands           advance, cancel, output; timer_commands, migration_commands
intervention_commands   why, preflight, complete, skip, retry, tokens, restore, fork
graph_commands          find, walk, zoom, leave out; graph_export: pictures
view_commands           colours, times, lists of notices and commands
close_guard             what closing would lose or end; session_restore: what was open at the last close
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.lazy_package import load_on_use

if TYPE_CHECKING:
    from wfepy_gui.commands.graph_export import GraphExport as GraphExport

__getattr__ = load_on_use(__name__, {"GraphExport": "graph_export"})
