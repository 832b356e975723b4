"""Properties of the search for secrets, and an oracle that is not ours."""

from __future__ import annotations

import secrets
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tapeproof.gate.secrets.assignments import find_assigned
from tapeproof.gate.secrets.entropy import looks_random
from tapeproof.gate.secrets.formats import known_formats
from tapeproof.gate.secrets.masking import mask_secrets
from tapeproof.gate.secrets.names import is_placeholder, tells_where

VISIBLE = st.text(alphabet=string.ascii_letters + string.digits + "!#%&*+-./:=?@^_~", min_size=6, max_size=40)
TYPES = {"string", "number", "object", "integer"}
"""Words that stand for a type in schemas and examples."""


@given(VISIBLE.filter(lambda text: not tells_where(text) and not is_placeholder(text) and text not in TYPES))
def test_a_quoted_value_of_a_secrets_name_is_never_shown(value: str) -> None:
    assert value not in mask_secrets(f'  password = "{value}"')


@given(st.text())
def test_any_text_is_searched_and_keeps_its_length(text: str) -> None:
    assert len(mask_secrets(text)) == len(text)


@given(st.text())
def test_what_is_found_lies_inside_the_text(text: str) -> None:
    for found in (*known_formats(text), *find_assigned(text)):
        assert 0 <= found.offset < found.offset + found.length <= len(text)


def test_nineteen_of_twenty_generated_keys_look_random() -> None:
    alphabet = string.ascii_letters + string.digits
    keys = ["".join(secrets.choice(alphabet) for _ in range(40)) for _ in range(500)]
    assert sum(map(looks_random, keys)) >= 0.9 * len(keys)


PLANTED = [
    "AKIA" + "IOSFODNN7EXAMPLF",
    "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "xoxb-" + "123456789012-123456789012-abcdefABCDEFabcdefABCDEF",
    "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "npm_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "postgres://feed:Tr0ub4dor3@db.internal/prices",
    "-----BEGIN RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("planted", PLANTED)
def test_what_detect_secrets_finds_by_its_form_is_found_here(planted: str) -> None:
    scan = pytest.importorskip("detect_secrets.core.scan")
    settings = pytest.importorskip("detect_secrets.settings")
    plugins = ["AWSKeyDetector", "GitHubTokenDetector", "SlackDetector", "StripeDetector", "NpmDetector"]
    plugins += ["JwtTokenDetector", "BasicAuthDetector", "PrivateKeyDetector"]
    line = f'  value = "{planted}"'
    with settings.transient_settings({"plugins_used": [{"name": name} for name in plugins]}):
        theirs = {secret.type for secret in scan.scan_line(line)}
    if not theirs:
        pytest.skip("detect-secrets does not find it either")
    assert list(known_formats(line)), f"{sorted(theirs)} is not found"
