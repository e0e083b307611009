"""State files and what guards them: the codec of values, atomic saves, the journal, the lock.

file_names           how the files of one instance are named
state_file           read a state file with its journal, list its head, save it
state_document       one state file as read: its members, taken apart when asked for
state_head           the first line of a state file, without a JSON parser
state_serialization  the text of a state file, member by member
head_validation      the same of the first line
state_validation     whether its members make sense, and the values made of them
locked_state         a state file and its journal under the lock of this process
state_edit           the one door for interventions: lock, read, check, journal, save
state_creation       the files of an instance that begins
leftovers            what an earlier instance of the same name left, set aside
conflict             a state file that somebody saved in spite of the lock: both versions are kept
sandbox              copies of an instance to try things on
journal              the journal as events: what is newer than the state file
segments             the history: closed parts of the journal, compressed, and the open one
moments              an instance as it was, at any generation or time
outside_changes      what somebody changed in a state file with an editor or `jq`
versions             whole versions of an instance inside the journal
journal_lines        the journal as lines: each is there whole, or not at all
reserved_room        room on the disk, kept while a task runs for what it leaves behind
output_file          what tasks print, kept line by line
output_lines         the same, read
lock                 one pass or edit at a time; who holds an instance
lock_text            what a lock file says: the holder, the last pass, polls that changed nothing
lock_file            how its file is opened, and the mark by which others see that it is held
lock_refusal         what is said to who is turned away by a lock
lock_recovery        locks whose holder is gone, or has lost the file by which it holds them
patience             waiting for what somebody else holds
atomic_file          replace a file so that the old or the new one is there, whole
sidecars             what lies beside a state file is as private as it
file_access          files opened with care, and what the operating system refused in one sentence
codec                context values as JSON and back; registered classes
codec_tags           the grammar of `$tag` values: one row for each tag
codec_encoding, codec_decoding
a function for each class, and for each tag
codec_aliases        objects that stand in two places: written once, and referred to
codec_classes        how enumerations, dataclasses, named tuples and pydantic models are written
codec_values         single values of the standard library: dates, decimals, paths
codec_preview        words and short text for encoded values, without decoding
codec_refusal        what cannot be saved or read, by path
iso_time             microseconds as ISO 8601 text
legacy/              dumps of wfepy 0.1.1, read as data
"""
