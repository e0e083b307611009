"""Pictures of a workflow, without Qt.

image          a picture as a file, in any format; written whole or not at all
picture        what a picture shows
page           the one picture of SVG, PNG and PDF: title, graph, legend, time stamp
canvas         the marks a page consists of; `svg` and `xdot` (PNG, PDF by Graphviz) write them
legend         what colours, lines and marks mean
dot, mermaid   the same as text for other programs, which lay it out themselves
palette        colours, icons and line styles, for the desktop too
node_shape     measures of nodes and pills; how wide text is without a font
layout         where everything goes: by `graphviz`, in a process of its own, else by `layered`, our own
placement      what a layout results in; `edge_paths` are its transitions
printable_text the characters that a picture can carry
"""
