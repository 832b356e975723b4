from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.members import read_json
from tapeproof.log.objects import read_bounded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("data", [b'{"a":1,"a":1}', b'[{"b":{"a":1,"a":2}}]', '{"\\u0061":1,"a":2}'])
def test_a_member_twice_is_refused_wherever_it_is(data: bytes | str) -> None:
    with pytest.raises(ValueError, match="the member 'a' is there twice"):
        read_json(data)


def test_what_says_each_thing_once_is_read() -> None:
    assert read_json(b' {"a":[{"a":1},{"a":2}]}\n') == {"a": [{"a": 1}, {"a": 2}]}


def test_a_file_that_somebody_names_is_read_up_to_a_bound(tmp_path: Path) -> None:
    with (tmp_path / "long").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(ValueError, match="more than 1,000 bytes"):
        read_bounded(tmp_path / "long", 1_000)
    (tmp_path / "short").write_bytes(b"x" * 1_000)
    assert len(read_bounded(tmp_path / "short", 1_000)) == 1_000
