"""What a FIFO queue needs of the messages that rules, schedules and pipes send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.fifo import fits_fifo, standard_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

ROOT = """
resource "aws_sqs_queue" "q" {{
  name       = "q"
  fifo_queue = {fifo}
  {queue}
}}
resource "aws_pipes_pipe" "p" {{
  target = {target}
  target_parameters {{
    sqs_queue_parameters {{
      {parameters}
    }}
  }}
}}
"""
HERE, AWAY = "aws_sqs_queue.q.arn", '"arn:aws:sqs:eu-west-1:111122223333:theirs.fifo"'
GROUP, BY_CONTENT = 'message_group_id = "a"', "content_based_deduplication = true"


@pytest.mark.parametrize(
    ("fifo", "target", "parts", "codes"),
    [
        ("true", HERE, ("", ""), ["no group"]),
        ("true", HERE, (BY_CONTENT, ""), ["no group"]),
        ("true", HERE, ("", GROUP), ["no deduplication"]),
        ("true", HERE, ("content_based_deduplication = false", GROUP), ["no deduplication"]),
        ("true", HERE, (BY_CONTENT, GROUP), []),
        ("true", HERE, ("", f'{GROUP}\n message_deduplication_id = "$.id"'), []),
        ("false", HERE, ("", ""), []),
        ("true", AWAY, ("", ""), []),
    ],
)
def test_a_fifo_queue_needs_a_group_and_a_way_to_know_a_copy(
    site_of: Callable[[str], Site], fifo: str, target: str, parts: tuple[str, str], codes: list[str]
) -> None:
    site = site_of(ROOT.format(fifo=fifo, target=target, queue=parts[0], parameters=parts[1]))
    (pipe,) = site.stack.resources("aws_pipes_pipe")
    stops = fits_fifo(site, pipe, pipe["target"], pipe, "target_parameters.sqs_queue_parameters")
    assert [stop.code for stop in stops] == codes


@pytest.mark.parametrize(
    ("type_", "attribute", "codes"),
    [
        ("aws_sqs_queue", "fifo_queue = true", ["fifo queue"]),
        ("aws_sqs_queue", "", []),
        ("aws_sns_topic", "fifo_topic = true", ["fifo topic"]),
        ("aws_sns_topic", "", []),
    ],
)
def test_where_standard_ends_are_due_a_fifo_one_is_told(
    site_of: Callable[[str], Site], type_: str, attribute: str, codes: list[str]
) -> None:
    end = f'resource "{type_}" "e" {{\n  name = "e"\n  {attribute}\n}}\n'
    site = site_of(f'{end}resource "aws_pipes_pipe" "p" {{\n  target = {type_}.e.arn\n}}\n')
    (pipe,) = site.stack.resources("aws_pipes_pipe")
    assert [stop.code for stop in standard_end(site, pipe["target"], pipe)] == codes
