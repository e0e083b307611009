"""Pickles of wfepy 0.1.1, read as data and never unpickled."""
