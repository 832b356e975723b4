"""Blocks that nobody knows yet do not keep the rest of a module from being judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

GROUP = 'resource "aws_cloudwatch_log_group" "a" {\n name = "a"\n}\n'


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (
            'action "aws_lambda_invoke" "warm" {\n config {\n  function_name = "f"\n }\n}',
            'action "aws_lambda_invoke" "warm"',
        ),
        ('list "aws_instance" "all" {\n provider = aws\n}', 'list "aws_instance" "all"'),
        ('language {\n edition = "2026"\n}', "block language is not judged"),
        ('store "x" {\n}', 'block store "x" is not judged: it is no block'),
        ("unheard_of {\n a = b.c\n}", "block unheard_of is not judged"),
    ],
)
def test_a_strange_block_is_one_unknown_and_the_rest_is_read(tmp_path: Path, block: str, said: str) -> None:
    (tmp_path / "main.tf").write_text(GROUP)
    (tmp_path / "more.tf").write_text(block)
    stack = read(tmp_path)
    (unread,) = stack.unread
    assert said in unread.why
    assert (unread.span.file, unread.span.line) == (str(tmp_path / "more.tf"), 1)
    assert [resource.address for resource in stack.resources()] == ["aws_cloudwatch_log_group.a"]


def test_a_strange_block_in_json_is_one_unknown_too(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(GROUP)
    (tmp_path / "more.tf.json").write_text('[{"action": {"x": {"y": {}}}}, {"locals": {"a": 1}}]')
    (unread,) = read(tmp_path).unread
    assert 'block action "x" "y" is not judged' in unread.why


def test_a_list_of_json_objects_is_read_as_all_of_them(tmp_path: Path) -> None:
    group = '{"resource": {"aws_cloudwatch_log_group": {"%s": {"name": "%s"}}}}'
    (tmp_path / "main.tf.json").write_text(f"[{group % ('a', 'a')}, {group % ('b', 'b')}]")
    assert {resource.name for resource in read(tmp_path).resources()} == {"a", "b"}
