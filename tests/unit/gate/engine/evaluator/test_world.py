"""A root module with its modules: what is called, what is not here, and what goes through a call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator import world as module
from tapeproof.gate.engine.evaluator.configuration import Configuration, configuration
from tapeproof.gate.engine.evaluator.fault import CycleFault, Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.world import Inputs, ModuleNotHereError, World
from tapeproof.gate.engine.model import Known, Ref, Span
from tapeproof.gate.frontends.hcl.parser import parse_hcl, parse_template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT, CHILD = Path("/project"), Path("/project/child")
HERE = Span("main.tf", 1, 1, 1, 9)


class Modules:
    """Modules by their source."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.asked: list[str] = []

    def module(self, source: str, caller: Configuration, address: str, version: str = "") -> Configuration:
        self.asked.append(address)
        if source not in self.texts:
            raise ModuleNotHereError(f"{source} comes from elsewhere")
        folder = ROOT if source == "self" else Path(f"/project/{source}")
        return configuration(folder, source, [(f"{source}.tf", parse_hcl(self.texts[source], f"{source}.tf"))], [])


def world(text: str, modules: Modules) -> World:
    declared = configuration(ROOT, "root", [("main.tf", parse_hcl(text, "main.tf"))], [])
    return World(declared, modules, Inputs({}), Files(ROOT), parse_template)


def local(text: str, **texts: str) -> object:
    return world(text, Modules(texts)).scope.local("it").plain()


DOUBLE = 'variable "n" {}\noutput "twice" { value = var.n * 2 }\n'


@pytest.mark.parametrize(
    ("call", "expression", "answer"),
    [
        ("n = 3", "module.m.twice", 6),
        ("n = 3\ncount = 2", "module.m[1].twice", 6),
        ("n = count.index\ncount = 3", "module.m[*].twice", [0, 2, 4]),
        ("n = 3\ncount = 2", 'module.m["1"].twice', 6),
        ("n = each.value\nfor_each = { a = 1, b = 2 }", 'module.m["b"].twice', 4),
        ("n = each.value\nfor_each = { a = 1, b = 2 }", "{ for k, v in module.m : k => v.twice }", {"a": 2, "b": 4}),
        ("n = 1\ncount = 0", "module.m", []),
    ],
)
def test_outputs_of_a_module_are_those_of_its_instances(call: str, expression: str, answer: object) -> None:
    text = f'module "m" {{\nsource = "double"\n{call}\n}}\nlocals {{\nit = {expression}\n}}\n'
    assert local(text, double=DOUBLE) == answer


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("module.m[2].twice", "module.m has no instance '2'"),
        ("module.m[null].twice", "an index cannot be null"),
        ("module.m[[]].twice", "a tuple where a string is expected"),
        ("module.m[0].nope", "there is no output 'nope'"),
    ],
)
def test_an_instance_that_is_not_there_is_refused(expression: str, why: str) -> None:
    text = f'module "m" {{\nsource = "double"\nn = 1\ncount = 2\n}}\nlocals {{\nit = {expression}\n}}\n'
    with pytest.raises(Fault, match=why):
        local(text, double=DOUBLE)


def test_a_module_that_is_not_here_is_unknown_and_said_once_at_its_source() -> None:
    made = world('module "m" {\n  source = "a/b/aws"\n  count = 2\n}\nlocals { it = module.m.x }\n', Modules({}))
    assert made.scope.local("it").why == "module.m is not on this disk"
    (unread,) = made.unread.values()
    assert (unread.why, unread.span.line) == ("module 'm' is not judged: a/b/aws comes from elsewhere", 2)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("source = var.where", "its source is not known: var.where has no value"),
        ('source = "x/${var.where}"', "its source is not known: var.where has no value"),
        ("source = nope()", "its source is not known: it cannot be evaluated"),
        ('source = ""', "it has no source"),
        ("", "it has no source"),
        ("source = 5", "it has no source"),
        ('source = "x/${1 + 1}"', "x/2 comes from elsewhere"),
    ],
)
def test_a_source_is_evaluated_and_one_that_is_not_known_is_told_of(source: str, why: str) -> None:
    made = world(f'variable "where" {{}}\nmodule "m" {{\n{source}\n}}\n', Modules({}))
    made.children(made.scope, "m")
    (unread,) = made.unread.values()
    assert why in unread.why


def test_a_module_that_calls_itself_is_refused() -> None:
    text = 'module "m" {\n  source = "self"\n}\n'
    made = world(text, Modules({"self": text}))
    with pytest.raises(SourceError, match=r"main.tf:1:1: module 'm' includes itself"):
        made.children(made.scope, "m")


def test_modules_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_MODULES", 3)
    made = world('module "m" {\n  source = "double"\n  count = 4\n}\n', Modules({"double": DOUBLE}))
    with pytest.raises(SourceError, match="more than 3 module instances"):
        made.children(made.scope, "m")


def test_a_module_is_asked_for_by_the_names_of_its_calls_without_keys() -> None:
    modules = Modules({"outer": 'module "b" {\n  source = "double"\n  n = 1\n}\n', "double": DOUBLE})
    made = world('module "a" {\n  source   = "outer"\n  for_each = toset(["x.y", "z]"])\n}\n', modules)
    _, outer = made.children(made.scope, "a")
    assert outer is not None
    for one in outer:
        made.children(one, "b")
    assert modules.asked == ["a", "a.b", "a.b"]


def test_providers_are_named_as_in_the_root_module() -> None:
    text = 'module "m" {\n  source = "double"\n  n = 1\n  providers = { aws = aws.west, aws.second = aws }\n}\n'
    made = world(text, Modules({"double": DOUBLE}))
    _, children = made.children(made.scope, "m")
    assert children is not None
    assert [children[0].provider(name) for name in ("aws", "aws.second", "random")] == ["aws.west", "aws", "random"]


def test_a_reference_into_nested_blocks_is_what_is_configured_there(world_of: Callable[..., World]) -> None:
    made = world_of('resource "aws_s3_bucket" "b" {\n  rule { n = 1 }\n  rule { n = 2 }\n}\n')
    made.scope.instances("managed", "aws_s3_bucket", "b")
    assert made.follow_nested(Ref("aws_s3_bucket.b", "rule.1.n")).plain() == 2
    for unsettled in (
        Ref("aws_s3_bucket.b", "arn"),
        Ref("aws_s3_bucket.b", "x.0.n"),
        Ref("nowhere.x", "a.b"),
        Known(1),
    ):
        assert made.follow_nested(unsettled) is unsettled
    spread = made.spread(Ref("aws_s3_bucket.b", "rule"), HERE)
    assert spread is not None
    assert [str(one) for one in spread] == ["aws_s3_bucket.b.rule.0", "aws_s3_bucket.b.rule.1"]
    assert made.spread(Ref("aws_s3_bucket.b", "nothing"), HERE) is None


def test_the_same_fault_is_reported_once_with_its_place() -> None:
    made = world("", Modules({}))
    for _ in range(2):
        made.report(CycleFault("local.a depends on itself", HERE))
    ((key, unknown),) = made.faults.items()
    assert (unknown.why, unknown.span) == (f"the configuration is refused: {key}", HERE)


def test_a_module_folder_is_shown_from_the_root() -> None:
    assert world("", Modules({})).relative(Path("/modules/x")) == "../modules/x"
