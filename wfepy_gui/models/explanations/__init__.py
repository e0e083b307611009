"""Why, preflight, consequences and sources, as rows and sentences."""
