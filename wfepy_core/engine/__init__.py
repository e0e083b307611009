"""Tasks, workflows and the runner. It knows no state files and no pictures.

task               the decorators, and the tasks and transitions they make
task_result        what a task's return value means
workflow           the graph of tasks of some modules, and what is wrong with it
runner             one pass over one instance in memory
observer           whom a runner calls at every step of a pass
step_log           the steps of a pass as lines for `logging`
error_text         a failure as text: in a line, and with its traceback
graph_description  the graph of a workflow as a state file carries it
code_bytes         the bytes of a file of code: the one place where such files are opened
"""
