"""Rules with one fault each: whether a policy's examples notice them says how much the examples are worth."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.gate.engine.attribute_checks import AttributeCheck
    from tapeproof.gate.engine.policy import Policy

__all__ = ["Mutant", "make_mutants"]

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OTHER_TEST = {
    "equals": "differs",
    "differs": "equals",
    "one_of": "none_of",
    "none_of": "one_of",
    "at_least": "at_most",
    "at_most": "at_least",
}


class Mutant(NamedTuple):
    """A policy with a fault.

    Attributes:
        policy: The policy; its id tells it from the others.
        line: The line of rule.py, or the number of the check.
        fault: What was changed, as people read it.
    """

    policy: Policy
    line: int
    fault: str


def make_mutants(policy: Policy, scratch: Path) -> list[Mutant]:
    """Return the mutants of a policy.

    Args:
        policy: The policy.
        scratch: An empty folder for their rules.

    Raises:
        CatalogError: Its rule cannot be read as Python.
    """
    if policy.checks:
        return list(_mutate_checks(policy))
    path = policy.folder / "rule.py"
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        raise CatalogError(f"{path}: cannot be read: {error}") from error
    found = []
    for number, (mutated, line, fault) in enumerate(_mutate_rule(tree), start=1):
        folder = scratch / str(number)
        folder.mkdir()
        (folder / "rule.py").write_text(ast.unparse(mutated), encoding="utf-8")
        found.append(Mutant(replace(policy, id=f"{policy.id} {number}", folder=folder), line, fault))
    return found


def _mutate_rule(tree: ast.Module) -> Iterator[tuple[ast.Module, int, str]]:
    """Yield the rule with one place changed, for every place in its functions where that can be done."""
    places = [node for function in tree.body if isinstance(function, ast.FunctionDef) for node in ast.walk(function)]
    for node in places:
        for other, fault in _other_nodes(node):
            yield _with_other(tree, node, other), getattr(node, "lineno", 0), fault


def _other_nodes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
        changed = copy.copy(node)
        changed.ops = [_OTHER[type(node.ops[0])](), *node.ops[1:]]
        yield changed, f"{ast.unparse(node)}  →  {ast.unparse(changed)}"
    elif isinstance(node, ast.BoolOp):
        swapped = ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield swapped, f"{ast.unparse(node)}  →  {ast.unparse(swapped)}"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand, f"{ast.unparse(node)}  →  {ast.unparse(node.operand)}"
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom)) and not _only_passes(node):
        yield ast.Pass(), f"{ast.unparse(node)[:60]}  →  nothing"


def _only_passes(node: ast.Expr) -> bool:
    """Return whether a statement yields a PASS, which examples do not pin: they say what is found."""
    return any(isinstance(part, ast.Attribute) and part.attr == "PASS" for part in ast.walk(node))


def _with_other(tree: ast.Module, node: ast.AST, other: ast.AST) -> ast.Module:
    """Return a copy of a tree with one node replaced."""

    class Replacing(ast.NodeTransformer):
        def visit(self, here: ast.AST) -> ast.AST:
            return other if here is node else copy.copy(self.generic_visit(_copy_lists(here)))

    visit: Callable[[ast.AST], Any] = Replacing().visit
    return ast.fix_missing_locations(ast.Module([visit(part) for part in tree.body], []))


def _copy_lists(node: ast.AST) -> ast.AST:
    """Return a node that can be changed while the one that it comes from stays."""
    copied = copy.copy(node)
    for name, part in ast.iter_fields(node):
        if isinstance(part, list):
            setattr(copied, name, list(part))
    return copied


def _mutate_checks(policy: Policy) -> Iterator[Mutant]:
    count = 0
    for number, check in enumerate(policy.checks, start=1):
        for changed, fault in _other_checks(check):
            count += 1
            checks = tuple(changed if one is check else one for one in policy.checks)
            yield Mutant(replace(policy, id=f"{policy.id} {count}", checks=checks), number, fault)


def _other_checks(check: AttributeCheck) -> Iterator[tuple[AttributeCheck, str]]:
    if check.test in _OTHER_TEST:
        other = _OTHER_TEST[check.test]
        yield replace(check, test=other), f"{check.test}  →  {other}"
    if isinstance(check.wanted, (int, float)) and not isinstance(check.wanted, bool):
        step = 1 if check.test == "at_least" else -1
        yield replace(check, wanted=check.wanted + step), f"{check.test}: {check.wanted}  →  {check.wanted + step}"
    unset = "fail" if check.passes_unset else "pass"
    yield replace(check, passes_unset=not check.passes_unset), f"unset  →  {unset}"
