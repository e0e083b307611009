"""Showing and editing the context."""
