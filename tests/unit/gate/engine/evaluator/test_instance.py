"""One instance of a resource: its address, its attributes as others see them, and as rules do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import CycleFault
from tapeproof.gate.engine.model import Origin, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.instance import Instance
    from tapeproof.gate.engine.evaluator.world import World

HERE = Span("main.tf", 1, 1, 1, 9)


def bucket(world_of: Callable[..., World], body: str, name: str = "b") -> Instance:
    world = world_of(f'variable "free" {{}}\nresource "aws_s3_bucket" "{name}" {{\n{body}\n}}\n')
    return world.scope.instances("managed", "aws_s3_bucket", name)[0]


def test_what_is_configured_is_seen_with_where_it_came_from(world_of: Callable[..., World]) -> None:
    value = bucket(world_of, 'bucket = "x"').attribute("bucket", HERE)
    assert value.plain() == "x"
    assert Origin("aws_s3_bucket.b", "bucket") in value.origins


@pytest.mark.parametrize(("body", "name"), [("", "arn"), ("bucket = null", "bucket"), ("count = 1", "count")])
def test_what_is_not_configured_is_a_reference(body: str, name: str, world_of: Callable[..., World]) -> None:
    value = bucket(world_of, body).attribute(name, HERE)
    assert value.is_reference
    assert str(value).endswith(f".{name}")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("versioning.0.enabled", True),
        ("versioning.enabled", True),
        ("versioning.1.enabled", None),
        ("versioning.0.nothing", None),
        ("nothing.0.enabled", None),
        ("versioning.²", None),
        (f"versioning.{'9' * 5000}.enabled", None),
        ("versioning.0", None),
        ("versioning.0.null_one", None),
    ],
)
def test_nested_blocks_are_reached_by_their_path(path: str, answer: object, world_of: Callable[..., World]) -> None:
    value = bucket(world_of, "versioning {\n  enabled = true\n  null_one = null\n}").find_nested(path)
    assert (value if value is None else value.plain()) == answer


def test_blocks_are_counted_where_it_is_known_how_many_there_are(world_of: Callable[..., World]) -> None:
    dynamic = 'dynamic "rule" {\n  for_each = var.free\n  content {}\n}'
    made = bucket(world_of, f"versioning {{}}\nversioning {{}}\n{dynamic}")
    assert [made.count_of(type_) for type_ in ("versioning", "rule", "nothing")] == [2, None, None]
    assert made.find_nested("rule.0.x") is None


def test_an_attribute_that_needs_itself_is_a_cycle_at_the_resource(world_of: Callable[..., World]) -> None:
    with pytest.raises(CycleFault, match=r"aws_s3_bucket.b.bucket depends on itself") as raised:
        bucket(world_of, "bucket = aws_s3_bucket.b.bucket").value("bucket")
    assert raised.value.span.line == 2


def test_rules_see_the_instance_with_its_key_and_without_meta_arguments(world_of: Callable[..., World]) -> None:
    made = bucket(world_of, 'for_each = { k = "v" }\nbucket = each.value\nprovider = aws.west').resource()
    assert (made.address, made.key, made.provider) == ('aws_s3_bucket.b["k"]', "k", "aws.west")
    assert "for_each" not in made
    assert made["bucket"].plain() == "v"


def test_a_provider_that_is_not_named_is_the_types_own(world_of: Callable[..., World]) -> None:
    assert bucket(world_of, "").resource().provider == "aws"


def test_a_refused_attribute_is_unknown_and_the_others_are_not(world_of: Callable[..., World]) -> None:
    made = bucket(world_of, "bucket = nope()\nacl = self.bucket\ntags = {}").resource()
    assert "there is no function 'nope'" in made["bucket"].why
    assert made["tags"].plain() == {}


def test_a_policy_document_is_rendered_for_who_asks_for_its_text(world_of: Callable[..., World]) -> None:
    world = world_of('data "aws_iam_policy_document" "d" {\n  statement { actions = ["s3:*"] }\n}\n')
    (document,) = world.scope.instances("data", "aws_iam_policy_document", "d")
    value = document.attribute("json", HERE)
    assert document.address == "data.aws_iam_policy_document.d"
    assert value.span == HERE
    assert value.document is not None
    assert value.document.entry("Statement").elements()[0].entry("Action").plain() == ["s3:*"]
