"""Rules answer on any stack, however odd: never with an exception, and never with PASS for what is unknown."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.gate.aws.event_pattern import pattern_faults
from tapeproof.gate.aws.naming import NAMEABLE
from tapeproof.gate.engine.model import (
    Block,
    Finding,
    Known,
    Literal,
    Origin,
    Piece,
    Ref,
    Resource,
    Span,
    Stack,
    Text,
    Unknown,
    Value,
    Variable,
    Verdict,
)
from tapeproof.gate.engine.policy import Policy, catalog
from tapeproof.gate.frontends.plain import value_of
from tests.effort import cases

if TYPE_CHECKING:
    from collections.abc import Iterable

POLICIES = catalog()
TYPES = sorted(
    {
        "aws_cloudwatch_event_bus",
        "aws_cloudwatch_event_rule",
        "aws_cloudwatch_event_target",
        "aws_cloudwatch_log_group",
        "aws_cloudwatch_metric_alarm",
        "aws_dynamodb_table",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_kms_key",
        "aws_lambda_event_source_mapping",
        "aws_lambda_function",
        "aws_lambda_function_event_invoke_config",
        "aws_lambda_permission",
        "aws_s3_bucket",
        "aws_s3_bucket_policy",
        "aws_s3_bucket_public_access_block",
        "aws_scheduler_schedule",
        "aws_sns_topic",
        "aws_sns_topic_policy",
        "aws_sqs_queue",
        "aws_sqs_queue_policy",
    }
)
ATTRIBUTES = [
    "actions_enabled", "alarm_actions", "alarm_name", "arn", "assume_role_policy", "bucket", "dead_letter_config",
    "deletion_protection_enabled", "destination_config", "dimensions", "enabled", "environment", "event_pattern",
    "event_source_arn", "force_destroy", "function_name", "inline_policy", "kms_key_id", "kms_master_key_id",
    "lifecycle", "logging_config", "memory_size", "metric_name", "metric_query", "name", "namespace", "package_type",
    "point_in_time_recovery", "policy", "policy_arn", "principal", "queue_url", "redrive_policy", "replica",
    "retention_in_days", "role", "rule", "runtime", "schedule_expression", "server_side_encryption", "source_account",
    "source", "source_arn", "sqs_managed_sse_enabled", "state", "target", "timeout",
]  # fmt: skip
WORDS = [
    "*", "?", "", "Allow", "Deny", "AWS/Lambda", "Errors", "FunctionName", "arn:", "arn:aws:sqs:us-east-1:1:q", "true",
    "events.amazonaws.com", "python3.11", "{}", "[]", '{"Statement": []}', '{"Statement": {"Effect": "Allow"}}', "{",
    '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*"}]}', "queue-x-dev", "30",
    "alias/aws/sqs", "rate(1 minute)", "https://sqs.us-east-1.amazonaws.com/1/q", "/aws/lambda/trade", "trade",
]  # fmt: skip
ADDRESSES = [
    "aws_sqs_queue.a",
    "module.m.aws_lambda_function.a",
    'aws_iam_role.a["k"]',
    "data.aws_iam_policy_document.a",
]


@cache
def values() -> st.SearchStrategy[Value]:
    references = st.builds(Ref, st.sampled_from(ADDRESSES), st.sampled_from(["arn", "id", "json", "value", ""]))
    unknowns = st.builds(Unknown, st.just("var.x has no value"), st.sampled_from(["", "var.x"]))
    words = st.sampled_from(WORDS)
    pieces = st.lists(st.builds(Piece, st.one_of(words, references, unknowns)), min_size=1, max_size=3).map(tuple)
    scalars = st.one_of(
        st.builds(Known, st.one_of(words, st.none(), st.booleans(), st.integers(-1, 400))),
        references,
        unknowns,
        st.builds(Text, pieces),
        st.builds(Known, words, origins=st.just(frozenset({Origin("var.environment_suffix")}))),
    )
    names = st.sampled_from(
        [*ATTRIBUTES, "Statement", "Effect", "Action", "Resource", "Principal", "enabled", "variables"]
    )
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.builds(Known, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Known, st.dictionaries(names, inner, max_size=4)),
        ),
        max_leaves=8,
    )


@cache
def stacks() -> st.SearchStrategy[Stack]:
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), values(), max_size=8)
    uncertain = st.dictionaries(st.sampled_from(["lifecycle", "replica", "dead_letter_config"]), st.just(Unknown("x")))
    resources = st.builds(
        lambda type_, number, found, doubts: Resource(
            type=type_, name=f"r{number}", address=f"{type_}.r{number}", attributes=found, uncertain=doubts
        ),
        st.sampled_from(TYPES),
        st.integers(0, 3),
        attributes,
        uncertain,
    )
    literals = st.builds(
        Literal, text=st.one_of(st.text(max_size=30), st.sampled_from(WORDS)), span=st.just(Span("a.tf", 1, 1, 1, 9)),
        block=st.sampled_from(["resource", "locals", "variable"]), owner=st.just("x"), attribute=st.text(max_size=8),
    )  # fmt: skip
    blocks = st.builds(
        Block, type=st.sampled_from(["provider", "removed"]), labels=st.just(("aws",)), attributes=attributes
    )
    variables = st.builds(Variable, name=st.sampled_from(["environment_suffix", "db_password"]), value=values())
    return st.builds(
        Stack,
        root=st.just("root"),
        front_end=st.sampled_from(["hcl", "plan", "live"]),
        everything=st.lists(resources, max_size=5, unique_by=lambda resource: resource.address).map(tuple),
        literals=st.lists(literals, max_size=3).map(tuple),
        blocks=st.lists(blocks, max_size=2).map(tuple),
        variables=st.lists(variables, max_size=2).map(tuple),
    )


def verdicts(findings: Iterable[Finding]) -> set[Verdict]:
    return {finding.verdict for finding in findings}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
@given(stack=stacks())
@settings(max_examples=cases(25))
def test_a_rule_answers_with_verdicts_on_any_stack(policy: Policy, stack: Stack) -> None:
    for finding in policy.judge(stack, policy.settings()):
        assert isinstance(finding, Finding)
        assert finding.verdict in {Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN}
        assert finding.message or finding.verdict is Verdict.PASS


SETTLED_WITHOUT_VALUES = {"TP_VAL_1", "TP_VAL_2", "TP_VAL_3", "TP_REG_1", "TP_IAM_4", "TP_DST_2", "TP_SOD_1"}
"""They are about literals (VAL), declared variables, providers, other resources, or attributes that are absent.

