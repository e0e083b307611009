"""What happened: `journal_panel` is the history of an instance."""
