"""Questions that are asked once. Each `open`s, never blocks, and emits what was decided.

All begin with `views.widgets.one_shot.make_one_shot`. `confirmation` and `tokens_dialog` show consequences
before an intervention, `migration_dialog` before a move to a changed module; the others say in their name
what they ask.
"""
