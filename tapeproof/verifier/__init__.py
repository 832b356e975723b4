"""The verifier: reads an exported log and believes nothing that it has not recomputed. Standard library only."""
