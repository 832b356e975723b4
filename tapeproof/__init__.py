"""The one command; each room brings its own group of subcommands."""

__all__ = ["__version__"]

__version__ = "0.2.0"
