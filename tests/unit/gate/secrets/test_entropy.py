"""Text that nobody made up by hand."""

from __future__ import annotations

import pytest

from tapeproof.gate.secrets.entropy import looks_random, random_tokens


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
    ],
)
def test_ids_digests_and_joined_words_do_not_look_random(token: str) -> None:
    assert not looks_random(token)


def test_random_words_are_found_in_a_text_and_never_kept() -> None:
    text = "curl -H x-key:q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae https://a.example/market-data"
    (found,) = random_tokens(text)
    assert text[found.offset : found.offset + found.length] == "q9Xv2LpT7mZr4Kc8Wd1Bn6Ys3Hf5Jg0Ae"
    assert "q9Xv" not in found.kind


@pytest.mark.parametrize("text", ["", "aB3" * 200, "é" * 30, "q9Xv2LpT7m", "path/to/a/module/that/is/long/enough"])
def test_what_is_short_long_or_made_of_words_is_not_taken_for_a_key(text: str) -> None:
    assert list(random_tokens(text)) == []
