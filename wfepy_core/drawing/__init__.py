"""Pictures of a workflow: layout, DOT, images, Mermaid."""
