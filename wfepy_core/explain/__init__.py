"""Pure answers about a snapshot: why it does not move, what an advance or an intervention would do."""
