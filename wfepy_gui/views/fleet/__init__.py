"""The start page: many instances, and what to open."""
