"""Passes over state files: one, many of a folder, in parallel, and what they record."""
