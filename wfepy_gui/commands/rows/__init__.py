"""The rows of the table of commands, a file a menu."""
