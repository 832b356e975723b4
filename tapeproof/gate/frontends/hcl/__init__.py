"""The front end for Terraform source: HCL and JSON syntax, read with python-hcl2."""
