"""Replay, reads, redrive and reconciliation, for any target: an account or the local stack."""
