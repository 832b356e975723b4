"""What a provider makes of the configuration alone is known before apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import CycleFault
from tapeproof.gate.engine.model import Span, Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.world import World

HERE = Span("main.tf", 1, 1, 1, 9)


def attribute(world_of: Callable[..., World], block: str, name: str) -> Value:
    mode = "data" if block.startswith("data") else "managed"
    world = world_of(f'variable "free" {{}}\nresource "aws_sqs_queue" "q" {{}}\n{block}')
    return world.scope.instances(mode, block.split('"')[1], "x")[0].attribute(name, HERE)


@pytest.mark.parametrize(
    ("block", "name", "answer"),
    [
        ('resource "terraform_data" "x" {\n input = { days = 7 }\n}', "output", {"days": 7}),
        ('data "null_data_source" "x" {\n inputs = { days = 7 }\n}', "outputs", {"days": 7}),
        ('data "template_file" "x" {\n template = "a-$${b}"\n vars = { b = 1 }\n}', "rendered", "a-1"),
        ('data "template_file" "x" {\n template = "plain"\n}', "rendered", "plain"),
        ('data "local_file" "x" {\n filename = "${path.module}/f"\n}', "content", "written"),
        ('data "aws_arn" "x" {\n arn = "arn:aws:iam::1:role/r"\n}', "account", "1"),
        ('data "aws_arn" "x" {\n arn = "arn:aws:iam::1:role/r"\n}', "resource", "role/r"),
    ],
)
def test_it_is_known(tmp_path: Path, world_of: Callable[..., World], block: str, name: str, answer: object) -> None:
    (tmp_path / "f").write_text("written")
    value = attribute(world_of, block, name)
    assert value.plain() == answer
    assert any(origin.address.endswith(".x") for origin in value.origins)


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ('resource "terraform_data" "x" {\n}', "output"),
        ('resource "terraform_data" "x" {\n input = 1\n}', "id"),
        ('data "template_file" "x" {\n}', "rendered"),
        ('data "aws_arn" "x" {\n}', "account"),
    ],
)
def test_what_rests_on_nothing_is_known_after_apply(world_of: Callable[..., World], block: str, name: str) -> None:
    assert attribute(world_of, block, name).is_reference


def test_parts_that_are_not_known_stay_references(world_of: Callable[..., World]) -> None:
    block = 'data "template_file" "x" {\n template = "$${q}/*"\n vars = { q = aws_sqs_queue.q.arn }\n}'
    assert attribute(world_of, block, "rendered").comes_from("aws_sqs_queue.q")


@pytest.mark.parametrize(
    "block", ['data "local_file" "x" {\n filename = "gone"\n}', 'data "aws_arn" "x" {\n arn = "x"\n}']
)
def test_what_the_provider_would_refuse_is_not_known(world_of: Callable[..., World], block: str) -> None:
    value = attribute(world_of, block, "content" if "local" in block else "account")
    assert not value.known
    assert not value.is_reference


def test_what_rests_on_itself_is_told(world_of: Callable[..., World]) -> None:
    block = 'resource "terraform_data" "x" {\n input = terraform_data.x.output\n}'
    with pytest.raises(CycleFault):
        attribute(world_of, block, "output")


@pytest.mark.parametrize(
    ("type_", "arguments", "answer"),
    [
        ("aws_sqs_queue_policy", "queue_url = aws_sqs_queue.q.id", "aws_sqs_queue.q.id"),
        ("aws_s3_bucket_public_access_block", 'bucket = "b"', "b"),
        ("aws_s3_bucket_versioning", 'bucket = "b"', "b"),
    ],
)
def test_what_is_set_on_another_resource_has_its_id(
    world_of: Callable[..., World], type_: str, arguments: str, answer: str
) -> None:
    value = attribute(world_of, f'resource "{type_}" "x" {{\n{arguments}\n}}', "id")
    assert (value.plain() if value.known else str(value)) == answer


def test_an_id_with_an_account_behind_it_is_not_the_buckets(world_of: Callable[..., World]) -> None:
    block = 'resource "aws_s3_bucket_versioning" "x" {\n bucket = "b"\n expected_bucket_owner = "1"\n}'
    assert attribute(world_of, block, "id").is_reference
