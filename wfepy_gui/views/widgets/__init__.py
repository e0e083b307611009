"""The shelf of small widgets and helps for widgets that several views use.

`search_bar` (next and previous hit), `filter_line`, `empty_state` (why a list is empty),
`wrapped_text`; `refresher` decides when a panel asks anew; `labels` and
`keyboard_focus` are about texts, screen readers and the Tab key; `one_shot` is how a dialog begins.
"""
