"""Qt item models: projections of a session."""
