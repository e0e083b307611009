"""Workflow modules: importing them, and whether they still fit their instances.

loader         imports modules by file or dotted name, with errors that say what to correct
code_files     which files a workflow's code consists of, found without running it
source_import  imports of these files: from their source, and each name to whom it belongs
by_path        names for modules whose plain name belongs to another
agreement      which code may run, where somebody was asked
source_file    one file, read once: its hash, its imports, its code
code_cache     what was found in a text before, by its hash
import_path    what workflows put on the import path, one at a time
lost_tasks     tasks that a later definition of their name has replaced
fingerprint    fingerprints of source text and of graphs
drift          what changed since an instance was started, and the way out
"""
