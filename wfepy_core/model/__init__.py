"""What an instance is, and how it changes. Pure: no files, no user code, no clock but in `actor`.

status           enums: states of tokens, statuses on screen, kinds of interventions, durability
topology         the shape of a graph: who follows whom, loops, what can be reached
graph            the graph as a state file carries it: tasks and transitions with labels and conditions;
                 a cache by identity for what follows from it
records          what is remembered of every task: attempts, times, reasons, errors
events           what happens to an instance, as values and as lines of the journal
stepping         the rules for tokens; when a join point fires
snapshot         an instance at one moment, and what events make of it
derived_status   the statuses a person is shown, derived from tokens and records
summary          what a list of many instances needs to know of one
live_snapshot    a snapshot that follows the events of a running pass, at the cost of what changed
json_values      equality of values in JSON form, and the strict parser
actor            who does something: user, host, process, moment
"""
