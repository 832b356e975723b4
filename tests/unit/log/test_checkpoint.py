"""C2SP tlog-checkpoint: three lines at least, and nothing that two readers could read differently."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from tapeproof.log.note import ED25519, NoteError, Signature, VerifierKey, format_note

ROOT = base64.b64encode(bytes(range(32))).decode()
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
KEY = VerifierKey("example.com/log", ED25519, PRIVATE.public_key().public_bytes_raw())


@pytest.mark.parametrize("size", ["0", "1", "20852163", "9" * 19])
@pytest.mark.parametrize("extensions", ["", "more\n", "one\ntwo with blanks\n"])
def test_what_is_read_is_written_again_as_it_was(size: str, extensions: str) -> None:
    text = f"example.com/log\n{size}\n{ROOT}\n{extensions}"
    checkpoint = parse_checkpoint(text)
    assert checkpoint.text() == text
    assert (checkpoint.size, checkpoint.root) == (int(size), bytes(range(32)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"example.com/log\n5\n{ROOT}",
        "example.com/log\n5\n",
        f"\n5\n{ROOT}\n",
        f"example.com/log\n5\n{ROOT}\n\n",
        f"example.com/log\n05\n{ROOT}\n",
        f"example.com/log\n-5\n{ROOT}\n",
        f"example.com/log\n+5\n{ROOT}\n",
        f"example.com/log\n5 \n{ROOT}\n",
        f"example.com/log\n\u0665\n{ROOT}\n",
        f"example.com/log\n{'9' * 20}\n{ROOT}\n",
        f"example.com/log\n5\n{ROOT[:-1]}\n",
        f"example.com/log\n5\n{ROOT[:-2]}B=\n",
        f"example.com/log\n5\n{base64.b64encode(bytes(31)).decode()}\n",
        f"example.com/log\n5\n{ROOT.replace('A', '_')}\n",
        "example.com/log\n5\n\u00e9\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_checkpoint(text)


def _signed(text: str) -> bytes:
    return format_note(text, [Signature(KEY.name, KEY.key_id, PRIVATE.sign(text.encode()))])


def test_a_checkpoint_is_opened_by_the_keys_that_signed_it() -> None:
    checkpoint = Checkpoint("example.com/log", 5, bytes(32))
    opened, note, signers = open_checkpoint(_signed(checkpoint.text()), [KEY])
    assert (opened, signers, note.text) == (checkpoint, [KEY], checkpoint.text())


def test_one_that_nobody_known_signed_is_refused_and_names_who_did() -> None:
    data = _signed(Checkpoint("example.com/log", 5, bytes(32)).text())
    with pytest.raises(NoteError, match=r"it names example.com/log\+[0-9a-f]{8}"):
        open_checkpoint(data, [KEY._replace(name="example.com/other")])
    with pytest.raises(NoteError, match="does not verify"):
        open_checkpoint(data.replace(b"\n5\n", b"\n6\n", 1), [KEY])


def test_a_signed_note_that_is_no_checkpoint_is_refused_though_it_is_signed() -> None:
    with pytest.raises(NoteError, match="three lines"):
        open_checkpoint(_signed("only a text\n"), [KEY])
