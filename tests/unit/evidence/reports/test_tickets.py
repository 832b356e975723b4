from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.unit.evidence.samples import Sample, acceptance

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("name", "key"), [("servicenow", "correlation_id"), ("jira", "External ID")])
def test_each_policy_that_is_not_met_is_one_ticket_that_keeps_its_key(tmp_path: Path, name: str, key: str) -> None:
    tables = []
    for number in range(2):
        sample = Sample()
        sample.exceptions = [acceptance(control=None, policy="TP_DDB_1")]
        sample.as_of = sample.as_of.replace(day=23 + number)
        bad = [one for one in sample.gate if one["policy"] in {"TP_DDB_1", "TP_LOG_1"}]
        for one in bad:
            one.update(verdict="fail", message="=cmd()")
        bundle = sample.bundle(tmp_path / f"run{number}")
        with (bundle.folder / f"reports/{name}.csv").open(newline="", encoding="utf-8") as stream:
            tables.append(list(csv.DictReader(stream)))
    titles = [" ".join(line.values()) for line in tables[0]]
    assert sum("TP_DDB_1 " in title for title in titles) == 1
    assert sum("TP_LOG_1 " in title for title in titles) == 1
    assert [line[key] for line in tables[0]] == [line[key] for line in tables[1]]
    assert len({line[key] for line in tables[0]}) == len(tables[0])
    assert "2027-05-01" in next(title for title in titles if "TP_DDB_1 " in title)
