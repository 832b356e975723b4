"""A stack chooses resources and finds out which of them a value names."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import (
    NOWHERE,
    Known,
    Origin,
    Piece,
    Ref,
    Resource,
    Span,
    Stack,
    Text,
    Undecided,
    Unknown,
    Value,
)

SUFFIX = Unknown("var.environment_suffix has no value", "var.environment_suffix")


def text(*contents: str | Ref | Unknown, span: Span = NOWHERE) -> Value:
    return Text(tuple(Piece(content, span) for content in contents), span=span)


def function(name: Value, **attributes: Value) -> Resource:
    return Resource(
        type="aws_lambda_function",
        name="trade",
        address="aws_lambda_function.trade",
        attributes={"function_name": name, **attributes},
    )


@pytest.mark.parametrize(
    "value",
    [
        Ref("aws_lambda_function.trade", "arn"),
        text(Ref("aws_lambda_function.trade", "arn"), ":live"),
        text("lambda-trade-", SUFFIX),
        Known("arn:aws:lambda:us-east-1:123456789012:function:other"),
    ],
)
def test_a_value_resolves_to_the_resource_it_names(value: Value) -> None:
    name = Known("other") if isinstance(value, Known) else text("lambda-trade-", SUFFIX)
    resource = function(name)
    stack = Stack(root=".", front_end="hcl", everything=(resource,))
    assert stack.resolve(value, "aws_lambda_function") == (resource,)


@pytest.mark.parametrize(
    ("origin", "meant"),
    [("aws_sqs_queue.a", ["aws_sqs_queue.a"]), ("aws_sqs_queue.c", ["aws_sqs_queue.a", "aws_sqs_queue.b"])],
)
def test_of_two_with_one_name_the_one_is_meant_that_it_was_taken_from(origin: str, meant: list[str]) -> None:
    queues = tuple(
        Resource(type="aws_sqs_queue", name=name, address=f"aws_sqs_queue.{name}", attributes={"name": Known("q")})
        for name in "ab"
    )
    value = Known("q", origins=frozenset({Origin(origin, "name")}))
    stack = Stack(root=".", front_end="hcl", everything=queues)
    assert [resource.address for resource in stack.resolve(value, "aws_sqs_queue")] == meant


def test_a_name_that_may_be_another_is_undecided() -> None:
    stack = Stack(root=".", front_end="hcl", everything=(function(Unknown("x")),))
    with pytest.raises(Undecided):
        stack.resolve(Known("lambda-trade-dev"), "aws_lambda_function")


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("aws_sqs_queue.q", True),
        ('aws_sqs_queue.q["a"]', True),
        ('aws_sqs_queue.q["b"]', False),
        ("aws_sqs_queue.q2", False),
    ],
)
def test_instance_keys_tell_instances_apart(reference: str, found: bool) -> None:
    queue = Resource(type="aws_sqs_queue", name="q", key="a", address='aws_sqs_queue.q["a"]')
    stack = Stack(root=".", front_end="hcl", everything=(queue,))
    assert bool(stack.resolve(Ref(reference, "arn"), "aws_sqs_queue")) is found


def queue(name: str, mode: str = "managed", type_: str = "aws_sqs_queue") -> Resource:
    return Resource(type=type_, name=name, address=f"{type_}.{name}", mode=mode)


def test_resources_are_chosen_by_type_pattern_and_mode() -> None:
    role, other = queue("r", type_="aws_iam_role"), queue("p", type_="aws_iam_policy")
    stack = Stack(root=".", front_end="hcl", everything=(queue("q"), role, other, queue("d", "data")))
    assert [one.name for one in stack.resources()] == ["q", "r", "p"]
    assert [one.name for one in stack.resources("aws_iam_*")] == ["r", "p"]
    assert [one.name for one in stack.resources("aws_nothing", "aws_sqs_queue")] == ["q"]
    assert [one.name for one in stack.data()] == ["d"]
    assert stack.at("aws_iam_role.r") is role
    assert stack.at("aws_iam_role.x") is None


def test_who_mentions_a_resource_is_found_wherever_the_reference_is() -> None:
    target = queue("q")
    by_ref = Resource(type="a", address="a.b", attributes={"x": Known((Ref("aws_sqs_queue.q", "arn"),))})
    by_origin = Resource(
        type="a", address="a.c", attributes={"x": Known("v", origins=frozenset({Origin("aws_sqs_queue.q")}))}
    )
    neither = Resource(type="a", address="a.d", attributes={"x": Ref("aws_sqs_queue.q2", "arn")})
    stack = Stack(root=".", front_end="hcl", everything=(target, by_ref, by_origin, neither))
    assert [one.address for one in stack.referring_to(target, "a")] == ["a.b", "a.c"]


@pytest.mark.parametrize(("line", "text"), [(1, "a"), (2, "b"), (0, ""), (3, ""), (-1, "")])
def test_a_line_that_is_not_there_is_empty(line: int, text: str) -> None:
    stack = Stack(root=".", front_end="hcl", lines={"main.tf": ("a", "b")})
    assert stack.line(Span("main.tf", line, 1, line, 2)) == text
    assert stack.line(Span("other.tf", 1, 1, 1, 2)) == ""


@pytest.mark.parametrize(
    ("addresses", "reference", "found"),
    [
        (["a", "ab"], "a", ["a"]),
        (["a[0]", "a[1]"], "a[1]", ["a[1]"]),
        (["a[0]", "a[1]"], "a", ["a[0]", "a[1]"]),
        (["a[0]", "a[?]"], "a[0]", ["a[0]", "a[?]"]),
        (["a", "a[0]"], "a", ["a", "a[0]"]),
    ],
)  # fmt: skip
def test_a_reference_means_one_instance_or_all_that_it_may_be(
    addresses: list[str], reference: str, found: list[str]
) -> None:
    kind = "aws_sqs_queue"
    made = tuple(Resource(type=kind, address=f"{kind}.{one}", name=one.partition("[")[0]) for one in addresses)
    stack = Stack(root=".", front_end="hcl", everything=made)
    assert [one.address for one in stack.resolve(Ref(f"{kind}.{reference}", "arn"), kind)] == [
        f"{kind}.{one}" for one in found
    ]
