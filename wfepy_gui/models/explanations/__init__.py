"""Why, preflight, consequences and sources, as rows and sentences."""

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
