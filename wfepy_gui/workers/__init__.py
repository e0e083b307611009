"""What works beside the GUI thread: child processes and pool threads.

child_process     one command: session of its own, pipes drained, request, terminate, kill
command_process   a `wfepy` command as one value; module_check: `wfepy check`
layout_process    Graphviz for one graph at a time
trust_gate        what asks before code runs, and says what may run to the process that runs it
background_query  a function in a pool thread; an answer that was overtaken is dropped
fleet_scanner     folders of state files, read again when they change
file_stamp, gc_pacing   versions of files; pauses of the collector
"""
