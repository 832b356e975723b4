"""What was encrypted for somebody, or is public, is not taken for a secret."""

from __future__ import annotations

import base64
import hashlib

import pytest

from tapeproof.gate.secrets.entropy import random_tokens
from tapeproof.gate.secrets.formats import known_formats
from tapeproof.gate.secrets.names import tells_where
from tapeproof.gate.secrets.sealed import is_sealed, spans_of_sealed, within_armour


def _mixed(size: int) -> str:
    seed = b"".join(hashlib.sha256(bytes([part])).digest() for part in range(size // 32 + 1))
    return base64.b64encode(seed[:size]).decode()


BODY = _mixed(150)
SEALED = [
    base64.b64encode(bytes.fromhex("0102020078") + base64.b64decode(BODY)).decode(),
    base64.b64encode(bytes.fromhex("0101020078") + base64.b64decode(BODY)).decode(),
    base64.b64encode(bytes.fromhex("0a2400") + base64.b64decode(BODY)).decode(),
    f"vault:v1:{BODY}",
    "$2y$05$" + BODY[:53].replace("+", "."),
    "$argon2id$v=19$m=65536,t=3,p=4$" + BODY[:22] + "$" + BODY[30:73],
    f"SCRAM-SHA-256$4096:{BODY[:22]}==${BODY[22:65]}=:{BODY[65:108]}=",
    f"ENC({BODY[:32]})",
    "phc_" + BODY[:43].replace("+", "a").replace("/", "b"),
    f"ENC[AES256_GCM,data:{BODY},iv:{BODY[:44]},tag:{BODY[50:74]},type:str]",
    f"-----BEGIN PGP MESSAGE-----\n\n{BODY[:64]}\n{BODY[64:128]}\n-----END PGP MESSAGE-----",
    f"-----BEGIN DH PARAMETERS-----\n{BODY[:64]}\n-----END DH PARAMETERS-----",
    f"-----BEGIN TRUSTED CERTIFICATE-----\n{BODY[:64]}\n-----END TRUSTED CERTIFICATE-----",
    f"-----BEGIN CERTIFICATE-----\n{BODY[:64]}\n{BODY[64:128]}\n-----END CERTIFICATE-----",
]


@pytest.mark.parametrize("text", SEALED, ids=lambda text: text[:12])
def test_what_is_sealed_is_no_secret_under_any_name(text: str) -> None:
    assert is_sealed(text)
    assert tells_where(text)
    assert not list(random_tokens(f"x {text} y"))


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"vault:{BODY}",
        f"AQICAHk{BODY}",
        f"ENC[AES256_GCM,data:{BODY}",
        f"-----BEGIN PGP MESSAGE-----\n{BODY[:64]}\n-----END CERTIFICATE-----",
    ],
    ids=lambda text: text[:12],
)
def test_what_only_looks_alike_is_still_searched(text: str) -> None:
    assert not is_sealed(text)
    assert spans_of_sealed(text) == []


def test_a_key_beside_what_is_sealed_is_found() -> None:
    (found,) = random_tokens(f"{SEALED[0]} {_mixed(30)}")
    assert found.offset == len(SEALED[0]) + 1


def test_a_script_is_public_between_the_lines_that_say_so() -> None:
    lines = [
        "a",
        "-----BEGIN CERTIFICATE-----",
        "b",
        "-----END CERTIFICATE-----",
        "c",
        "-----BEGIN PRIVATE KEY-----",
        "d",
    ]
    assert list(within_armour(lines)) == [False, False, True, True, False, False, False]
    assert list(within_armour(["-----BEGIN X509 CRL-----b-----END X509 CRL-----", "c"])) == [False, False]


@pytest.mark.parametrize("quote", ['"', '\\"'])
def test_the_public_members_of_a_key_of_the_web_are_public_and_the_private_ones_are_not(quote: str) -> None:
    public = f"{{'kty': 'EC', 'kid': '{BODY[:43]}', 'x': '{BODY[50:93]}', 'y': '{BODY[100:143]}'".replace("'", quote)
    assert not list(random_tokens(public))
    private = f"{public}, 'd': '{BODY[7:50]}'".replace("'", quote)
    (found,) = known_formats(private)
    assert found.kind == "a private key of the web"
    assert not list(known_formats(public))


@pytest.mark.parametrize("text", [f"cache.example.org-1:{BODY[:43]}=", f"sha256/{BODY[:43]}="])
def test_keys_and_pins_that_only_check_something_are_public(text: str) -> None:
    assert not list(random_tokens(text))
