"""Workflow modules: importing them, and whether they still fit their instances.

loader       imports modules by file or dotted name, with errors that say what to correct
import_path  what they put on the import path, one workflow at a time
fingerprint  fingerprints of their source and of their graph
drift        what changed since an instance was started, and the way out
"""