TP_VAL_3 asks for texts that somebody wrote, and what is not known is none. TP_SOD_1 asks which roles of functions
administer a key, and a key alone in a stack has none.
"""


@pytest.mark.parametrize("policy", [p for p in POLICIES if p.id not in SETTLED_WITHOUT_VALUES], ids=lambda p: p.id)
def test_a_resource_of_which_nothing_is_known_never_passes(policy: Policy) -> None:
    nothing = {name: Unknown(f"var.{name} has no value") for name in (*ATTRIBUTES, "acl", "grant")}
    for type_ in sorted({*TYPES, *NAMEABLE} if policy.id.startswith("TP_NAM") else TYPES):
        lone = Resource(type=type_, name="r", address=f"{type_}.r", attributes=nothing | _names(type_))
        found = list(policy.judge(Stack(root="r", front_end="hcl", everything=(lone,)), policy.settings()))
        assert Verdict.PASS not in verdicts(found), (policy.id, type_)


def _names(type_: str) -> dict[str, Value]:
    return {NAMEABLE[type_].attribute: Unknown("var.name has no value")} if type_ in NAMEABLE else {}


@given(pattern=st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["source", "detail", "$or", "numeric", "anything-but", "wildcard"]), inner),
    ),
    max_leaves=12,
))  # fmt: skip
@settings(max_examples=cases(150))
def test_the_grammar_of_patterns_judges_any_json(pattern: object) -> None:
    faults = list(pattern_faults(value_of(json.loads(json.dumps(pattern)), Span("p.json", 1, 1))))
    assert all(fault.message for fault in faults)
