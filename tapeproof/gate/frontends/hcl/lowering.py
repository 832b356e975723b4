"""From python-hcl2's parse tree to the evaluator's syntax."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator.numerals import normal
from tapeproof.gate.engine.evaluator.syntax import (
    At,
    Attribute,
    Binary,
    Body,
    Call,
    Conditional,
    Constant,
    Expression,
    ForList,
    ForMap,
    GetAttribute,
    Index,
    Listing,
    Name,
    Nested,
    Object,
    Parenthesis,
    Splat,
    Unary,
)
from tapeproof.gate.frontends.hcl.masking import MaskingError
from tapeproof.gate.frontends.hcl.template import TemplateReader, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tapeproof.gate.frontends.hcl.masking import Masked
    from tapeproof.gate.frontends.hcl.positions import Positions

__all__ = ["Lowering"]

_COMMENT = re.compile(r"/\*.*?\*/")
_BLANK = frozenset({"new_line_or_comment"})
_WORDS = {"true": True, "false": False, "null": None}


class Lowering:
    """Makes syntax out of one file's tree.

    Args:
        text: The original text.
        masked: What the tree was parsed from.
        positions: Lines and columns of the text.
    """

    def __init__(self, text: str, masked: Masked, positions: Positions) -> None:
        self.text = text
        self.masked = masked
        self.positions = positions
        self.ends: dict[int, tuple[Tree, Tree]] = {}
        self.templates = TemplateReader(text, masked, positions, self.expression)
        self.makers: dict[str, Callable[[Tree], Expression]] = {
            "attr_splat_expr_term": self._splat,
            "binary_op": self._binary,
            "conditional": self._conditional,
            "expr_term": self._term,
            "float_lit": self._number,
            "for_object_expr": self._for_map,
            "for_tuple_expr": self._for_list,
            "full_splat_expr_term": self._splat,
            "function_call": self._call,
            "get_attr_expr_term": self._get_attribute,
            "identifier": self._name,
            "index_expr_term": self._index,
            "int_lit": self._number,
            "keyword": self._name,
            "literal_value": self._word,
            "object": self._object,
            "string": self.templates.string,
            "tuple": self._lower_list,
            "unary_op": self._unary,
        }

    def body(self, tree: Tree) -> Body:
        """Return the body of a file or block."""
        attributes: list[Attribute] = []
        blocks: list[Nested] = []
        for number, child in enumerate(_trees(tree)):
            if number:
                self._check_new_line(child.meta.start_pos)
            if child.data == "attribute":
                name = child.children[0]
                attributes.append(Attribute(self._source(name), self.expression(child.children[-1]), self._at(name)))
            else:
                blocks.append(self._block(child))
        return Body(tuple(attributes), tuple(blocks))

    def _check_new_line(self, start: int) -> None:
        """Refuse a second argument or block on a line, which python-hcl2 takes and Terraform does not."""
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        if _COMMENT.sub("", line).rpartition("*/")[2].strip():  # the rest of a comment may stand there
            raise MaskingError("a new line is expected before this argument or block", start)

    def expression(self, tree: Tree) -> Expression:
        """Return an expression."""
        return self.makers[tree.data](tree)

    def _block(self, tree: Tree) -> Nested:
        *header, opening, body, closing = [child for child in tree.children if getattr(child, "data", "") not in _BLANK]
        labels = tuple(
            self.templates.label(child) if child.data == "string" else self._source(child) for child in header[1:]
        )
        at = self.positions.at(tree.meta.start_pos, header[-1].meta.end_pos)
        end = self.positions.at(closing.start_pos, closing.end_pos)
        del opening
        return Nested(self._source(header[0]), labels, self.body(body), at, end)

    def _term(self, tree: Tree) -> Expression:
        inner = next(_trees(tree))
        if len(tree.children) == 1:
            return self.expression(inner)
        return Parenthesis(self.expression(inner), self._at(tree))

    def _name(self, tree: Tree) -> Expression:
        return Name(self._source(tree), self._at(tree))

    def _word(self, tree: Tree) -> Expression:
        return Constant(_WORDS[self._source(tree)], self._at(tree))

    def _number(self, tree: Tree) -> Expression:
        too_long = MaskingError("this number has too many digits", tree.meta.start_pos)
        try:
            number = Decimal(self._source(tree))
        except InvalidOperation:
            raise too_long from None
        if abs(number.adjusted()) > _LARGEST_EXPONENT:
            raise too_long
        return Constant(normal(number), self._at(tree))

    def _lower_list(self, tree: Tree) -> Expression:
        return Listing(tuple(map(self.expression, _trees(tree))), self._at(tree))

    def _object(self, tree: Tree) -> Expression:
        return Object(tuple(self._item(child) for child in _trees(tree)), self._at(tree))

    def _item(self, tree: Tree) -> tuple[Expression, Expression]:
        key, value = (child for child in _trees(tree))
        return self._key(next(_trees(key))), self.expression(value)

    def _key(self, tree: Tree) -> Expression:
        inner = tree
        if inner.data == "expr_term" and len(inner.children) == 1:
            inner = inner.children[0]
        if inner.data in {"identifier", "keyword", "literal_value"}:
            return Constant(self._source(inner), self._at(inner))
        return self.expression(tree)

    def _call(self, tree: Tree) -> Expression:
        words, arguments, expand = [], [], False
        for child in tree.children:
            data = getattr(child, "data", "")
            if data == "identifier":
                words.append(self._source(child))
            elif data == "arguments":
                arguments = [self.expression(part) for part in _trees(child)]
                expand = any(str(token) == "..." for token in child.children)
        return Call("::".join(words), tuple(arguments), expand, self._at(tree))

    def _get_attribute(self, tree: Tree) -> Expression:
        of, step = _trees(tree)
        return GetAttribute(self.expression(of), self._source(step.children[-1]), self._at(tree))

    def _index(self, tree: Tree) -> Expression:
        of, step = _trees(tree)
        return Index(self.expression(of), self._subscript(step), self._at(tree))

    def _subscript(self, step: Tree) -> Expression:
        if step.data == "short_index":
            token = step.children[-1]
            return Constant(int(str(token)), self.positions.at(token.start_pos, token.end_pos))
        return self.expression(next(_trees(step)))

    def _splat(self, tree: Tree) -> Expression:
        of, splat = _trees(tree)
        full = splat.data == "full_splat"
        own, rest = _split_steps([*_trees(splat)], full=full)
        steps = tuple(map(self._step, own))
        inner = self.expression(of)
        if isinstance(inner, Splat) and inner.full:
            # What follows a splat happens to each element, another splat too.
            at = self._up_to(tree, rest)
            nested = (Splat(None, steps, full, at), *map(self._step, rest))
            return inner._replace(steps=(*inner.steps, *nested), at=self._at(tree))
        node: Expression = Splat(inner, steps, full, self._up_to(tree, rest))
        for index, step in enumerate(rest):
            at = self._up_to(tree, rest[index + 1 :])
            one = self._step(step)
            node = GetAttribute(node, one, at) if isinstance(one, str) else Index(node, one, at)
        return node

    def _step(self, step: Tree) -> Any:  # noqa: ANN401 - a name, or the key of an index
        return self._source(step.children[-1]) if step.data == "get_attr" else self._subscript(step)

    def _up_to(self, tree: Tree, rest: Sequence[Tree]) -> At:
        """Return the place of an expression without the last of its steps."""
        if not rest:
            return self._at(tree)
        end = len(self.text[: rest[0].meta.start_pos].rstrip())
        return self.positions.at(tree.meta.start_pos, end)

    def _conditional(self, tree: Tree) -> Expression:
        condition, then, otherwise = map(self.expression, _trees(tree))
        return Conditional(condition, then, otherwise, self._at(tree))

    def _binary(self, tree: Tree) -> Expression:
        # A long `a + b + c` is as deep as it has operators: walk down its left side instead of recursing.
        terms = []
        while tree.data == "binary_op":
            left, term = _trees(tree)
            terms.append((tree, term))
            tree = left
        result = self.expression(tree)
        for whole, term in reversed(terms):
            operator, right = _trees(term)
            result = Binary(str(operator.children[0]).strip(), result, self.expression(right), self._at(whole))
        return result

    def _unary(self, tree: Tree) -> Expression:
        operator, operand = tree.children
        inner = self.expression(operand)
        if str(operator) == "-" and isinstance(inner, Constant) and type(inner.value) in {int, Decimal}:  # and no truth
            # Decimal's own minus would round what has more digits than its context.
            negative = inner.value.copy_negate() if isinstance(inner.value, Decimal) else -inner.value
            return Constant(negative, self._at(tree))
        return Unary(str(operator), inner, self._at(tree))

    def _for_list(self, tree: Tree) -> Expression:
        intro, body, *rest = _trees(tree)
        key, value, collection = self._intro(intro)
        return ForList(key, value, collection, self.expression(body), self._condition(rest), self._at(tree))

    def _for_map(self, tree: Tree) -> Expression:
        intro, name, body, *rest = _trees(tree)
        key, value, collection = self._intro(intro)
        group = any(str(token) == "..." for token in tree.children)
        condition = self._condition(rest)
        return ForMap(
            key, value, collection, self.expression(name), self.expression(body), condition, group, self._at(tree)
        )

    def _intro(self, tree: Tree) -> tuple[str, str, Expression]:
        *names, collection = _trees(tree)
        words = [self._source(name) for name in names]
        return words[0] if len(words) > 1 else "", words[-1], self.expression(collection)

    def _condition(self, rest: list[Tree]) -> Expression | None:
        return self.expression(next(_trees(rest[0]))) if rest else None

    def _source(self, tree: Tree) -> str:
        """Return the original text of a name: the mask may hide letters beyond ASCII."""
        return self.text[tree.meta.start_pos : tree.meta.end_pos]

    def _at(self, tree: Tree) -> At:
        last = tree
        # A newline after an operation is part of its node, but of no expression.
        while last.data in _TAKE_NEWLINES and id(last) not in self.ends:
            *_, last = _trees(last)
        _, last = self.ends.get(id(last), (last, last))
        if tree is not last:
            self.ends[id(tree)] = (tree, last)  # a chain may be as long as the file, and each of it is asked
        return self.positions.at(tree.meta.start_pos, last.meta.end_pos)


def _split_steps(steps: Sequence[Tree], *, full: bool) -> tuple[Sequence[Tree], Sequence[Tree]]:
    """Return the steps of a splat, and those after it: an index in brackets ends one that is written ``.*``."""
    ends = [] if full else [number for number, step in enumerate(steps) if step.data == "braces_index"]
    return (steps[: ends[0]], steps[ends[0] :]) if ends else (steps, ())


_LARGEST_EXPONENT = 400
_TAKE_NEWLINES = frozenset({"binary_op", "binary_term", "conditional"})


def _trees(tree: Tree) -> Iterator[Tree]:
    """Yield the subtrees of a tree, without tokens and blank lines."""
    for child in tree.children:
        data = getattr(child, "data", None)
        if data is not None and data not in _BLANK:
            yield child
