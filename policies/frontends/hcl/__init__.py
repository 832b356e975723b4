"""The front end for Terraform source: HCL and JSON syntax, read with python-hcl2."""

from policies.frontends.hcl.reader import Reader, read

__all__ = ["Reader", "read"]
