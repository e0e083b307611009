"""Questions that are asked once. Each `open`s, never blocks, and emits what was decided.

All begin with `views.widgets.one_shot.make_one_shot`. `confirmation` and `tokens_dialog` show consequences
before an intervention, `migration_dialog` before a move to a changed module; `new_instance_dialog`,
`interpreter_dialog` and `file_dialog` say in their name what they ask. `command_palette` finds commands,
`about` has the shortcuts as well.
"""
