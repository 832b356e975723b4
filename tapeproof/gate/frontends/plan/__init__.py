"""The plan front end: what ``terraform show -json`` says will exist, as the model that the rules judge."""

from tapeproof.gate.frontends.plan.reader import read

__all__ = ["read"]
