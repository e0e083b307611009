"""The instance that is open: what is known of it, and what the operator does to it.

session                   the only owner of its state; all views are projections of it
shown_instance            the part of it that views read
live_pass, event_feed     a pass of it that runs here, burst by burst
kept_output               what its tasks print, whoever runs the pass
file_reader               state file and journal, read in a pool when they change
file_watcher, file_probe  notices changes of the file; what can be known without reading it
file_health               what is the matter with the file, and the way out
editing                   pending changes: staged, saved, kept when others save
pending_changes, merge, context_difference   their values: no Qt
instance_view             a snapshot with what is derived from it
drift_mapping, failure_notice   a changed module; a pass that failed, in one notice
"""
