"""Words on screen.

`translation` translates, and counts lengths of time; `time_format` writes moments as the operator chose;
`secrets` knows which values of a context are dots, and takes them out of other texts; `command_text`
names commands; `output_text` is what tasks print; `plain_tip` bounds texts of others, and keeps tool tips
plain.
"""
