"""Text that nobody made up by hand."""

from __future__ import annotations

import pytest

from tapeproof.gate.secrets.entropy import looks_random, may_be_hex_key, random_tokens


@pytest.mark.parametrize(
    "token",
    [
        *("q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", "L3xXk29slK2mPq0vZ8s1TyUbNw4eRc7a", "zM9/kQ2+Lx7Rf4Tn8Vb1Yc6Wd3Hg5Jp0"),
    ],
)
def test_a_generated_key_looks_random(token: str) -> None:
    assert looks_random(token)


@pytest.mark.parametrize(
    "token",
    [
        *("AWSLambdaBasicExecutionRole2", "AmazonSSMManagedInstanceCoreV2Role", "subnet-0abc1234def567890"),
        "d1b0706c4879b31a195d01f3a967e8b35d95cbb7",  # a digest: bridgecrewio/checkov#754
        *("123e4567-e89b-12d3-a456-426614174000", "bucket-market-data-us-east-1-123456789012", "short1A"),
        "AAAAB3NzaC1yc2EAAAADAQABAAABgQDJ7s8kQ2Lx7Rf4Tn8Vb1Yc6Wd3Hg5Jp0",
        "TradesOfTheDay2AndTheNight3",
        *("pk_live_" + "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys", "1h57kf5cpq17m0eml12EXAMPLE", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"),
        *(
            "builds/2026-11-30T12-00-00Z/feeds-1",
            "H4sIAAAAAAAAA0vLz1dITixSSMnPBgBEeF7h",
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0D",
        ),
    ],
)
def test_ids_digests_and_joined_words_do_not_look_random(token: str) -> None:
    assert not looks_random(token)


def test_random_words_are_found_in_a_text_and_never_kept() -> None:
    text = "curl -H x-key:q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae https://a.example/market-data"
    (found,) = random_tokens(text)
    assert text[found.offset : found.offset + found.length] == "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae"
    assert "q9Xv" not in found.kind


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("export UPLOADER=q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", 1),
        ("export CODE_SHA256=q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", 0),
        ("aG9zdD1kYi5pbnRlcm5hbApwb3J0PTU0MzIK", 0),  # text in Base64
        ("PublicKey = q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", 0),
        ("SHA256:q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", 0),
        ("https://a.example/x?versionId=q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", 0),
        ("google-site-verification=q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", 0),
        ('{"checksum": "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae", "feed": "Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae9q"}', 1),
    ],
)
def test_what_a_random_word_is_called_says_whether_it_is_a_key(text: str, count: int) -> None:
    assert len(list(random_tokens(text))) == count


@pytest.mark.parametrize("text", ["", "aB3" * 200, "é" * 30, "q9Xv2LpT7m", "path/to/a/module/that/is/long/enough"])
def test_what_is_short_long_or_made_of_words_is_not_taken_for_a_key(text: str) -> None:
    assert list(random_tokens(text)) == []


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("9d8e7f604f3c2a1ba1b2c3d4e5f60718", True),
        ("4F3C2A1B9D8E7F60A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718", True),
        ("d1b0706c4879b31a195d01f3a967e8b35d95cbb7", False),
        ("00000000000000000000000000000001", False),
        ("12345678901234567890123456789012", False),
        ("sha256:4f3c2a1b9d8e7f60a1b2c3d4e5f60718", False),
    ],
)
def test_hexadecimal_digits_as_long_and_mixed_as_a_key_may_be_one(text: str, *, may_be: bool) -> None:
    assert may_be_hex_key(text) is may_be
