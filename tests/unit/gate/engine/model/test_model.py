"""The model: what a rule may ask, and that what cannot be told is never an answer."""

from collections.abc import Callable

import pytest

from tapeproof.gate.engine.model import (
    NOWHERE,
    Block,
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
    Verdict,
    policy_documents,
)
from tapeproof.gate.engine.rule import each, whole

TABLE_ARN = Ref("aws_dynamodb_table.market", "arn")
SUFFIX = Unknown("var.environment_suffix has no value", "var.environment_suffix")


def text(*contents: "str | Ref | Unknown", span: Span = NOWHERE) -> Value:
    return Text(tuple(Piece(content, span) for content in contents), span=span)


def function(name: Value, **attributes: Value) -> Resource:
    return Resource(
        type="aws_lambda_function",
        name="trade",
        address="aws_lambda_function.trade",
        attributes={"function_name": name, **attributes},
    )


@pytest.mark.parametrize(
    ("value", "question"),
    [
        (Unknown("it depends"), "number"),
        (TABLE_ARN, "text"),
        (Known(None), "number"),
        (Known("seven"), "number"),
        (Known("NaN"), "number"),
        (Known((Known(1),)), "text"),
        (text("a", SUFFIX), "text"),
        (Known("yes"), "boolean"),
        (Known("a"), "entries"),
    ],
)
def test_a_question_without_an_answer_raises_undecided(value: Value, question: str) -> None:
    with pytest.raises(Undecided) as raised:
        getattr(value, question)()
    assert raised.value.why


def why_not(question: Callable[[], object]) -> str:
    """Return why a question has no answer."""
    try:
        question()
    except Undecided as undecided:
        return undecided.why
    return "it has one"


@pytest.mark.parametrize("value", [text("*"), TABLE_ARN, SUFFIX, Known("*"), Known(7), Known(True), Known(())])
@pytest.mark.parametrize("question", ["plain", "text", "number", "boolean", "elements", "entries", "pieces_of_text"])
def test_whatever_cannot_be_told_says_why(value: Value, question: str) -> None:
    assert why_not(getattr(value, question))


@pytest.mark.parametrize("value", [text("*"), text("a-", TABLE_ARN), TABLE_ARN, SUFFIX, Known("*")])
@pytest.mark.parametrize("other", [text("a", TABLE_ARN, "b"), TABLE_ARN, SUFFIX, Known("b")])
def test_a_comparison_that_cannot_be_made_says_why(value: Value, other: Value) -> None:
    assert why_not(lambda: value.same_as(other))


@pytest.mark.parametrize(
    ("value", "question", "answer"),
    [
        (Known("30"), "number", 30),
        (Known(30), "text", "30"),
        (Known(True), "text", "true"),
        (Known("true"), "boolean", True),
        (Known(None), "elements", ()),
        (Known((Known(1), Known("a"))), "plain", [1, "a"]),
        (Known({"a": Known((Known(None),))}), "plain", {"a": [None]}),
    ],
)
def test_answers_convert_as_terraform_does(value: Value, question: str, answer: object) -> None:
    assert getattr(value, question)() == answer


def test_a_wildcard_beside_a_reference_is_seen() -> None:
    assert text(TABLE_ARN, "/index/*").contains("*")


def test_a_reference_alone_holds_no_wildcard() -> None:
    assert not text(TABLE_ARN, "/index/all").contains("*")


