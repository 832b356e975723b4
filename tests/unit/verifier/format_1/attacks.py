"""What the code of format 1 called VERIFIED, or honest logs that it called TAMPERED: done to the log beside this file.

Nothing here is of either tree, so that the code of then and the code of now meet the same bytes. A world is that of
``tests.unit.log.world``, or of its forerunner.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "COSIGNED", "FILES", "HONEST_FILES", "HONEST_LIVE", "LIVE", "PROOFS", "SEALED_AT", "cosign", "load", "seal_anew",
    "spoil_pin", "strike_events", "witness_key",
]  # fmt: skip

MINUTE = 60 * 10**9
HOUR = 60 * MINUTE
KEYS = {"one": 1_000_001, "two": 1_000_002}
OTHER_TEXT = '{"price":"0.01","symbol":"BTC-USD"}'


def load(world: Any, line: Callable[..., Any], derive: Callable[[int], Any], stores: Path) -> Any:  # noqa: ANN401 - of either tree
    """Fill a world with the stores of the log.

    Args:
        world: A new world.
        line: Makes a witness line from text and time.
        derive: Makes a key from a number.
        stores: ``stores.json.gz``.
    """
    told = json.loads(gzip.decompress(stores.read_bytes()))
    world.kms.keys |= {f"arn:key/{name}": derive(number) for name, number in KEYS.items()}
    world.now, world.key = told["now"], told["key"]
    world.model.items = {(table, pk, sk): _bytes_of(item) for table, pk, sk, item in told["items"]}
    world.bucket.files = {path: bytes.fromhex(data) for path, data in told["files"].items()}
    world.lines = [line(*one) for one in told["lines"]]
    return world


def _bytes_of(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"]) if value.keys() == {"hex"} else {k: _bytes_of(v) for k, v in value.items()}
    return value


def _leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _items(world: Any, table: str, pk: str, sk: str = "") -> list[tuple[str, str, str]]:  # noqa: ANN401 - of either tree
    return sorted(k for k in world.model.items if k[0] == table and k[1].startswith(pk) and k[2].startswith(sk))


def _forge(world: Any, change: Callable[[bytes], bytes], seq: int = 2) -> tuple[str, str, str]:  # noqa: ANN401 - of either tree
    """Let a writer that was taken over write an entry in other bytes, with all that belongs to it, and have it sealed.

    Returns:
        The key of the entry's record.
    """
    before = set(world.model.items)
    writer = world.writer()
    for number in range(900, 901 + seq):
        world.write(writer, world.decision(number))
    (entry,) = [k for k in set(world.model.items) - before if k[1].startswith("L#") and k[2] == f"{seq:010d}"]
    (record,) = [k for k in _items(world, "market", "trade#") if k[2].endswith(f"#{900 + seq:020d}")]
    data = change(world.model.items[entry]["b"]["B"])
    assert data != world.model.items[entry]["b"]["B"]
    hashed = _leaf_hash(data)
    world.model.items[entry] = {**world.model.items[entry], "b": {"B": data}, "h": {"B": hashed}}
    world.model.items[record] = {**world.model.items[record], "a_hash": {"B": hashed}}
    text = (b'{"audit":{"h":"%s","b":%s}}' % (hashed.hex().encode(), data)).decode()
    world.lines[-1] = type(world.lines[-1])(text, world.lines[-1].ingested)
    world.seal()
    return record


def _change_form(before: bytes, after: bytes) -> Callable[[Any], None]:
    def attack(world: Any) -> None:  # noqa: ANN401 - of either tree
        _forge(world, lambda data: data.replace(before, after, 1))

    return attack


def _put_an_object_for_a_hash(world: Any) -> None:  # noqa: ANN401 - of either tree
    def change(data: bytes) -> bytes:
        return _canonical(json.loads(data) | {"req": {"a": 1}})

    _forge(world, change)


def _lose_a_record_behind_a_second_sequence(world: Any) -> None:  # noqa: ANN401 - of either tree
    """The entry says where it stands, and then elsewhere: what it recorded is deleted later, and nobody misses it."""
    record = _forge(world, lambda data: data.replace(b',"act"', b',"_seq":7777777,"act"', 1))
    del world.model.items[record]
    world.seal()


def _serve_another_newest_record(world: Any) -> None:  # noqa: ANN401 - of either tree
    world.write(world.writer(), world.decision(900))
    world.seal()
    _, _, sk = max(_items(world, "market", "trade#"), key=lambda key: key[2])
    found = world.model.items["market", "trade#coinbase#BTC-USD#2025112306", sk]
    names = ("a_lane", "a_seq", "a_hash", "a_item")
    world.model.items["market", "LATEST#BTC-USD", "trade#coinbase"] = {
        "pk": {"S": "LATEST#BTC-USD"}, "sk": {"S": "trade#coinbase"}, "body": {"S": OTHER_TEXT},
        "ts": {"N": sk.partition("#")[0]}, "seq": {"S": "900"}, **{n: found[n] for n in names if n in found},
    }  # fmt: skip


def _date_an_entry_back(world: Any) -> None:  # noqa: ANN401 - of either tree
    world.now = (world.now // HOUR + 1) * HOUR + 56 * MINUTE
    world.seal()
    early = f"{world.now // HOUR * HOUR + MINUTE // 2:019d}"
    _forge(world, lambda data: _canonical(json.loads(data) | {"ts": early}), seq=0)


def _write_in_a_lane_on_no_list(world: Any) -> None:  # noqa: ANN401 - of either tree
    before = set(world.model.items)
    world.write(world.writer(), world.decision(900))
    (listed,) = [key for key in set(world.model.items) - before if key[1].startswith("E#")]
    del world.model.items[listed]
    for _ in range(18):
        world.seal()


def _delete_checkpoints_in_the_middle(world: Any) -> None:  # noqa: ANN401 - of either tree
    for key in _items(world, "audit", "C", "0")[5:-1]:  # after the key was rotated
        del world.model.items[key]


def _set_a_time_to_live(*where: tuple[str, str]) -> Callable[[Any], None]:
    def attack(world: Any) -> None:  # noqa: ANN401 - of either tree
        for pk, sk in where:
            for key in _items(world, "audit", pk, sk):
                world.model.items[key] = {**world.model.items[key], "ttl": {"N": str(world.now // 10**9 + 60)}}

    return attack


def _ask_to_prune_as_any_writer(world: Any) -> None:  # noqa: ANN401 - of either tree
    """A request with a count that is not the hour's is answered by the sealer, and then the hour is taken away."""
    hour = "2025112307"
    world.model.items["audit", "C", f"PRUNE#{hour}"] = {
        "pk": {"S": "C"}, "sk": {"S": f"PRUNE#{hour}"}, "entries": {"N": "1"}, "export": {"S": "ab" * 32},
        "by": {"S": "nobody"},
    }  # fmt: skip
    world.seal()
    for key in [*_items(world, "audit", f"L#{hour}"), *_items(world, "audit", f"E#{hour}")]:
        del world.model.items[key]
    world.seal()


