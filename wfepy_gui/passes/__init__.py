"""Passes that run here, each in a process of its own.

running_passes  starts them, knows which run, never two of one file
pass_process    one pass: events come as values, output as bytes
pass_outcome    how a pass ended, typed and in words
pass_summary    what it did so far, counted from its events
"""
