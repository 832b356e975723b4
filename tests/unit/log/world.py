"""A whole log in memory: tables, bucket, key, writer and sealer, and a clock that only moves when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.source import Line
from tapeproof.log.decision import Committed, Decision, witness_lines
from tapeproof.log.kms import KmsSigner
from tapeproof.log.lane import CodeIdentity
from tapeproof.log.note import VerifierKey
from tapeproof.log.sealer import Sealed, Sealer
from tapeproof.log.table import AuditTable
from tapeproof.log.writer import AuditWriter
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.dynamodb_model import DynamoDBModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.log.gather import Limits
    from tapeproof.verifier.findings import Report

T0 = 1_763_877_600_000_000_000
MINUTE, HOUR = 60 * 10**9, 3_600 * 10**9
ORIGIN = "tapeproof.example/test"


class KmsModel:
    """Two asymmetric keys behind KMS's calls."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {
            "arn:key/one": ec.generate_private_key(ec.SECP256R1()),
            "arn:key/two": ec.generate_private_key(ec.SECP256R1()),
            "arn:key/edwards": ed25519.Ed25519PrivateKey.generate(),
        }

    def get_public_key(self, *, KeyId: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        key = self.keys[KeyId]
        spec = "ECC_NIST_P256" if isinstance(key, ec.EllipticCurvePrivateKey) else "ECC_NIST_EDWARDS25519"
        return {"PublicKey": key.public_key().public_bytes(encoding, form), "KeySpec": spec}

    def sign(self, *, KeyId: str, Message: bytes, MessageType: str, SigningAlgorithm: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        assert MessageType == "RAW"
        key = self.keys[KeyId]
        if SigningAlgorithm == "ECDSA_SHA_256":
            return {"Signature": key.sign(Message, ec.ECDSA(hashes.SHA256()))}
        return {"Signature": key.sign(Message)}


class Bucket:
    """Objects in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        return self.files.get(path)

    def put(self, path: str, data: bytes) -> None:
        self.files[path] = data

    def swap(self, path: str, old: bytes | None, data: bytes) -> bool:
        if self.files.get(path) != old:
            return False
        self.files[path] = data
        return True


class World:
    """The services, and everything that writes to them."""

    def __init__(self) -> None:
        self.now = T0
        self.model = DynamoDBModel(clock=lambda: self.now)
        self.bucket = Bucket()
        self.kms = KmsModel()
        self.key = "arn:key/one"
        self.lines: list[Line] = []
        self.keeps_lines_since = 0
        self._made = 0

    def tick(self) -> int:
        self.now += 1_000_000
        return self.now

    def writer(self, function: str = "lambda-trade-dev", **options: Any) -> AuditWriter:  # noqa: ANN401 - any option
        settings: dict[str, Any] = {
            "audit_table": "audit",
            "market_table": "market",
            "origin": ORIGIN,
            "function": function,
            "identity": CodeIdentity("ab" * 32, "0.1.0"),
            "clock": self.tick,
            "sleep": lambda _: None,
        }
        return AuditWriter(self.model, **(settings | options))

    def write(self, writer: AuditWriter, *decisions: Decision) -> list[Committed]:
        done = writer.commit(list(decisions), request_id="req", remaining_ms=lambda: 3_000)
        self.lines += [Line(text, self.now // 10**6 + 200) for text in witness_lines(done)]
        return done

    def decision(self, number: int | None = None, *, body: str | None = None, **changes: Any) -> Decision:  # noqa: ANN401 - any field
        if number is None:
            self._made += 1
            number = self._made
        text = body or f'{{"price":"{number}.10","symbol":"BTC-USD"}}'
        put = {
            "pk": {"S": "trade#coinbase#BTC-USD#2025112306"},
            "sk": {"S": f"{T0}#{number:020d}"},
            "st_pk": {"S": "BTC-USD#trade#2025112306"},
            "body": {"S": text},
        }
        fields: dict[str, Any] = {
            "act": "RECORDED",
            "evt": f"evt-{number}",
            "key": f"trade#coinbase#BTC-USD#{T0}#{number}",
            "src": "marketdata.coinbase",
            "sseq": str(number),
            "body": text.encode(),
            "puts": (put,),
        }
        return Decision(**(fields | changes))

    def table(self) -> AuditTable:
        return AuditTable(self.model, "audit")

    def sealer(self, *, table: Any = None, objects: Any = None, signer: Any = None, **options: Any) -> Sealer:  # noqa: ANN401 - stand-ins
        return Sealer(
            table or self.table(),
            objects or self.bucket,
            signer or KmsSigner(self.kms, ORIGIN),
            origin=ORIGIN,
            key_arn=self.key,
            clock=lambda: self.now,
            **options,
        )

    def seal(self, limits: Limits | None = None) -> Sealed:
        self.now += MINUTE
        return self.sealer(limits=limits).run(lambda: 60_000)

    def vkey(self) -> str:
        return str(KmsSigner(self.kms, ORIGIN).verifier_key(self.key))


class WorldSource:
    """The world as an export reads it."""

    def __init__(self, world: World) -> None:
        self.origin, self.objects, self._world = ORIGIN, world.bucket, world

    def describe(self) -> dict[str, Any]:
        return {"endpoint": "memory"}

    def scan(self, which: str) -> Iterator[dict[str, Any]]:
        return iter(self._world.model.table(which))

    def query_log(self, prefix: str) -> Iterator[dict[str, Any]]:
        return AuditTable(self._world.model, "audit").query("C", prefix=prefix)

    def lines(self) -> Iterator[Line]:
        return iter(self._world.lines)

    def lines_since(self) -> int:
        return self._world.keeps_lines_since

    def verifier_key(self) -> str | None:
        return self._world.vkey()


def populated(minutes: int = 2) -> World:
    """Return a log of two functions, two environments each, over two closed hours and an open one."""
    world = World()
    for hour in range(3):
        functions = ("lambda-trade-dev", "lambda-quote-dev") * 2
        writers = [world.writer(function) for function in functions]
        for _minute in range(minutes):
            for writer in writers:
                world.write(writer, world.decision())
                world.write(writer, *(world.decision() for _ in range(3)))
                world.write(writer, world.decision())
            world.seal()
        if hour < 2:
            world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
            world.seal()
    return world


def verified(world: World, folder: Path, **options: object) -> Report:
    """Return what a verification of the world says, which makes an export of its own."""
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return verify_export(
        folder, Options(**{"keys": [VerifierKey.parse(world.vkey())], "as_of": world.now, "own": True} | options)
    )
