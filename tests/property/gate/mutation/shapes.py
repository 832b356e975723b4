"""Ways to write a value, so that a gate that only reads literals does not see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.property.gate.mutation.workshop import VAR_FILE, Mutant, Place, Site, Workshop


class Written(NamedTuple):
    """A value as written: what stands at the site, further files, and where the value itself then stands."""

    text: str
    files: dict[Path, str]
    place: Place | None = None


SYSTEM = Path("stack/modules/market_data_system")
"""The root's only module, which calls the others."""

Shape = Callable[[Workshop, Site, str], Written]


def literal(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(bad, {}, Place(str(site.file), site.line))


def parenthesis(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"({bad})", {}, Place(str(site.file), site.line))


def conditional(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"1 + 1 == 2 ? {bad} : null", {}, Place(str(site.file), site.line))


def through_try(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"try({{}}.nothing, {bad})", {}, Place(str(site.file), site.line))


def in_a_for(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"[for hidden in [{bad}] : hidden][0]", {}, Place(str(site.file), site.line))


def in_a_for_over_a_map(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(
        f'{{ for key, hidden in {{ a = {bad} }} : key => hidden }}["a"]', {}, Place(str(site.file), site.line)
    )


def splat(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"one([{{ hidden = {bad} }}][*].hidden)", {}, Place(str(site.file), site.line))


def merged_map(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"merge({{ a = null }}, {{ a = {bad} }}).a", {}, Place(str(site.file), site.line))


def in_json(_workshop: Workshop, site: Site, bad: str) -> Written:
    return Written(f"jsondecode(jsonencode({{ a = {bad} }})).a", {}, Place(str(site.file), site.line))


def in_a_heredoc(_workshop: Workshop, site: Site, bad: str) -> Written:
    text = f"jsondecode(<<-HIDDEN\n  ${{jsonencode({bad})}}\n  HIDDEN\n)"
    return Written(text, {}, Place(str(site.file), site.line + 1))


def local(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated.tf"
    return Written("local.mutated", {file: f"locals {{\n  mutated = {bad}\n}}\n"}, Place(str(file), 2))


def local_of_a_local(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated.tf"
    text = f"locals {{\n  first  = {{ a = [{bad}] }}\n  second = local.first\n  third  = local.second.a\n}}\n"
    return Written("local.third[0]", {file: text}, Place(str(file), 2))


def variable_default(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated.tf"
    return Written("var.mutated", {file: f'variable "mutated" {{\n  default = {bad}\n}}\n'}, Place(str(file), 2))


def optional_attribute(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated.tf"
    text = f'variable "mutated" {{\n  type = object({{\n    a = optional(any, {bad})\n  }})\n  default = {{}}\n}}\n'
    return Written("var.mutated.a", {file: text}, Place(str(file), 3))


def tfvars(workshop: Workshop, site: Site, bad: str) -> Written:
    """Set in the variable file; a module's variable is handed down through its calls."""
    before = workshop.text(VAR_FILE)
    chain = list(dict.fromkeys([Path("stack"), SYSTEM, site.folder]))[: 1 if site.folder == Path("stack") else None]
    files = {folder / "mutated.tf": 'variable "mutated" {}\n' for folder in chain}
    files[VAR_FILE] = f"{before}mutated = {bad}\n"
    for calling, called in pairwise(chain):
        source = re.compile(rf'source\s*= "[^"]*/{called.name}"')
        for caller in calling.glob("*.tf"):
            text, calls = source.subn(lambda found: f"{found[0]}\n  mutated = var.mutated", workshop.text(caller))
            files |= {caller: text} if calls else {}
    return Written("var.mutated", files, Place(str(VAR_FILE), before.count("\n") + 1))


def json_syntax(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated.tf.json"
    escaped = bad.replace("\\", "\\\\").replace('"', '\\"')
    text = f'{{\n  "locals": {{\n    "mutated": "${{{escaped}}}"\n  }}\n}}\n'
    return Written("local.mutated", {file: text}, Place(str(file), 3))


def module_output(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated" / "main.tf"
    call = site.folder / "mutated.tf"
    return Written(
        "module.mutated.hidden",
        {file: f'output "hidden" {{\n  value = {bad}\n}}\n', call: 'module "mutated" {\n  source = "./mutated"\n}\n'},
        Place(str(file), 2),
    )


def module_through_for_each(_workshop: Workshop, site: Site, bad: str) -> Written:
    file = site.folder / "mutated" / "main.tf"
    call = site.folder / "mutated.tf"
    each = f"for_each = {{\n    a = {bad}\n  }}"
    text = f'module "mutated" {{\n  source   = "./mutated"\n  {each}\n  given    = each.value\n}}\n'
    inner = 'variable "given" {}\n\noutput "hidden" {\n  value = var.given\n}\n'
    return Written('module.mutated["a"].hidden', {file: inner, call: text}, Place(str(call), 4))


SHAPES: dict[str, Shape] = {
    "literal": literal,
    "( )": parenthesis,
    "a ? b : c": conditional,
    "try": through_try,
    "[for]": in_a_for,
    "{for}": in_a_for_over_a_map,
    "[*]": splat,
    "merge": merged_map,
    "json": in_json,
    "heredoc": in_a_heredoc,
    "local": local,
    "local²": local_of_a_local,
    "variable": variable_default,
    "optional": optional_attribute,
    ".tfvars": tfvars,
    ".tf.json": json_syntax,
    "module": module_output,
    "module[each]": module_through_for_each,
}


ELSEWHERE = frozenset({"variable", "optional", ".tfvars", "module"})
"""Shapes that move the value to where the site's variables are not."""


class Breach(NamedTuple):
    """A bad value: its name, the policy that must notice, and how it is written."""

    name: str
    policy: str
    bad: str


def mutant(workshop: Workshop, breach: Breach, site: Site, shape: str) -> Mutant:
    """Return the stack with a bad value at a site, written in some shape."""
    name, policy, bad = breach
    written = SHAPES[shape](workshop, site, bad)
    changes = {**workshop.replaced(site, written.text), **written.files}
    assert site.file not in written.files
    places = frozenset({Place(str(site.file), site.line)} if written.place is None else {written.place})
    return Mutant(f"{name} | {shape} | {site.name}", policy, changes, places)
