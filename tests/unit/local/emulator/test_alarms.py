"""A JSON answer as the XML query protocol has it."""

from __future__ import annotations

import pytest

from tapeproof.local.emulator.alarms import write_members


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ({}, ""),
        ({"A": None}, ""),
        ({"A": "a & <b>"}, "<A>a &amp; &lt;b&gt;</A>"),
        ({"A": True, "B": False}, "<A>true</A><B>false</B>"),
        ({"A": 1.5, "B": 0}, "<A>1.5</A><B>0</B>"),
        ({"A": []}, "<A></A>"),
        ({"A": ["x", "y"]}, "<A><member>x</member><member>y</member></A>"),
        (
            {"Dimensions": [{"Name": "n", "Value": "v"}]},
            "<Dimensions><member><Name>n</Name><Value>v</Value></member></Dimensions>",
        ),
        ({"StateUpdatedTimestamp": 0.25}, "<StateUpdatedTimestamp>1970-01-01T00:00:00.250Z</StateUpdatedTimestamp>"),
        ({"StateUpdatedTimestamp": "as it is"}, "<StateUpdatedTimestamp>as it is</StateUpdatedTimestamp>"),
    ],
)
def test_an_answer_is_written_as_members(answer: dict[str, object], written: str) -> None:
    assert write_members(answer) == written
