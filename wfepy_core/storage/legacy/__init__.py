"""Pickles of wfepy 0.1.1, read as data and never unpickled.

reader   a dump file as the state and the context it holds
machine  walks through its opcodes
values   the few classes they may make
budget   limits of size, depth and number, and what stands for a class or a half-made value
"""
