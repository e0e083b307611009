"""Child processes, timers and watchers."""
