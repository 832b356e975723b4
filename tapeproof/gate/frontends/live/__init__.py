"""The live front end: what an AWS account holds, read and never written, as the model that the rules judge."""

from tapeproof.gate.frontends.live.reader import read

__all__ = ["read"]
