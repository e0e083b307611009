"""Answers about a snapshot, for a person. Pure: no files, no user code.

why            why an instance, or one task, does not move: one sentence, causes, conditions
cause_tree     what each task waits for, down to what nobody else holds up
consequences   what completing, skipping or retrying a task would do
preflight      which tasks an advance would call now, and what would follow
event_text     an event of the journal in words
stands_at      where an instance stands, in a few words for a list
sentences      the clauses of which the answers are made
facts          one snapshot at one moment, with what several clauses need; how moments are written
analysis       what follows from a snapshot, whatever the time; computed once
list_text      lists that are cut: `a, b and 3 more`
"""
