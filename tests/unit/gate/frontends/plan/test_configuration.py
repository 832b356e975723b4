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
