"""Pass processes: starting, watching and ending them."""
