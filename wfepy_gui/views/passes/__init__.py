"""A running pass: its strip, its output, timers."""
