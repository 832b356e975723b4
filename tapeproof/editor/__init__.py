"""The gate in an editor: what is found while somebody types, before anything is saved."""
