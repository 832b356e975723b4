"""Terraform's built-in functions; importing this fills the table."""

from tapeproof.gate.engine.evaluator.functions import (  # noqa: F401 - importing a module registers its functions
    conversion,
    dates,
    encoding,
    filesystem,
    formatting,
    hashing,
    mappings,
    network,
    numbers,
    opentofu,
    providers,
    sequences,
    sets,
    strings,
    yaml_writer,
)
from tapeproof.gate.engine.evaluator.functions.registry import FUNCTIONS, Invocation, invoke

__all__ = ["FUNCTIONS", "Invocation", "invoke"]
