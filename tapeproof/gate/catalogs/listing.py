"""What `tapeproof gate catalogs` does: say what the settings' catalogues are, fetch them, and let them run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.catalogs.locating import locate
from tapeproof.gate.catalogs.trust import is_trusted, trust_catalog
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import GateError
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.engine.settings import FILE_NAME, load_settings
from tapeproof.terminal import escape_text

if TYPE_CHECKING:
    from tapeproof.gate.catalogs.locating import Located
    from tapeproof.gate.engine.catalog_source import CatalogSource

__all__ = ["list_catalogs"]

_EXIT_NOT_USABLE = 2


def list_catalogs(*, fetching: bool, trusting: bool) -> int:
    """Say of each catalogue that the settings name whether it is here, pinned and trusted.

    Args:
        fetching: Whether git may be asked for those that are not here.
        trusting: Whether the user lets those run that are pinned and are as they were pinned.

    Returns:
        0; 2 when one of them cannot be used.

    Raises:
        GateError: The settings cannot be read.
    """
    sources = load_settings(Path(), Documents()).catalogs
    if not sources:
        sys.stdout.write(f"no catalogues: {FILE_NAME} names none\n")
        return 0
    usable = [_list_catalog(source, fetching=fetching, trusting=trusting) for source in sources]
    return 0 if all(usable) else _EXIT_NOT_USABLE


def _list_catalog(source: CatalogSource, *, fetching: bool, trusting: bool) -> bool:
    """Say what one catalogue is, and return whether it can be used."""
    try:
        found = locate(source, fetching=fetching)
        policies = catalog([found.folder])
    except GateError as error:
        sys.stdout.write(f"{escape_text(str(source))}\n  not usable: {error.diagnostics()}\n")
        return False
    pinned = found.digest == source.digest
    if trusting and pinned and found.code and not is_trusted(found.digest):
        sys.stdout.write(f"{escape_text(str(source))}: trusted from now on, in {trust_catalog(found.digest)}\n")
    names = ", ".join(policy.id for policy in policies)
    lines = [
        str(source),
        f"  digest    {found.digest}",
        f"  pinned    {_describe_pin(source, pinned=pinned)}",
        f"  rules     {_describe_rules(found)}",
        f"  policies  {len(policies)}: {names}",
    ]
    sys.stdout.write("".join(f"{escape_text(line)}\n" for line in lines))
    return pinned and (not found.code or is_trusted(found.digest))


def _describe_pin(source: CatalogSource, *, pinned: bool) -> str:
    if pinned:
        return "yes"
    return f"no: {source.digest} is, which is another" if source.digest else f"no: add its digest to {FILE_NAME}"


def _describe_rules(found: Located) -> str:
    if not found.code:
        return "data only; nothing of it is run"
    if is_trusted(found.digest):
        return "code, which runs with your rights; trusted"
    return "code, which would run with your rights; not trusted, so it does not run: read it, then use --trust"
