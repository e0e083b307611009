"""What happened: the journal as history."""
