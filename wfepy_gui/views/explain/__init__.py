"""What is known of the tasks of an instance, and why it does not move."""
