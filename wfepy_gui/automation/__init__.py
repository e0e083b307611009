"""What starts passes, and asks what a pass would do.

scheduler           starts the passes of timers, for the open instance and for others
timers, countdown   the timer of each instance; when it is due, whatever the clocks do
open_timer          the timer of the instance that is open
timed_instances     looks at instances that have a timer, in a pool thread
pass_sequence       passes that follow one another: until nothing moves, or when it is free
preflight_query     what an advance would do now, asked in a child process
"""