def _put_a_deep_text_in_place_of_an_entry(world: Any) -> None:  # noqa: ANN401 - of either tree
    key = _items(world, "audit", "L#")[-1]
    data = b'{"_lane":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
    world.model.items[key] = {**world.model.items[key], "b": {"B": data}, "h": {"B": _leaf_hash(data)}}


LIVE: dict[str, Callable[[Any], None]] = {
    "a record deleted behind a second sequence": _lose_a_record_behind_a_second_sequence,
    "a member twice": _change_form(b',"key"', b',"key":"other","key"'),
    "white space": _change_form(b',"act"', b', "act"'),
    "an escape that is not needed": _change_form(b'"act":"R', b'"act":"\\u0052'),
    "another version": _change_form(b'"v":1', b'"v":9'),
    "an object for a text": _put_an_object_for_a_hash,
    "an infinite number": _change_form(b'"sseq":"902"', b'"sseq":1e400'),
    "a lone surrogate": _change_form(b'"req":"', b'"req":"\\ud800'),
    "another newest record": _serve_another_newest_record,
    "an entry dated 55 minutes back": _date_an_entry_back,
    "a record in a lane on no list for 18 minutes": _write_in_a_lane_on_no_list,
    "checkpoints deleted in the middle": _delete_checkpoints_in_the_middle,
    "a time to live on lists of lanes": _set_a_time_to_live(("E#", "")),
    "a time to live on checkpoints and leaves": _set_a_time_to_live(("C", "0"), ("C", "LEAF#")),
    "a time to live on the head": _set_a_time_to_live(("C", "HEAD")),
    "a request to prune by any writer, with another count": _ask_to_prune_as_any_writer,
    "30,000 brackets in place of a sealed entry": _put_a_deep_text_in_place_of_an_entry,
}


def _say(folder: Path, **changes: object) -> None:
    path = folder / "export.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changes))


def _leave_lines_out(folder: Path) -> None:
    shutil.rmtree(folder / "witness")
    created = json.loads((folder / "export.json").read_bytes())["created"]
    _say(folder, witness={"since": created, "until": created})


