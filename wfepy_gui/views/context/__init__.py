"""Showing and editing the context.

`context_panel` has the tree (`tree_view`, `delegate`, `value_editors`), the selected value in full
(`value_pane`), and the whole as JSON (`json_pane`, over `json_editor`, `json_highlighter` and
`chunked_text`, which puts in long texts piece by piece). `new_value_dialog` asks for a new value.
"""
