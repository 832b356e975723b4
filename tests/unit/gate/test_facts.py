"""Tables of facts: one CSV file each, with its source."""

from __future__ import annotations

import csv

import pytest

from tapeproof.content import content
from tapeproof.gate.facts import cells, rows

TABLES = sorted(path.stem for path in (content("policies") / "facts").glob("*.csv"))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_value_or_an_empty_text_in_every_column(table: str) -> None:
    listed = rows(table)
    assert listed
    columns = listed[0].keys()
    assert all(row.keys() == columns for row in listed)
    assert not [row for row in listed if None in row or None in row.values()]


@pytest.mark.parametrize("table", TABLES)
def test_what_says_where_a_table_comes_from_is_no_row(table: str) -> None:
    assert not [row for row in rows(table) if next(iter(row.values())).startswith("#")]
    assert not next(iter(rows(table)[0])).startswith("#")


def test_a_table_is_read_once() -> None:
    assert rows(TABLES[0]) is rows(TABLES[0])


@pytest.mark.parametrize("name", ["no_such_table", "../tp_log_1/policy", ""])
def test_a_table_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(OSError, match="No such file"):
        rows(name)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_read_as_the_standard_library_reads_it(table: str) -> None:
    with (content("policies") / "facts" / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        assert cells(table) == list(csv.reader(line for line in file if not line.startswith("#")))
