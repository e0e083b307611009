"""Changes that are not saved yet: `pending_bar` says that there are, `pending_panel` which.

`merge_dialog` is for changes that others saved meanwhile.
"""
