from __future__ import annotations

import argparse

import pytest

from tapeproof.evidence.verifier.screen import configure_verification

WHOLE = "sha256:" + "ab" * 32


def _parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    configure_verification(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize("written", [WHOLE, WHOLE.upper(), "ab" * 32, f" {WHOLE} ", "sha256:" + ":".join(["AB"] * 32)])
def test_a_whole_fingerprint_is_taken_as_people_write_it(written: str) -> None:
    assert _parsed("--fingerprint", written).fingerprint == WHOLE


@pytest.mark.parametrize("written", ["", "sha256:", WHOLE[:-1], WHOLE + "a", "sha256:" + "xy" * 32, "md5:" + "ab" * 16])
def test_anything_less_is_a_usage_error(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        _parsed("--fingerprint", written)
    assert stopped.value.code == 2
    assert "64 hexadecimal digits" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("written", "good"), [("2026-01-31", True), ("2026-01-31T09:00:00Z", True), ("31.1.2026", False)]
)
def test_a_moment_is_a_day_or_a_second_in_utc(written: str, good: bool) -> None:
    if good:
        assert _parsed("--after", written).after == written
    else:
        with pytest.raises(SystemExit):
            _parsed("--after", written)


def test_nothing_is_known_from_elsewhere_until_it_is_named() -> None:
    parsed = _parsed("bundle.zip")
    assert (parsed.bundle, parsed.fingerprint, parsed.expect, parsed.chain) == ("bundle.zip", None, None, "")
