"""What each command does, and when it may."""
