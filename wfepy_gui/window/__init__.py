"""The main window: its docks, actions, panels and keyboard focus."""
