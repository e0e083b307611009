"""What an instance is: statuses, records, events, tokens, snapshots and the graph. Pure, without files."""
