"""The graph: scene, items, view, export."""
