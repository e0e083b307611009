"""Why, preflight, consequences and sources, as rows and sentences.

`why_rows`, `preflight_rows`, `intervention_plan` and `backup_comparison` make the rows (`rows`) of the
panel or question of that name; `task_facts` is what inspector and headline say; `condition_source` and
`source_view` read modules as text, and run nothing; `command_lines` says what an operator does as
commands for a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.lazy_package import load_on_use

if TYPE_CHECKING:
    from wfepy_gui.models.explanations import backup_comparison as backup_comparison
    from wfepy_gui.models.explanations import command_lines as command_lines
    from wfepy_gui.models.explanations import intervention_plan as intervention_plan
    from wfepy_gui.models.explanations import why_rows as why_rows

__getattr__ = load_on_use(
    __name__,
    {
        "backup_comparison": "backup_comparison",
        "command_lines": "command_lines",
        "intervention_plan": "intervention_plan",
        "why_rows": "why_rows",
    },
)
