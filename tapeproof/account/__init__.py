"""Reads a live account: every call is made once, and its answer is kept as AWS gave it."""
