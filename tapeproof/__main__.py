"""Run the command as ``python -m tapeproof``."""

from tapeproof.cli import run

run()
