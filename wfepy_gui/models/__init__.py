"""What lists and trees show: projections of the session without a widget.

`fleet_table`, `task_table`, `journal_table` and `pending_table` are tables over `rows_model`, which has
what they have in common; to add a column, add it to the enum and the headings of one of them, and say in
`_cell` (or the `_text` and `_sort_value` that it asks) what it shows and is sorted by. `context/` is the
context as a tree of typed values; `explanations/` turns the core's answers into rows and sentences.
`node_badges` and `stuck_ages` say what the graph shows beside a task.
"""
