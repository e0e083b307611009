"""The context as a tree of typed values that can be edited.

`tree_model` is the model for Qt, over `merging_tree` (which keeps what is expanded when the context
changes), `node` (what is a member of what) and `cells` (columns, and what stands in them). `value_types`
says which kinds of value there are, `value_text` how each is typed: a new kind is a row in the tables of
both, and in those of `views/context/value_editors.py`. `operations` are changes as pure functions;
`staging` makes them pending. `diff` says what differs, also in words, `search` finds, `json_text` and
`json_positions` are the context as text.
"""
