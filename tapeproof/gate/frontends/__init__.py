"""Front ends: each reads one kind of input and builds the same model."""
