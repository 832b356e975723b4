"""Putting findings right in the source, where that takes no judgement."""
