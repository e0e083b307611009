"""Graphviz, in a process of its own with a time limit.

protocol  what is said to that process, and what it answers, for those who start it
process   the process: where Graphviz puts nodes and edges, or its picture
engine    the Graphviz there is: the program `dot`, or the wheel of pygraphviz
"""
