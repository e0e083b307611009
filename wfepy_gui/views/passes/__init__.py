"""What tasks print (`output_panel`, `output_view`), the running pass (`pass_strip`), and timers.

`timer_dialog` sets the timer of one instance, `timer_list` shows all.
"""