def test_an_unknown_piece_may_hold_a_wildcard() -> None:
    with pytest.raises(Undecided):
        text("arn:aws:s3:::", SUFFIX).contains("*")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Known("a"), Known("a"), True),
        (Known("a"), Known("b"), False),
        (text("lambda-", SUFFIX), text("lambda-", SUFFIX), True),
        (text("lambda-", SUFFIX), text("queue-", SUFFIX), False),
        (text(SUFFIX, "-dlq"), Known("orders"), False),
        (TABLE_ARN, Ref("aws_dynamodb_table.market", "arn", span=Span("x", 1, 1, 1, 2)), True),
    ],
)
def test_values_are_compared_by_what_they_are_made_of(one: Value, other: Value, same: bool) -> None:
    assert one.same_as(other) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Unknown("x"), Unknown("x")),
        (text("lambda-", SUFFIX), Known("lambda-trade-dev")),
        (TABLE_ARN, Known("arn:aws:dynamodb:us-east-1:1:table/market")),
    ],
)
def test_values_that_may_be_equal_are_undecided(one: Value, other: Value) -> None:
    with pytest.raises(Undecided):
        one.same_as(other)


def test_blocks_yield_what_is_known_before_they_raise() -> None:
    child = Block(type="redrive")
    block = Block(type="x", children=(child,), uncertain={"redrive": Unknown("for_each is unknown")})
    assert block.block("redrive") is child
    with pytest.raises(Undecided):
        list(block.blocks("redrive"))


def test_an_object_attribute_counts_as_a_nested_block() -> None:
    block = Block(type="x", attributes={"pitr": Known({"enabled": Known(True)})})
    assert block.at("pitr.enabled").boolean()


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


def test_statements_keep_the_line_inside_a_heredoc() -> None:
    span = Span("main.tf", 10, 1, 13, 16)
    source = '{"Statement": [{\n  "Effect": "Allow",\n  "Action": ["s3:*"],\n  "Resource": "'
    pieces = (
        Piece(source, span),
        Piece(TABLE_ARN, Span("main.tf", 13, 16, 13, 40)),
        Piece('/*"\n}]}', Span("main.tf", 13, 40, 14, 4)),
    )
    role = Resource(type="aws_iam_role_policy", address="aws_iam_role_policy.p", attributes={"policy": Text(pieces)})
    stack = Stack(root=".", front_end="hcl", everything=(role,))
    (document,) = policy_documents(stack, "identity")
    (statement,) = document.statements(stack)
    assert statement.allows
    assert (statement.actions[0].text(), statement.actions[0].span[1:3]) == ("s3:*", (12, 14))
    assert statement.resources[0].contains("*")
    assert statement.resources[0].place_of("*").line == 13


@pytest.mark.parametrize("source", ["", "{", '{"a": 1,}', "[1 2]", "{} x", '{"a": NaN}', "[" * 100000, '"\\ufdd0'])
def test_a_string_that_is_no_json_is_undecided(source: str) -> None:
    with pytest.raises(Undecided):
        Stack(root=".", front_end="hcl").document(Known(source))


def test_an_undecided_rule_gives_unknown_and_a_silent_one_gives_pass() -> None:
    @each("aws_lambda_function")
    def judge(resource, stack, parameters):  # noqa: ANN001, ANN202 - as rules are written
        if resource["timeout"].number() > 30:
            yield resource.fails(resource["timeout"], "too long")

    stack = Stack(
        root=".",
        front_end="hcl",
        everything=(
            function(Known("a"), timeout=Known(60)),
            function(Known("b"), timeout=Unknown("it depends")),
            function(Known("c"), timeout=Known(3)),
        ),
    )
    assert [finding.verdict for finding in judge(stack, {})] == [Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS]


def test_a_rule_over_the_whole_stack_gives_unknown_too() -> None:
    @whole
    def judge(stack, parameters):  # noqa: ANN001, ANN202 - as rules are written
        raise Undecided(Unknown("it depends"))

    assert [finding.verdict for finding in judge(Stack(root=".", front_end="hcl"), {})] == [Verdict.UNKNOWN]


def test_sensitive_values_are_not_shown() -> None:
    secret = Known("hunter2", sensitive=True)
    assert "hunter2" not in repr(function(Known("a")).fails(secret, "no").observed)


def test_origins_tell_which_variable_flowed_in() -> None:
    assert Known("lambda-dev", origins=frozenset({Origin("var.environment_suffix")})).comes_from(
        "var.environment_suffix"
    )
