"""The layered placement of our own: drawn at once, and where Graphviz is missing."""
