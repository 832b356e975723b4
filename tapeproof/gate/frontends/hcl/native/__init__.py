"""HCL native syntax, read straight into the evaluator's nodes, where a text is written as nearly all are."""
