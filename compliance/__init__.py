"""What auditors read: controls, evidence, reports and the signed bundle."""
