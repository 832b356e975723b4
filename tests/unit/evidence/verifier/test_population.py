from __future__ import annotations

import pytest

from tapeproof.evidence.verifier.population import Populations, type_of


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("aws_sqs_queue.dlq", "aws_sqs_queue"),
        ('module.a["x.y"].module.b[0].aws_sqs_queue.dlq["k]\\"[.z"]', "aws_sqs_queue"),
        ("live:aws_iam_role:role-x", "aws_iam_role"),
        ("data.aws_region.current", ""),
        ("population of aws_sqs_queue", ""),
        ("", ""),
    ],
)
def test_the_type_of_an_address_is_read_through_modules_and_keys(address: str, kind: str) -> None:
    assert type_of(address) == kind


def test_populations_count_each_address_once_and_name_the_differences() -> None:
    populations = Populations(["aws_sqs_queue"])
    for stage, addresses in {
        "source": ["aws_sqs_queue.a", "aws_sqs_queue.a", "aws_x.b"],
        "plan": ["aws_sqs_queue.c"],
    }.items():
        populations.stage(stage)
        for address in addresses:
            populations.add(stage, address)
    summary = populations.summary()
    assert summary["stages"] == {"source": 1, "plan": 1}
    assert summary["differences"] == [
        {"left": "source", "right": "plan", "only_left": ["aws_sqs_queue.a"], "only_right": ["aws_sqs_queue.c"]}
    ]
