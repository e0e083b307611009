"""The layered placement of our own: shown until Graphviz has answered, and where it is missing.

place   the placement, put together of the following
ranks   the rank of each task, from above to below
order   the order inside the ranks, and where everything stands side by side
routes  the paths of transitions around nodes
"""