def _leave_records_out(folder: Path) -> None:
    shutil.rmtree(folder / "records")
    _say(folder, records=False)


FILES: dict[str, Callable[[Path], None]] = {
    "an export of a week ago": lambda _: None,
    "lines left out, with a narrower window": _leave_lines_out,
    "records left out": _leave_records_out,
}


def _seal_by_a_clock_half_a_second_back(world: Any) -> None:  # noqa: ANN401 - of either tree
    world.write(world.writer(), world.decision(900))
    now, world.now = world.now, world.now - MINUTE - 10**9 // 2
    world.seal()
    world.now = now + MINUTE


def _store_bundles_by_gzip(folder: Path) -> None:
    for path in (folder / "tile" / "entries").rglob("*"):
        if path.is_file():
            path.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def seal_anew(world: Any) -> None:  # noqa: ANN401 - of either tree
    """Empty all stores and the log groups, and begin again with the same key."""
    for store in (world.model.items, world.bucket.files, world.lines):
        store.clear()
    world.write(world.writer(), world.decision(900))
    world.seal()


HONEST_LIVE: dict[str, Callable[[Any], None]] = {
    "a sealer's clock half a second back": _seal_by_a_clock_half_a_second_back,
}
HONEST_FILES: dict[str, Callable[[Path], None]] = {"bundles stored by gzip": _store_bundles_by_gzip}


def _edit_record(name: str, value: dict[str, str]) -> Callable[[dict[str, Any]], None]:
    def attack(proof: dict[str, Any]) -> None:
        assert proof["records"][0][name] != value
        proof["records"][0][name] = value

    return attack


PROOFS: dict[str, Callable[[dict[str, Any]], None]] = {
    "another lane": _edit_record("a_lane", {"S": "2025112307.lambda-other-dev." + "0" * 32}),
    "another sequence": _edit_record("a_seq", {"N": "99"}),
    "another hash": _edit_record("a_hash", {"B": "AAAA"}),
}
"""What is done to a record in a proof."""


def strike_events(folder: Path) -> None:
    """Take every event out of the index of events."""
    (folder / "events.idx").write_bytes(bytes(16))


def spoil_pin(path: Path) -> None:
    """Put a signature of nobody into a pin."""
    told = json.loads(path.read_bytes())
    text, _, signature = told["checkpoint"].rpartition(" ")
    told["checkpoint"] = f"{text} {b64encode(bytes(len(signature) * 3 // 4)).decode()}\n"
    path.write_text(json.dumps(told))


PLAIN, COSIGNATURE = 1, 4
SEALED_AT = 1_763_886_240
"""When the newest checkpoint of the export was sealed, seconds since 1970."""


class Witness:
    """Somebody who signs checkpoints."""

    def __init__(self, name: str, moment: int | None = SEALED_AT + 1, kind: int = COSIGNATURE) -> None:
        """Make a key of a name; without a moment it never signs."""
        self.name, self.moment, self.kind = name, moment, kind
        self.private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
        self.public = bytes([kind]) + self.private.public_key().public_bytes_raw()
        self.id = hashlib.sha256(name.encode() + b"\n" + self.public).digest()[:4]


COSIGNED: dict[str, list[Witness]] = {
    "a cosignature of 1970": [Witness("one.example", 1)],
    "a cosignature of the last second there is": [Witness("one.example", 2**64 - 1)],
    "one of three witnesses": [Witness("one.example"), Witness("two.example", None), Witness("three.example", None)],
    "a plain key for a witness's": [Witness("one.example", kind=PLAIN)],
    "all of three witnesses": [Witness("one.example"), Witness("two.example"), Witness("three.example")],
}
"""Who is asked, and when they signed; the last is as it should be."""


def witness_key(witness: Witness) -> str:
    """Return a witness's verifier key."""
    return f"{witness.name}+{witness.id.hex()}+{b64encode(witness.public).decode()}"


def cosign(folder: Path, witnesses: list[Witness]) -> None:
    """Have the checkpoint of an export signed."""
    path = folder / "checkpoint"
    note = path.read_bytes()
    text = note[: note.index(b"\n\n") + 1]
    for one in witnesses:
        if one.moment is None:
            continue
        signed, time = text, b""
        if one.kind == COSIGNATURE:
            signed, time = b"cosignature/v1\ntime %d\n" % one.moment + text, one.moment.to_bytes(8, "big")
        line = b64encode(one.id + time + one.private.sign(signed)).decode()
        note += f"\u2014 {one.name} {line}\n".encode()
    path.write_bytes(note)
