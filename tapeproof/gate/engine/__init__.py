"""The gate's engine: the model every front end builds, the rules' protocol, and the runner that judges."""
