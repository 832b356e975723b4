"""The parts of ``verify.py``: standard library only, Python 3.9 or later, assembled into one file for the auditor.

Each module here is one section of that file, so names are unique across the package, nothing is imported but the
standard library and the sections above, and nothing newer than Python 3.9 is used.
"""
