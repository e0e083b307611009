"""Workflow modules: importing them, telling their mistakes, their fingerprints and drift."""
