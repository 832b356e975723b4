"""The policy gate: rules as code, one engine, several front ends."""
