"""Reading capture files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.ops.capture import NativeMessage, open_captures
from tapeproof.ops.errors import CaptureError
from tests.places import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = ("bitstamp", "coinbase", "gemini", "kraken")
SHARED = SHARED / "marketdata"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(content: str | bytes, name: str = "kraken-book.capture") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


def _read(path: Path, venue: str | None = None) -> list[NativeMessage]:
    return [message for capture in open_captures([path], venue, KNOWN) for message in capture]


def test_only_what_the_exchange_sent_is_market_data(write: Callable[..., Path]) -> None:
    path = write(
        "wss://ws.kraken.com <-> 1618678132.3858151\n"
        'wss://ws.kraken.com <- 1618678132.8253062: {"event":"subscribe"}\n'
        '1618678132.8258188: {"event":"systemStatus"}\n'
        "\n"
    )
    assert _read(path) == [NativeMessage("kraken", 1618678132825818800, '{"event":"systemStatus"}')]


@pytest.mark.parametrize(
    ("written", "nanoseconds"),
    [
        ("1618678132", 1618678132000000000),
        ("1618678132.1", 1618678132100000000),
        ("1641343691.06795", 1641343691067950000),
        ("1618678132.123456789", 1618678132123456789),
    ],
)
def test_the_time_of_receipt_is_exact_to_the_nanosecond(
    write: Callable[..., Path], written: str, nanoseconds: int
) -> None:
    assert _read(write(f"{written}: {{}}\n"))[0].received_ns == nanoseconds


@pytest.mark.parametrize(
    "raw", ['{"price":1.10000000000000000001}', "not JSON at all", "", '{"a": "\u2028"}', '{"a":"\x0b"}', "{\t}  "]
)
def test_the_message_is_kept_exactly_as_received(write: Callable[..., Path], raw: str) -> None:
    assert _read(write(f"1618678132.5: {raw}\n"))[0].raw == raw


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no time at all", ":2: is not a captured message"),
        ("1618678132.5 {}", ":2: is not a captured message"),
        ("1618678132.5:{}", ":2: is not a captured message"),
        ("99999999999: {}", ":2: is not a captured message"),
        ("x" * 500, "…"),
    ],
)
def test_a_line_of_another_form_is_named_and_nothing_is_read(write: Callable[..., Path], line: str, said: str) -> None:
    path = write(f"1618678132.5: {{}}\n{line}\n")
    with pytest.raises(CaptureError) as refused:
        open_captures([path], None, KNOWN)
    assert said in refused.value.diagnostics()
    assert str(path) in refused.value.diagnostics()


def test_bytes_that_are_no_text_are_named_by_line(write: Callable[..., Path]) -> None:
    path = write(b"1618678132.5: {}\n1618678132.6: \xff\xfe\n")
    with pytest.raises(CaptureError, match="is not UTF-8"):
        open_captures([path], None, KNOWN)


def test_an_empty_file_is_an_error(write: Callable[..., Path]) -> None:
    with pytest.raises(CaptureError, match="holds no message"):
        open_captures([write("")], None, KNOWN)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="cannot be read"):
        open_captures([tmp_path / "kraken.capture"], None, KNOWN)


def test_the_file_name_says_the_venue_and_the_option_overrides_it(write: Callable[..., Path]) -> None:
    path = write("1618678132.5: {}\n", "Kraken.capture")
    assert _read(path)[0].venue == "kraken"
    assert _read(path, "nyse")[0].venue == "nyse"


def test_a_file_that_is_not_there_is_named_before_its_venue_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="cannot be read"):
        open_captures([tmp_path / "nowhere.capture"], None, KNOWN)


def test_a_file_name_without_a_known_venue_asks_for_the_option(write: Callable[..., Path]) -> None:
    with pytest.raises(CaptureError) as refused:
        open_captures([write("1618678132.5: {}\n", "krakn.capture")], None, KNOWN)
    assert "--venue" in refused.value.diagnostics()


@pytest.mark.parametrize("venue", ["", "NYSE", "a b", "../x", "x" * 40])
def test_a_venue_that_cannot_be_part_of_a_source_is_refused(write: Callable[..., Path], venue: str) -> None:
    with pytest.raises(CaptureError, match="is not a venue's identifier"):
        open_captures([write("1618678132.5: {}\n")], venue, KNOWN)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the captures lie beside the project, and are not there")
@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("coinbase", 9_946),
        ("kraken-trade", 49),
        ("kraken-ticker", 60),
        ("kraken-book", 4_321),
        ("bitstamp", 747),
        ("gemini", 678),
    ],
)
def test_every_message_of_a_real_capture_is_read(name: str, messages: int) -> None:
    (capture,) = open_captures([SHARED / f"{name}.capture"], None, KNOWN)
    assert capture.messages == len(list(capture)) == messages


@given(st.text(max_size=40).filter(lambda text: "\n" not in text and "\r" not in text and text.isprintable()))
def test_any_text_after_a_time_is_a_message(raw: str) -> None:
    from tapeproof.ops import capture  # noqa: PLC0415

    parsed = capture._parse(Path("x.capture"), 1, f"1618678132.5: {raw}", "kraken")
    assert parsed == NativeMessage("kraken", 1618678132500000000, raw)
