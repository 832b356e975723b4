"""Reading a table in order, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import StoreError
from tapeproof.market.memory import MemoryTables
from tapeproof.market.paging import Partitions, Reader, Span, position, take_page, token

EVERYTHING = Span("", "\U0010ffff")
QUESTION = ("trades", "BTC-USD", 1, 2)


def put(tables: MemoryTables, partition: str, *sorts: str) -> None:
    for sort in sorts:
        tables.put_item(TableName="t", Item={"pk": {"S": partition}, "sk": {"S": sort}})


class Paged(MemoryTables):
    """Answers with two items at a time, as a service does with a megabyte."""

    def query(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's own shape
        start = asked.pop("ExclusiveStartKey", None)
        items = super().query(**asked)["Items"]
        rest = [one for one in items if start is None or one["sk"]["S"] > start["sk"]["S"]]
        more = {"LastEvaluatedKey": rest[1]} if len(rest) > 2 else {}
        return {"Items": rest[:2], **more}


@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("tables", [MemoryTables, Paged])
def test_partitions_of_one_time_are_merged_and_groups_follow_each_other(
    workers: int, tables: type[MemoryTables]
) -> None:
    made = tables()
    put(made, "a", "1", "4", "5", "6")
    put(made, "b", "2", "3", "7")
    put(made, "c", "0")
    reader = Reader(made, "t", workers)
    found = [one["sk"]["S"] for one in reader.walk(Partitions([["a", "b"], ["c"], ["none"]]), EVERYTHING)]
    assert found == ["1", "2", "3", "4", "5", "6", "7", "0"]


def test_both_ends_of_a_span_are_in_it() -> None:
    tables = MemoryTables()
    put(tables, "a", "1", "2", "3", "4")
    found = [one["sk"]["S"] for one in Reader(tables, "t").walk(Partitions([["a"]]), Span("2", "3"))]
    assert found == ["2", "3"]


def test_a_table_that_does_not_answer_is_named() -> None:
    class Refusing:
        def get_item(self, **_: Any) -> Any:  # noqa: ANN401 - boto3's own shape
            raise OSError("no route")

        query = get_item

    with pytest.raises(StoreError, match="t: the table could not be read"):
        Reader(Refusing(), "t").get("a", "1")


def test_a_token_leads_on_with_its_own_question_only() -> None:
    given = token(QUESTION, "5|x#ä")
    assert position(QUESTION, given) == "5|x#ä"
    with pytest.raises(StoreError, match="another question"):
        position((*QUESTION[:3], 3), given)


@pytest.mark.parametrize("given", ["", "!", "abc", "bnVsbA", token(QUESTION, "5")[:-3], "é"])
def test_a_damaged_token_is_refused(given: str) -> None:
    with pytest.raises(StoreError, match="token"):
        position(QUESTION, given)


@pytest.mark.parametrize(("size", "taken", "more"), [(1, (1,), True), (3, (1, 2, 3), False), (9, (1, 2, 3), False)])
def test_a_page_knows_whether_more_follows(size: int, taken: tuple[int, ...], more: bool) -> None:
    assert take_page(iter([1, 2, 3]), size) == (taken, more)
