"""The audit log's command: verify, export, prove, pin, drill, prune."""
