"""What is remembered from one start to the next.

settings      one readable ini file, typed
trust         which code would run
interpreters  which Python runs a workflow
timer_plan    what a timer was asked for
"""
