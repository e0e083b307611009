"""What is known of the tasks of an instance, and why it does not move.

`headline` says it in a sentence over the graph, `why_panel` in full, `inspector` has the facts of a task
and leads to `why_panel` and `error_panel`; `preflight_panel` says what an advance would do, also with
other values (`what_if_values`); `task_panel` is the table of all tasks. `row_tree` and `facts_form` are
parts of these.
"""
