"""The audit log: hash-chained entries, one Merkle tree, signed checkpoints. Standard library only."""
