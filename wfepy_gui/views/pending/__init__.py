"""Changes that are not saved yet, and merging them with a newer file."""
