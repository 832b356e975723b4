"""What an attribute of a plan refers to in the end, through variables and outputs of modules."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.frontends.plan.configuration import NOT_FOLLOWED, Configuration, Reference

QUEUE = {"mode": "managed", "type": "aws_sqs_queue", "name": "q"}
ROOT: dict[str, Any] = {
    "resources": [QUEUE],
    "module_calls": {
        "m": {
            "expressions": {
                "arn": {"references": ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"]},
                "plain": {"constant_value": 1},
            },
            "for_each_expression": {"references": ["aws_sqs_queue.many"]},
            "module": {
                "outputs": {"out": {"expression": {"references": ["aws_sns_topic.t.arn"]}}},
                "resources": [{"mode": "data", "type": "aws_x", "name": "d"}],
            },
        },
        "loop": {
            "expressions": {"a": {"references": ["module.loop.b"]}},
            "module": {"outputs": {"b": {"expression": {"references": ["var.a"]}}}},
        },
    },
}
ADDRESSES = frozenset({"aws_sqs_queue.q", 'aws_sqs_queue.many["k"]', 'module.m["k"].aws_sns_topic.t'})
CONFIGURATION = Configuration({"root_module": ROOT}, ADDRESSES)


def follow(module: str, *references: str, key: str = "", repeated: object = None) -> set[Reference]:
    return CONFIGURATION.scope(module).follow({"references": list(references)}, key, repeated)


@pytest.mark.parametrize(
    ("module", "references", "found"),
    [
        ("", ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"], {Reference("aws_sqs_queue.q", "arn")}),
        ("", ['aws_sqs_queue.many["k"].arn'], {Reference('aws_sqs_queue.many["k"]', "arn")}),
        ("", ["data.aws_x.d.json"], {Reference("data.aws_x.d", "json")}),
        ('module.m["k"]', ["var.arn"], {Reference("aws_sqs_queue.q", "arn")}),
        ('module.m["k"]', ["var.plain"], set()),
        ('module.m["k"]', ["var.gone"], set()),
        ("", ['module.m["k"].out'], {Reference('module.m["k"].aws_sns_topic.t', "arn")}),
        ("", ["module.gone.out"], set()),
        ("", ["module.m"], {NOT_FOLLOWED}),
        ("", ["var.root"], {NOT_FOLLOWED}),
        ("", ["local.x"], {NOT_FOLLOWED}),
        ("", ["path.module", "terraform.workspace"], set()),
        ("module.loop", ["var.a"], {NOT_FOLLOWED}),
        ("not a module", ["aws_sqs_queue.q"], {Reference("not a module.aws_sqs_queue.q")}),
    ],
)
def test_a_reference_is_followed_to_its_resource(module: str, references: list[str], found: set[Reference]) -> None:
    assert follow(module, *references) == found


def test_a_key_selects_the_instance_that_the_plan_leads_to() -> None:
    assert follow("", "aws_sqs_queue.many", "each.key", key='["k"]') == {Reference('aws_sqs_queue.many["k"]')}
    assert follow("", "aws_sqs_queue.many", "each.key", key='["z"]') == {NOT_FOLLOWED}
    assert follow("", "aws_sqs_queue.many", "aws_sqs_queue.many.arn") == {Reference("aws_sqs_queue.many", "arn")}


def test_a_value_of_a_for_each_over_a_resource_is_an_attribute_of_its_instance() -> None:
    repeated = {"references": ["aws_sqs_queue.many"]}
    assert follow("", "each.value.arn", key='["k"]', repeated=repeated) == {Reference('aws_sqs_queue.many["k"]', "arn")}
    assert follow("", "each.key", key='["k"]', repeated=repeated) == {NOT_FOLLOWED}
    assert follow("", "each.value.arn", key='["k"]') == {NOT_FOLLOWED}


@pytest.mark.parametrize("expression", [None, {}, {"constant_value": 1}, [], "x"])
def test_what_refers_to_nothing_gives_nothing(expression: object) -> None:
    assert CONFIGURATION.scope("").follow(expression) == set()


def test_a_resource_is_found_where_it_is_declared() -> None:
    assert CONFIGURATION.scope("").find_declaration("managed", "aws_sqs_queue", "q") == QUEUE
    assert CONFIGURATION.scope("").find_declaration("data", "aws_sqs_queue", "q") is None
    assert CONFIGURATION.scope('module.m["a.b"]').find_declaration("data", "aws_x", "d") is not None
    assert Configuration({}).scope("module.m").find_declaration("data", "aws_x", "d") is None


def _following(resources: list[dict[str, Any]], reference: str) -> set[Reference]:
    return Configuration({"root_module": {"resources": resources}}).scope("").follow({"references": [reference]})


def _declared(address: str, **expressions: object) -> dict[str, Any]:
    *mode, type_, name = address.split(".")
    return {"mode": "data" if mode else "managed", "type": type_, "name": name, "expressions": expressions}


URL = {"references": ["aws_sqs_queue.q.url", "aws_sqs_queue.q"]}
NAME = {"references": ["aws_sqs_queue.q.name", "aws_sqs_queue.q"]}


@pytest.mark.parametrize(
    ("declared", "reference", "address", "path"),
    [
        (_declared("aws_sqs_queue_policy.p", queue_url=URL), "aws_sqs_queue_policy.p.id", "aws_sqs_queue.q", "url"),
        (
            _declared("aws_s3_bucket_policy.p", bucket={"references": ["aws_s3_bucket.b.id"]}),
            "aws_s3_bucket_policy.p.bucket",
            "aws_s3_bucket.b",
            "id",
        ),
        (
            _declared("aws_s3_bucket_versioning.v", bucket={"references": ["aws_s3_bucket.b.id"]}),
            "aws_s3_bucket_versioning.v.id",
            "aws_s3_bucket.b",
            "id",
        ),
        (_declared("data.aws_sqs_queue.q", name=NAME), "data.aws_sqs_queue.q.arn", "aws_sqs_queue.q", "arn"),
    ],
    ids=["the id of what is set on it", "an argument", "the id of a setting of a bucket", "a data source"],
)
def test_what_is_another_resources_is_followed_to_it(
    declared: dict[str, Any], reference: str, address: str, path: str
) -> None:
    assert _following([declared], reference) == {Reference(address, path)}


@pytest.mark.parametrize(
    ("declared", "reference"),
    [
        (_declared("data.aws_sqs_queue.q", name={"constant_value": "q"}), "data.aws_sqs_queue.q.arn"),
        (_declared("data.aws_sqs_queue.q", name={"references": ["aws_sns_topic.t.name"]}), "data.aws_sqs_queue.q.arn"),
        (_declared("data.aws_sqs_queue.q", name={"references": ["local.name"]}), "data.aws_sqs_queue.q.arn"),
        (
            _declared("data.aws_lambda_function.f", function_name=NAME, qualifier={"constant_value": "1"}),
            "data.aws_lambda_function.f.arn",
        ),
        (
            _declared("aws_s3_bucket_versioning.v", bucket=URL, expected_bucket_owner={"constant_value": "1"}),
            "aws_s3_bucket_versioning.v.id",
        ),
        (_declared("aws_sqs_queue_policy.p", queue_url=URL), "aws_sqs_queue_policy.p.policy"),
        (_declared("aws_sqs_queue.q", name={"constant_value": "q"}), "aws_sqs_queue.q.name"),
    ],
    ids=[
        "a name that is written out",
        "the name of another type",
        "a name that a plan does not explain",
        "a version of a function",
        "an id with an account behind it",
        "what is not configured",
        "an argument that is written out",
    ],
)
def test_what_may_be_another_resource_is_taken_for_itself(declared: dict[str, Any], reference: str) -> None:
    address, _, path = reference.rpartition(".")
    assert _following([declared], reference) == {Reference(address, path)}
