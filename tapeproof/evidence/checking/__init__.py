"""Verification of a whole bundle: signature, files, verdicts, reports, and what the reader expects of it."""
