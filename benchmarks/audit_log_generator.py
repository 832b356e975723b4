"""Makes an export of any size in the real format, minute by minute, so that memory stays flat.

python benchmarks/audit_log_generator.py FOLDER --entries 1000000
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tapeproof.auditing.index import index_events
from tapeproof.auditing.members import gzip_file, write_members
from tapeproof.log.attributes import item_hash
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.control import CLOSE, SEAL, control_leaf, heads_root
from tapeproof.log.entry import genesis, hour_of, payload_hash
from tapeproof.log.merkle import Frontier, leaf_hash
from tapeproof.log.note import ECDSA_P256, Signature, VerifierKey, format_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import grow
from tapeproof.verifier.folder import FORMAT, part_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGIN = "tapeproof.example/benchmark"
START = 1_763_877_600_000_000_000
MINUTE, HOUR = 60 * 10**9, 3_600 * 10**9
GRACE = 21 * MINUTE
CODE = "ab" * 32


class Generated(NamedTuple):
    """What was made: the folder, the number of entries, their mean size in bytes, the log's verifier key."""

    folder: Path
    entries: int
    mean_bytes: float
    vkey: str


class Beside:
    """The records and witness lines of an hour's entries, kept in memory until its parts are written."""

    def __init__(self) -> None:
        self.records: dict[str, list[tuple[bytes, bytes]]] = {}
        self.witness: dict[str, list[tuple[bytes, bytes]]] = {}
        self._item: dict[str, Any] = {}

    def record(self, salt: bytes, time: int) -> tuple[bytes, bytes]:
        """Make the record of the next entry; return what the entry commits to: ``pay`` and ``rec``."""
        body = b'{"price":"43250.10","sequence":"%d","side":"buy","size":"0.0012","symbol":"BTC-USD"}' % time
        keys = {"pk": "trade#coinbase#BTC-USD#2025112306", "sk": f"{time}#{time:020d}", "body": body.decode()}
        keys |= {"st_pk": "BTC-USD#trade#2025112306", "st_sk": f"{time}#coinbase#1"}
        keys |= {"et_pk": "coinbase#202511230600#3", "et_sk": f"{time}#trade#BTC-USD#1"}
        self._item = {name: {"S": text} for name, text in keys.items()}
        pay = payload_hash(salt, body)
        made = item_hash(salt, [self._item])
        self._item |= {"salt": {"B": b64encode(salt).decode()}, "a_pay": {"B": b64encode(pay).decode()}}
        return pay, made

    def written(self, lane: str, sequence: int, data: bytes, digest: bytes, time: int) -> None:
        """Take the entry that was made for the record."""
        part = part_of(lane)
        assert part is not None  # noqa: S101 - names are made below
        key = f"{lane}\t{sequence:010d}".encode()
        cited = {"a_lane": {"S": lane}, "a_seq": {"N": str(sequence)}, "a_hash": {"B": b64encode(digest).decode()}}
        self.records.setdefault(part.name, []).append((key, json.dumps(self._item | cited).encode()))
        line = b'%d {"audit":{"h":"%b","b":%b}}' % (time // 10**6 + 900, digest.hex().encode(), data)
        self.witness.setdefault(part.name, []).append((key, line))

    def flush(self, folder: Path) -> None:
        """Write what was kept, and forget it."""
        for kind, parts in (("records", self.records), ("witness", self.witness)):
            for name, rows in parts.items():
                write_members(folder / kind / name, sorted(rows))
            parts.clear()


class _Lane:
    """A lane that grows; its lines go to a file until the hour's parts are written."""

    def __init__(self, name: str, scratch: Path, beside: Beside | None) -> None:
        self.name, self.sequence, self.last, self._beside = name, 0, genesis(ORIGIN, name), beside
        self._file = (scratch / name).open("wb")
        self.path = scratch / name
        self._write([f"#L {name} 1".encode()])

    def extend(
        self, first_ns: int, step_ns: int, count: int, rng: random.Random, *, records: bool
    ) -> tuple[list[bytes], list[bytes]]:
        entries, digests = [], []
        function, rec = self.name.split(".")[1], b'"rec":"%b",' if records else b"%.0b"
        for at in range(count):
            noise, time = rng.randbytes(96), first_ns + at * step_ns
            pay, recorded = self._beside.record(noise[80:], time) if self._beside else (noise[:32], noise[32:64])
            gen = b""
            if self.sequence == 0:
                gen = (
                    b'"gen":{"code_sha256":"%b","prior":null,"reason":"environment","version":"0.1.0"},' % CODE.encode()
                )
            name = noise[64:80].hex()
            evt = f"{name[:8]}-{name[8:12]}-4{name[13:16]}-a{name[17:20]}-{name[20:]}"
            data = (
                b'{"_lane":"%b","_prev":"%b","_seq":%d,"act":"RECORDED","evt":"%b","fn":"%b",%b"key":"trade#coinbase#BTC-USD#%d#%d",'
                b'"pay":"%b",%b"req":"%b","src":"marketdata.coinbase","sseq":"%d","ts":"%019d","v":1}'
            ) % (
                self.name.encode(), self.last.encode(), self.sequence, evt.encode(), function.encode(), gen,
                time - 3_000_000, rng.getrandbits(34), pay.hex().encode(), rec % recorded.hex().encode(),
                evt[::-1].encode(), rng.getrandbits(34), time,
            )  # fmt: skip
            digest = sha256(b"\0" + data).digest()
            if self._beside:
                self._beside.written(self.name, self.sequence, data, digest, time)
            self.last, self.sequence = digest.hex(), self.sequence + 1
            entries.append(data)
            digests.append(digest)
        self._write(entries)
        return entries, digests

    def _write(self, lines: list[bytes]) -> None:
        self._file.writelines(line + b"\n" for line in lines)

    def close(self) -> None:
        self._file.close()


class _Log:
    def __init__(self, folder: Path, *, bundles: bool) -> None:
        self.folder, self.bundles, self.files = folder, bundles, Folder(folder)
        self.frontier, self.key = Frontier(), ec.generate_private_key(ec.SECP256R1())
        encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        self.vkey = VerifierKey(ORIGIN, ECDSA_P256, self.key.public_key().public_bytes(encoding, form))
        self.controls: list[bytes] = []
        self.notes: list[bytes] = []
        self.note, self.now = b"", START
        self.entries = self.bytes = 0
        self._partial: list[str] = []

    def seal(
        self, runs: list[list[object]], data: list[bytes], digests: list[bytes], closes: list[dict[str, Any]]
    ) -> None:
        """Publish a minute's entries, a minute after those before."""
        self.now += MINUTE
        self.entries, self.bytes = self.entries + len(data), self.bytes + sum(map(len, data))
        first, now = self.frontier.size, self.now
        leaves = list(data)
        for close in closes:
            leaves.append(control_leaf(ORIGIN, first + len(leaves), CLOSE, now, **close))
        leaves.append(
            control_leaf(
                ORIGIN, first + len(leaves), SEAL, now, first=first, runs=runs, broken=[], more=False, state=""
            )
        )
        extra = leaves[len(data) :]
        self.controls += [b"%d %b" % (first + len(data) + at, leaf) for at, leaf in enumerate(extra)]
        hashes_ = digests + [leaf_hash(leaf) for leaf in extra]
        grown = grow(self.files.get, first, hashes_, leaves if self.bundles else None)
        for digest in hashes_:
            self.frontier.append(digest)
        for path, content in grown.items():
            self.files.put(path, content)
        self._drop_partials(list(grown))
        text = Checkpoint(ORIGIN, self.frontier.size, self.frontier.root()).text()
        signature = self.key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
        self.note = format_note(text, [Signature(ORIGIN, self.vkey.key_id, signature)])
        self.notes.append(json.dumps({"sk": f"{self.frontier.size:016d}", "note": self.note.decode()}).encode())

    def _drop_partials(self, grown: list[str]) -> None:
        levels = {path.split("/")[1] for path in grown}
        for path in [one for one in self._partial if one.split("/")[1] in levels and one not in grown]:
            (self.folder / path).unlink()
            self._partial.remove(path)
        self._partial += [path for path in grown if ".p/" in path and path not in self._partial]


def generate(
    folder: Path,
    entries: int,
    *,
    lanes: int = 32,
    bundles: bool = True,
    records: bool = True,
    crossed: bool = False,
    seed: int = 1,
) -> Generated:
    """Make an export.

    Args:
        folder: A new folder.
        entries: How many entries at least; every lane gets as many a minute.
        lanes: Lanes in an hour.
        bundles: Whether entry bundles are written too.
        records: Whether the entries say that a record was stored, as most do.
        crossed: Whether the records and the witness lines themselves are there (an hour's are held in memory).
        seed: Makes the same content again (signatures differ).
    """
    rng = random.Random(seed)  # noqa: S311 - content of a benchmark
    hours = max(1, min(24, entries // 400_000 + 1))
    per_minute = max(1, -(-entries // (hours * lanes * 60)))
    folder.mkdir(parents=True)
    scratch = folder / ".scratch"
    scratch.mkdir()
    log, beside = _Log(folder, bundles=bundles), Beside() if crossed else None
    due: list[dict[str, Any]] = []
    for start in range(START, START + hours * HOUR, HOUR):
        made = [_Lane(_name(start, rng), scratch, beside) for _ in range(lanes)]
        for minute in range(60):
            closes = due if minute * MINUTE >= GRACE - MINUTE else []
            due = due if not closes else []
            log.seal(*_minute(made, start + minute * MINUTE, per_minute, rng, records=records), closes)
        due = [_closed(start, made)]
        _write_parts(folder, made)
        if beside:
            beside.flush(folder)
    log.now += GRACE - MINUTE
    log.seal([], [], [], due)
    _finish(log, crossed=crossed)
    if bundles:
        index_events(folder, log.frontier.size, scratch / "events")
    shutil.rmtree(scratch)
    return Generated(folder, log.entries, log.bytes / log.entries, str(log.vkey))


def _closed(start: int, lanes: list[_Lane]) -> dict[str, Any]:
    heads = [(lane.name, lane.sequence, bytes.fromhex(lane.last)) for lane in lanes]
    count = sum(lane.sequence for lane in lanes)
    return {"epoch": hour_of(start), "lanes": len(lanes), "entries": count, "heads": heads_root(heads)}


def _name(start: int, rng: random.Random) -> str:
    function = rng.choice(("lambda-trade-prod", "lambda-quote-prod", "lambda-book-prod"))
    return f"{hour_of(start)}.{function}.{rng.randbytes(16).hex()}"


def _minute(
    lanes: list[_Lane], first_ns: int, count: int, rng: random.Random, *, records: bool
) -> tuple[list[list[object]], list[bytes], list[bytes]]:
    runs: list[list[object]] = []
    data: list[bytes] = []
    digests: list[bytes] = []
    for lane in sorted(lanes, key=lambda one: one.name):
        runs.append([lane.name, lane.sequence, count])
        more, hashes_ = lane.extend(first_ns, MINUTE // count - 1, count, rng, records=records)
        data += more
        digests += hashes_
    return runs, data, digests


def _write_parts(folder: Path, lanes: list[_Lane]) -> None:
    parts: dict[str, list[_Lane]] = {}
    for lane in sorted(lanes, key=lambda one: one.name):
        lane.close()
        part = part_of(lane.name)
        assert part is not None  # noqa: S101 - names are made above
        parts.setdefault(part.name, []).append(lane)
    for name, members in parts.items():
        with gzip_file(folder / "lanes" / name) as file:
            for lane in members:
                with lane.path.open("rb") as raw:
                    shutil.copyfileobj(raw, file)
                lane.path.unlink()


def _finish(log: _Log, *, crossed: bool) -> None:
    folder, now = log.folder, log.now
    for name, rows in (("controls.gz", log.controls), ("checkpoints.gz", log.notes)):
        (folder / name).write_bytes(gzip.compress(b"".join(row + b"\n" for row in rows), 1, mtime=0))
    (folder / "checkpoint").write_bytes(log.note)
    (folder / "requests.gz").write_bytes(gzip.compress(b"", 1, mtime=0))
    (folder / "keys.txt").write_text(f"{log.vkey}\n")
    size = str(log.frontier.size)
    manifest = {
        "format": FORMAT, "origin": ORIGIN, "created": str(now + MINUTE), "bundles": log.bundles, "records": crossed,
        "witness": {"since": str(START), "until": str(now + MINUTE)} if crossed else None,
        "head": {"size": size, "published": size, "ver": "1"}, "source": {"generator": "benchmarks"},
    }  # fmt: skip
    (folder / "export.json").write_text(json.dumps(manifest, indent=2) + "\n")


def lines_of(folder: Path) -> Iterator[bytes]:
    """Yield the entries of an export, as bytes."""
    for path in sorted((folder / "lanes").glob("*.gz")):
        with gzip.open(path, "rb") as file:
            yield from (line.rstrip(b"\n") for line in file if not line.startswith(b"#L "))


def main() -> None:
    """Make an export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--no-bundles", action="store_true")
    parser.add_argument("--crossed", action="store_true", help="with records and witness lines")
    arguments = parser.parse_args()
    made = generate(arguments.folder, arguments.entries, bundles=not arguments.no_bundles, crossed=arguments.crossed)
    print(f"{made.entries} entries of {made.mean_bytes:.0f} bytes in {made.folder}\n{made.vkey}")


if __name__ == "__main__":
    main()
