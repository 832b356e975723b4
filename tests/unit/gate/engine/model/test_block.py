"""Blocks yield what is known before they say what is not; findings stand at the offending value."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Block, Known, Resource, Span, Undecided, Unknown, Value


def function(name: Value, **attributes: Value) -> Resource:
    return Resource(
        type="aws_lambda_function",
        name="trade",
        address="aws_lambda_function.trade",
        attributes={"function_name": name, **attributes},
    )


def test_blocks_yield_what_is_known_before_they_raise() -> None:
    child = Block(type="redrive")
    block = Block(type="x", children=(child,), uncertain={"redrive": Unknown("for_each is unknown")})
    assert block.block("redrive") is child
    with pytest.raises(Undecided):
        list(block.blocks("redrive"))


def test_an_object_attribute_counts_as_a_nested_block() -> None:
    block = Block(type="x", attributes={"pitr": Known({"enabled": Known(True)})})
    assert block.at("pitr.enabled").boolean()


def test_sensitive_values_are_not_shown() -> None:
    secret = Known("hunter2", sensitive=True)
    assert "hunter2" not in repr(function(Known("a")).fails(secret, "no").observed)


def test_an_absent_attribute_is_null_at_the_header_and_a_default_stands_there_too() -> None:
    header = Span("main.tf", 4, 1, 4, 9)
    block = Block(type="x", attributes={"set": Known(1), "null": Known(None)}, span=header)
    assert (block["gone"].is_null, block["gone"].span) == (True, header)
    assert ("null" in block, "gone" in block) == (True, False)
    assert block.get("gone", 7).plain() == 7
    assert block.get("null", {"a": [1]}).plain() == {"a": [1]}
    assert block.get("set", 7).plain() == 1
    assert block.get("gone", [1]).span == header


def test_a_default_is_not_given_for_what_may_be_set() -> None:
    block = Block(type="x", attributes={"a": Unknown("it depends")})
    with pytest.raises(Undecided, match="it depends"):
        block.get("a", 1)


@pytest.mark.parametrize(
    ("attribute", "count"),
    [(Known(None), 0), (Known((), kind="tuple"), 0), (Known((Known({}), Known({})), kind="tuple"), 2), (Known({}), 1)],
)
def test_a_list_of_objects_counts_as_blocks(attribute: Value, count: int) -> None:
    assert len(list(Block(type="x", attributes={"rule": attribute}).blocks("rule"))) == count


def test_a_path_through_a_block_that_is_not_there_is_null_and_through_one_that_may_be_is_undecided() -> None:
    assert Block(type="x").at("a.b.c").is_null
    with pytest.raises(Undecided, match="who knows"):
        Block(type="x", uncertain={"a": Unknown("who knows")}).at("a.b")


def test_every_value_at_any_depth_is_gone_through() -> None:
    inner = Block(type="inner", attributes={"b": Known((Known("deep"),))})
    found = Block(type="x", attributes={"a": Known("top")}, children=(inner,)).values()
    assert [value.plain() for value in found] == ["top", ["deep"], "deep"]


@pytest.mark.parametrize(
    ("mode", "module", "base"),
    [("managed", "", "x.y"), ("data", "", "data.x.y"), ("managed", 'module.m["a"]', 'module.m["a"].x.y')],
)
def test_what_count_makes_several_of_has_an_address_without_a_key(mode: str, module: str, base: str) -> None:
    assert Resource(type="x", name="y", address="?", key=0, mode=mode, module=module).base == base


def test_findings_stand_at_the_value_and_an_undecided_one_at_the_header_when_it_has_no_place() -> None:
    header, place = Span("main.tf", 4, 1, 4, 9), Span("main.tf", 5, 3, 5, 4)
    resource = Resource(type="x", name="y", address="x.y", span=header)
    value = Known("v" * 500, span=place)
    assert resource.fails(value, "no").span == place
    assert len(resource.fails(value, "no").observed) == 120
    assert resource.passes().span == header
    assert resource.warns(value, "old").warning
    assert resource.unknown(Unknown("it depends")).span == header
    assert resource.unknown(Unknown("it depends", span=place), "says more").message == "says more"


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        ("force_delete = true", "force_delete = true; here it is called EmptyOnDelete"),
        ("remove force_delete", "remove force_delete; here it is called EmptyOnDelete"),
        ("recovery { on = true }", "recovery { on = true }; here it is called Backup.On"),
        ("other = true", "other = true"),
        ("use a standard queue", "use a standard queue"),
    ],
)
def test_a_way_out_says_what_an_attribute_is_called_where_it_is_written(fix: str, told: str) -> None:
    names = {"force_delete": "EmptyOnDelete", "recovery.on": "Backup.On"}
    made = Resource(type="aws_ecr_repository", address="aws_cloudformation_stack.s/R", names=names)
    assert made.fails(made, "no", fix=fix).fix == told
    plain = Resource(type="aws_ecr_repository", address="aws_ecr_repository.r")
    assert plain.fails(plain, "no", fix=fix).fix == fix
