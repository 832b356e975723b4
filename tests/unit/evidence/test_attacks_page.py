from __future__ import annotations

import re

from tests.places import PROJECT

PAGE = PROJECT / "docs/attacks-on-evidence.md"


def test_the_page_of_attacks_numbers_them_and_names_a_test_file_for_each() -> None:
    rows = re.findall(r"^\| (\d+)\. (.+?) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 25
    named = {test.strip("`") for *_, test in rows if test != "same"}
    assert [name for name in named if not (PROJECT / "tests" / name).is_file()] == []
