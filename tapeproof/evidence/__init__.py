"""Collects evidence: what was asked, of whom, when, and the bytes that came back."""
