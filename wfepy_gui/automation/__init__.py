"""What starts passes: sequences, timers, the scheduler; and the question what a pass would call."""
