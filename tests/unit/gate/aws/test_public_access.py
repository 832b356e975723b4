from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.public_access import SWITCHES, account_blocks, blocks_of, find_off, has_bucket_here
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack

HERE = 'resource "aws_s3_bucket" "b" {\n  bucket = "here"\n}\n'
BLOCK = 'resource "aws_s3_bucket_public_access_block" "b" {{\n  bucket = {}\n  block_public_acls = {}\n}}\n'


def stack_of(folder: Path, source: str) -> Stack:
    (folder / "main.tf").write_text(source, encoding="utf-8")
    return read(folder)


@pytest.mark.parametrize(
    ("bucket", "is_here"),
    [
        ("aws_s3_bucket.b.id", True),
        ('"here"', True),
        ('"elsewhere"', False),
        ("data.aws_s3_bucket.d.id", False),
        ("var.bucket", False),
    ],
)
def test_a_bucket_is_here_where_the_stack_declares_it(bucket: str, is_here: bool, tmp_path: Path) -> None:
    source = HERE + BLOCK.format(bucket, "true") + 'data "aws_s3_bucket" "d" {\n  bucket = "there"\n}\n'
    stack = stack_of(tmp_path, source + 'variable "bucket" {\n  type = string\n}\n')
    assert has_bucket_here(stack, next(iter(stack.resources("aws_s3_bucket_public_access_block")))) is is_here


def test_a_block_is_of_the_bucket_that_it_names(tmp_path: Path) -> None:
    stack = stack_of(tmp_path, HERE + BLOCK.format("aws_s3_bucket.b.id", "true"))
    found = blocks_of(stack, next(iter(stack.resources("aws_s3_bucket"))))
    assert [block.address for block in found] == ["aws_s3_bucket_public_access_block.b"]


def test_a_switch_is_off_where_no_block_has_it_on(tmp_path: Path) -> None:
    wide = 'resource "aws_s3_account_public_access_block" "a" {\n  ignore_public_acls = true\n}\n'
    stack = stack_of(tmp_path, HERE + BLOCK.format("aws_s3_bucket.b.id", "true") + wide)
    blocks = [*stack.resources("aws_s3_bucket_public_access_block"), *account_blocks(stack)]
    off = {name: block.address for name in SWITCHES if (block := find_off(name, blocks)) is not None}
    assert off == dict.fromkeys(("block_public_policy", "restrict_public_buckets"), blocks[0].address)


def test_each_of_several_blocks_of_one_bucket_counts(tmp_path: Path) -> None:
    second = BLOCK.format("aws_s3_bucket.b.id", "false").replace('block" "b"', 'block" "c"')
    stack = stack_of(tmp_path, HERE + BLOCK.format("aws_s3_bucket.b.id", "true") + second)
    found = find_off("block_public_acls", stack.resources("aws_s3_bucket_public_access_block"))
    assert found is not None
    assert found.address == "aws_s3_bucket_public_access_block.c"


def test_a_block_of_an_account_that_is_written_out_may_be_of_another_one(tmp_path: Path) -> None:
    stack = stack_of(
        tmp_path, 'resource "aws_s3_account_public_access_block" "a" {\n  account_id = "111122223333"\n}\n'
    )
    with pytest.raises(Undecided):
        account_blocks(stack)


@pytest.mark.parametrize(("account", "found"), [("111122223333", 1), ("444455556666", 0)])
def test_a_block_by_the_number_of_an_account_is_of_those_that_the_providers_are_confined_to(
    account: str, found: int, tmp_path: Path
) -> None:
    provider = 'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n'
    block = f'resource "aws_s3_account_public_access_block" "a" {{\n  account_id = "{account}"\n}}\n'
    assert len(account_blocks(stack_of(tmp_path, provider + block))) == found
