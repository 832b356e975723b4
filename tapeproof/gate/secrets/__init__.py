"""Secrets in text: what they look like, what they are called, and how they are kept out of every output."""
