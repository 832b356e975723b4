"""What the rules know of AWS: ARNs, event patterns, alarms, queues and names, with tables of facts in ``data/``."""
