"""State files and what guards them: codec, atomic saves, journal, lock, legacy import."""
