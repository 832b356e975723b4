"""``tapeproof gate catalogs``, ``new`` and ``test``: policies from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["configure_catalogs", "configure_new", "configure_test"]

_LEAST_NOTICED = 80


def configure_catalogs(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate catalogs``."""
    parser.description = (
        "Say of each catalogue in .tapeproof.yaml what its digest is, whether it is pinned, and whether it holds code. "
        "A catalogue with rules in Python is code that runs with your rights."
    )
    parser.add_argument("--fetch", action="store_true", help="ask git for catalogues that are not here")
    parser.add_argument("--trust", action="store_true", help="let pinned catalogues of code run on this machine")
    parser.set_defaults(run=_list)


def configure_new(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate new``."""
    parser.description = "Write a policy with a rule and examples to be changed; it passes its own test as it is."
    parser.add_argument("policy", metavar="ID", help="its id, such as ACME_SQS_1")
    parser.add_argument("--catalog", metavar="DIR", type=Path, default=Path("policies"), help="default: policies")
    parser.add_argument("--yaml", action="store_true", help="checks of attributes in policy.yaml instead of Python")
    parser.set_defaults(run=_begin)


def configure_test(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tapeproof gate test``."""
    parser.description = "Run the examples of every policy in a catalogue, then again with one fault in its rule."
    parser.epilog = "The rules of the catalogue are code, and this runs them."
    parser.add_argument("catalog", metavar="DIR", type=Path, help="a folder of policies, or of one")
    parser.add_argument(
        "--least",
        metavar="PERCENT",
        type=int,
        default=_LEAST_NOTICED,
        help=f"how many of the faults the examples must notice (default: {_LEAST_NOTICED})",
    )
    parser.set_defaults(run=_test)


def _list(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.catalogs.listing import list_catalogs  # noqa: PLC0415 - a help text needs no catalogue

    return list_catalogs(fetching=arguments.fetch, trusting=arguments.trust)


def _begin(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.catalogs.beginning import begin_policy  # noqa: PLC0415 - as above

    folder = begin_policy(arguments.policy, arguments.catalog, as_data=arguments.yaml)
    sys.stdout.write(f"wrote {folder}: change it, then run `tapeproof gate test {arguments.catalog}`\n")
    return 0


def _test(arguments: argparse.Namespace) -> int:
    from tapeproof.gate.catalogs.testing import try_catalog  # noqa: PLC0415 - as above

    return try_catalog(arguments.catalog, arguments.least)
