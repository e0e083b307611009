"""One open instance: its session, edits, merge, file and event feed."""
