"""The evidence bundle: its manifest, its signature, and the one-file verifier that travels inside it."""
