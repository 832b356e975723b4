"""The same stack on this machine: set up, apply, replay, reconcile, tear down."""
