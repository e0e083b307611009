"""What passes print (`output_panel`), that they run (`pass_strip`), and when they start by themselves.

`timer_dialog` sets the timer of one instance, `timer_list` shows all.
"""
