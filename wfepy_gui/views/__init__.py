"""Everything that is drawn. Widgets show what models and the session hold, and hand intents on as signals.

    graph/      the picture: scene, items, view, search, filter, map, export
    explain/    one task and why it does not move: headline, table of tasks, inspector, why, error, preflight
    context/    the context as a tree and as JSON, to edit
    pending/    changes that are not saved yet, and merging them
    passes/     a running pass: its strip, its output; timers
    time/       the history
    fleet/      many instances, and what to open
    notices/    the newest notice, and all of them
    dialogs/    questions and forms that open over the window
    widgets/    small widgets that several views use

Who makes panels and dialogs asks for them here, as `views.TrustDialog`; each is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.lazy_package import load_on_use

if TYPE_CHECKING:
    from wfepy_gui.views.context.context_panel import ContextPanel as ContextPanel
    from wfepy_gui.views.dialogs.about import About as About
    from wfepy_gui.views.dialogs.about import ShortcutSheet as ShortcutSheet
    from wfepy_gui.views.dialogs.command_palette import CommandPalette as CommandPalette
    from wfepy_gui.views.dialogs.confirmation import Confirmation as Confirmation
    from wfepy_gui.views.dialogs.confirmation import ConfirmationRequest as ConfirmationRequest
    from wfepy_gui.views.dialogs.confirmation import DiscardDialog as DiscardDialog
    from wfepy_gui.views.dialogs.confirmation import TrustDialog as TrustDialog
    from wfepy_gui.views.dialogs.file_dialog import FileDialog as FileDialog
    from wfepy_gui.views.dialogs.interpreter_dialog import InterpreterDialog as InterpreterDialog
    from wfepy_gui.views.dialogs.migration_dialog import MigrationDialog as MigrationDialog
    from wfepy_gui.views.dialogs.new_instance_dialog import ImportDialog as ImportDialog
    from wfepy_gui.views.dialogs.new_instance_dialog import NewInstanceDialog as NewInstanceDialog
    from wfepy_gui.views.dialogs.tokens_dialog import TokensDialog as TokensDialog
    from wfepy_gui.views.explain.error_panel import ErrorPanel as ErrorPanel
    from wfepy_gui.views.explain.headline import Headline as Headline
    from wfepy_gui.views.explain.inspector import Inspector as Inspector
    from wfepy_gui.views.explain.preflight_panel import PreflightPanel as PreflightPanel
    from wfepy_gui.views.explain.task_panel import TaskPanel as TaskPanel
    from wfepy_gui.views.explain.why_panel import WhyPanel as WhyPanel
    from wfepy_gui.views.fleet.fleet_panel import FleetPanel as FleetPanel
    from wfepy_gui.views.fleet.welcome import Welcome as Welcome
    from wfepy_gui.views.graph.export_dialog import ExportChoice as ExportChoice
    from wfepy_gui.views.graph.export_dialog import ExportDialog as ExportDialog
    from wfepy_gui.views.graph.graph_panel import GraphPanel as GraphPanel
    from wfepy_gui.views.graph.minimap import Minimap as Minimap
    from wfepy_gui.views.graph.printing import PrintPreview as PrintPreview
    from wfepy_gui.views.notices.notice_bar import NoticeBar as NoticeBar
    from wfepy_gui.views.notices.notice_list import NoticeList as NoticeList
    from wfepy_gui.views.passes.output_panel import OutputPanel as OutputPanel
    from wfepy_gui.views.passes.timer_dialog import TimerDialog as TimerDialog
    from wfepy_gui.views.passes.timer_list import TimerList as TimerList
    from wfepy_gui.views.pending.merge_dialog import MergeDialog as MergeDialog
    from wfepy_gui.views.pending.pending_bar import PendingBar as PendingBar
    from wfepy_gui.views.pending.pending_panel import PendingPanel as PendingPanel
    from wfepy_gui.views.time.journal_panel import JournalPanel as JournalPanel

__getattr__ = load_on_use(
    __name__,
    {
        "ContextPanel": "context.context_panel",
        "About": "dialogs.about",
        "ShortcutSheet": "dialogs.about",
        "CommandPalette": "dialogs.command_palette",
        "Confirmation": "dialogs.confirmation",
        "ConfirmationRequest": "dialogs.confirmation",
        "DiscardDialog": "dialogs.confirmation",
        "FileDialog": "dialogs.file_dialog",
        "InterpreterDialog": "dialogs.interpreter_dialog",
        "MigrationDialog": "dialogs.migration_dialog",
        "ImportDialog": "dialogs.new_instance_dialog",
        "NewInstanceDialog": "dialogs.new_instance_dialog",
        "TokensDialog": "dialogs.tokens_dialog",
        "TrustDialog": "dialogs.confirmation",
        "ErrorPanel": "explain.error_panel",
        "Headline": "explain.headline",
        "Inspector": "explain.inspector",
        "PreflightPanel": "explain.preflight_panel",
        "TaskPanel": "explain.task_panel",
        "WhyPanel": "explain.why_panel",
        "FleetPanel": "fleet.fleet_panel",
        "Welcome": "fleet.welcome",
        "ExportChoice": "graph.export_dialog",
        "ExportDialog": "graph.export_dialog",
        "GraphPanel": "graph.graph_panel",
        "Minimap": "graph.minimap",
        "PrintPreview": "graph.printing",
        "NoticeBar": "notices.notice_bar",
        "NoticeList": "notices.notice_list",
        "OutputPanel": "passes.output_panel",
        "TimerDialog": "passes.timer_dialog",
        "TimerList": "passes.timer_list",
        "MergeDialog": "pending.merge_dialog",
        "PendingBar": "pending.pending_bar",
        "PendingPanel": "pending.pending_panel",
        "JournalPanel": "time.journal_panel",
    },
)
