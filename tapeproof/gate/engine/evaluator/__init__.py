"""The partial evaluator: Terraform expressions to values that are known, or say why they are not."""
