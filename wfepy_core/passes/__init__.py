"""Passes: one over one state file, many over a fleet, and tasks side by side.

single_pass      `run_pass`: lock, read, load the module, run, journal, save
pass_runner      the runner of a pass: no task ends it, and none keeps the others back
pass_recorder    writes a pass into the journal while it runs
context_tracker  which keys of the context a task changed
task_output      what tasks print, to where it always went and into the output file
named_lines      lines of tasks in the log of a folder: when, and whose they are
parallel         tasks of one wave side by side on an executor
fleet            many instances: found, summed up, advanced
fleet_outcome    one pass of a fleet, with its errors as part of the outcome
own_workers      worker processes on this machine: started, watched, replaced, ended
worker           what runs in such a process
foreign_workers  passes on an executor somebody else has, a Dask cluster
supervisor       the time limit of a single pass
time_limit       what is told of a pass that its time limit has ended
process_tree     what a pass has started: found, and ended with it
process_guard    when the process of a pass must end
process_settings, library_settings
                 what tasks change in a process, and is put back before the next instance
"""
