"""Decorators, workflow and runner: one pass in memory, over functions of the user."""
