"""Which policies belong to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.holdings import Holdings, default_key_policy, default_topic_policy
from tapeproof.gate.access.world import World
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Resource, Stack

ROLE = 'resource "aws_iam_role" "r" {\n  name = "app"\n  %s\n}\n'
DOCUMENT = 'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })'


@pytest.fixture
def held(stack_of: Callable[[str], Stack]) -> Callable[[str], tuple[Holdings, Resource]]:
    """Return a function that makes the holdings of a stack and its first resource."""

    def make(source: str) -> tuple[Holdings, Resource]:
        stack = stack_of(source)
        return Holdings(World(stack)), next(stack.resources())

    return make


def _actions(holdings: Holdings, role: Resource) -> list[str]:
    return [
        action
        for owned in holdings.identity(role)
        for statement in owned.document.statements
        for action in (statement.unread or statement.actions.values)
    ]


def _resource(type_: str, *lines: str) -> str:
    return f'resource "{type_}" "p" {{\n  ' + "\n  ".join(lines) + "\n}\n"


def _attached(type_: str, role: str, action: str) -> str:
    policy = _resource("aws_iam_policy", f"policy = {DOCUMENT % action}")
    return policy + _resource(type_, role, "policy_arn = aws_iam_policy.p.arn")


@pytest.mark.parametrize(
    ("inside", "besides", "expected"),
    [
        (f'inline_policy {{\n name = "a"\n policy = {DOCUMENT % "sqs:A"}\n }}', "", "sqs:A"),
        ("", _resource("aws_iam_role_policy", "role = aws_iam_role.r.id", f"policy = {DOCUMENT % 'sqs:B'}"), "sqs:B"),
        ("", _resource("aws_iam_role_policy", 'role = "app"', f"policy = {DOCUMENT % 'sqs:C'}"), "sqs:C"),
        ("", _attached("aws_iam_role_policy_attachment", "role = aws_iam_role.r.name", "sqs:D"), "sqs:D"),
        ("", _attached("aws_iam_policy_attachment", "roles = [aws_iam_role.r.name]", "sqs:E"), "sqs:E"),
        (
            'managed_policy_arns = ["arn:aws:iam::aws:policy/NobodyKnowsThis"]',
            "",
            "what NobodyKnowsThis allows is not in this stack",
        ),
    ],
)
def test_the_policies_of_a_role_are_found_wherever_they_are_attached(
    held: Callable[[str], tuple[Holdings, Resource]], inside: str, besides: str, expected: str
) -> None:
    assert _actions(*held(ROLE % inside + besides)) == [expected]


def test_a_policy_of_another_role_is_not_taken(held: Callable[[str], tuple[Holdings, Resource]]) -> None:
    other = 'resource "aws_iam_role_policy" "p" {\n role = "other"\n policy = ' + DOCUMENT % "sqs:B" + "\n}"
    assert _actions(*held(ROLE % "" + other)) == []


def test_an_attachment_to_a_role_that_is_not_known_may_be_to_this_one(
    held: Callable[[str], tuple[Holdings, Resource]],
) -> None:
    other = (
        'variable "role" {}\nresource "aws_iam_role_policy" "p" {\n role = var.role\n policy = '
        + DOCUMENT % "a:B"
        + "\n}"
    )
    (why,) = _actions(*held(ROLE % "" + other))
    assert "var.role" in why


def test_a_managed_policy_of_aws_allows_what_its_table_says(held: Callable[[str], tuple[Holdings, Resource]]) -> None:
    arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    actions = _actions(*held(ROLE % f'managed_policy_arns = ["{arn}"]'))
    assert "logs:PutLogEvents" in actions
    assert not any(action.startswith("what ") for action in actions)


def test_a_role_has_a_boundary_where_one_is_set(held: Callable[[str], tuple[Holdings, Resource]]) -> None:
    holdings, role = held(ROLE % "")
    assert holdings.boundary(role) is None
    holdings, role = held(ROLE % 'permissions_boundary = "arn:aws:iam::1:policy/fence"')
    boundary = holdings.boundary(role)
    assert boundary is not None
    assert boundary.document.statements[0].unread


def test_a_policy_apart_belongs_to_the_queue_it_names(held: Callable[[str], tuple[Holdings, Resource]]) -> None:
    apart = (
        'resource "aws_sqs_queue_policy" "p" {\n queue_url = aws_sqs_queue.q.url\n policy = '
        + DOCUMENT % "sqs:*"
        + "\n}"
    )
    holdings, queue = held('resource "aws_sqs_queue" "q" { policy = ' + DOCUMENT % "sqs:Own" + " }\n" + apart)
    holders = [owned.holder.address for owned in holdings.find_attached(queue)]
    assert holders == ["aws_sqs_queue.q", "aws_sqs_queue_policy.p"]


@pytest.mark.parametrize(
    ("members", "arn"),
    [
        ('function_name = "work"', "arn:aws:lambda:eu-west-1:111122223333:function:work"),
        ('function_name = "work:live"', "arn:aws:lambda:eu-west-1:111122223333:function:work:live"),
        ('function_name = "work"\n qualifier = "live"', "arn:aws:lambda:eu-west-1:111122223333:function:work:live"),
        ('function_name = "arn:aws:lambda:eu-west-1:1:function:w"', "arn:aws:lambda:eu-west-1:1:function:w"),
    ],
)
def test_a_permission_is_on_the_function_version_or_alias_it_names(
    held: Callable[[str], tuple[Holdings, Resource]], members: str, arn: str
) -> None:
    named = ('action = "lambda:InvokeFunction"', 'principal = "s3.amazonaws.com"', members)
    source = _resource("aws_lambda_permission", *named)
    holdings, permission = held(source)
    assert holdings.permitted_arn(permission) == arn
    (owned,) = holdings.permissions()
    assert owned.document.statements[0].principals == (("Service", "s3.amazonaws.com"),)


def test_a_condition_of_a_permission_is_a_clause(held: Callable[[str], tuple[Holdings, Resource]]) -> None:
    source = """
    resource "aws_lambda_permission" "p" {
      action         = "lambda:InvokeFunction"
      principal      = "111122223333"
      function_name  = "work"
      source_account = "111122223333"
    }
    """
    holdings, _ = held(source)
    (statement,) = holdings.permissions()[0].document.statements
    assert statement.principals == (("AWS", "111122223333"),)
    assert [(clause.key, clause.values) for clause in statement.clauses] == [("aws:sourceaccount", ("111122223333",))]


def test_grants_of_the_stack_are_read(held: Callable[[str], tuple[Holdings, Resource]]) -> None:
    grant = """
    resource "aws_kms_grant" "g" {
      key_id            = aws_kms_key.k.key_id
      grantee_principal = "arn:aws:iam::1:role/app"
      operations        = ["Decrypt"]
    }
    """
    holdings, key = held('resource "aws_kms_key" "k" {}\n' + grant)
    assert [(one.grantee, one.operations) for one in holdings.grants(key)] == [
        ("arn:aws:iam::1:role/app", ("Decrypt",))
    ]
    unknown, key = held(
        'variable "operations" {}\nresource "aws_kms_key" "k" {}\n' + grant.replace('["Decrypt"]', "var.operations")
    )
    with pytest.raises(Undecided):
        unknown.grants(key)


def test_what_was_made_without_a_policy_has_the_one_of_aws() -> None:
    (key,) = default_key_policy("111122223333", "k").statements
    assert (key.actions.values, key.principals) == (("kms:*",), (("AWS", "arn:aws:iam::111122223333:root"),))
    (topic,) = default_topic_policy("111122223333", "t").statements
    assert "sns:Publish" in topic.actions.values
    assert [clause.values for clause in topic.clauses] == [("111122223333",)]


HERE = """
provider "aws" {
  region = "eu-west-1"
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
}
"""
APART = """
resource "aws_sqs_queue_policy" "p" {
  region    = %s
  queue_url = aws_sqs_queue.q.url
  policy    = "{}"
}
"""
PERMISSION = """
resource "aws_lambda_permission" "p" {
  region        = %s
  function_name = "f"
  action        = "x"
  principal     = "y"
}
"""


@pytest.mark.parametrize(("region", "count"), [("null", 1), ('"us-west-2"', 0), ('"eu-west-1"', 1)])
def test_a_policy_apart_is_of_the_region_of_its_queue(
    held: Callable[[str], tuple[Holdings, Resource]], region: str, count: int
) -> None:
    holdings, queue = held(HERE + APART % region)
    assert len(holdings.find_attached(queue)) == count


@pytest.mark.parametrize(("region", "place"), [("null", "eu-west-1"), ('"us-west-2"', "us-west-2")])
def test_a_permission_is_on_the_function_of_its_own_region(
    held: Callable[[str], tuple[Holdings, Resource]], region: str, place: str
) -> None:
    holdings, _ = held(HERE + PERMISSION % region)
    (owned,) = holdings.permissions()
    assert f":lambda:{place}:" in owned.document.statements[0].resources.values[0]
