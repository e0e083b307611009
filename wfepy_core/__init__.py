"""Long-running, file-based workflows in plain Python."""
