"""Layout by Graphviz, in a process with a time limit."""
