"""Words on screen.

`translation` translates, and counts lengths of time; `time_format` writes moments as the operator chose;
`secrets` knows which values of a context are dots, and takes them out of other texts; `command_text`
names commands; `output_text` is what tasks print; `bounded_text` cuts what is too long to be shown,
`plain_tip` lets nothing in a tool tip be markup.
"""
