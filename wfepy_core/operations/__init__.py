"""What is done to instances from outside a pass.

create         start an instance, or go on with one of wfepy 0.1.1
interventions  complete, skip, retry, edit the context, place tokens
context_path   places in a context by path: `builds[3].name`
differences    what differs between two instances, in words
migration      move an instance to its changed module
restore        go back to the previous version of a state file, or to any moment
prune          let go of old history
runner_files   `Runner.load` and `Runner.dump`
render_graph   `render_graph`, as in wfepy
"""
