"""A sixth list, second part: what happens to honest logs and their sealers; none of it is an attack."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_live
from tapeproof.auditing.prune import hours_before, prune
from tapeproof.log.footing import SealerError
from tapeproof.log.gather import Limits
from tapeproof.log.head import SigningKey
from tapeproof.log.kms import KmsSigner
from tapeproof.log.lane import CodeIdentity
from tapeproof.log.note import VerifierKey
from tapeproof.log.recovery import recover_head
from tapeproof.log.restoring import restore_head
from tapeproof.log.table import AuditTable
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.options import Options
from tests.effort import SOAKING
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, T0, KmsModel, World, WorldSource, populated
from tests.unit.verifier.test_fourth_attacks import prune_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.verifier.findings import Report

WRITES = frozenset({"put", "swap", "put_item", "transact_write_items", "sign", "delete_item"})


def judged(world: World, **options: Any) -> Report:  # noqa: ANN401 - any option
    """Return what the verification of the log where it lives says."""
    how = ExportOptions(line_lag_ns=0, clock=lambda: world.now)
    return verify_live(WorldSource(world), Options(as_of=world.now, **options), export_options=how, jobs=1)


def go_on(world: World, **changes: Any) -> None:  # noqa: ANN401 - any option of a writer
    world.write(world.writer(**changes), world.decision())
    world.seal()


def end_hour(world: World) -> None:
    world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
    world.seal()


def rotate(world: World, *keys: str) -> None:
    for key in keys:
        world.key = f"arn:key/{key}"
        go_on(world)


def rotate_between_batches(world: World) -> None:
    for _ in range(30):
        world.write(world.writer(), world.decision())
    world.now += MINUTE
    turns = iter([60_000, 60_000])
    world.sealer(limits=Limits(entries=10)).run(lambda: next(turns, 0))
    world.key = "arn:key/two"
    world.seal(Limits(entries=5))
    world.seal()


def prune_everything(world: World, place: Path) -> None:
    prune_until(world, place / "first", 10**6)
    end_hour(world)
    export(WorldSource(world), place / "second", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    hours = hours_before(place / "second", "2026010100")
    prune(world.model, "audit", place / "second", hours, by="me", wait_seconds=9, sleep=lambda _: world.seal())


def stop_after_request(world: World, place: Path, seals: int) -> None:
    """Kill a pruning that has asked, or that has been answered."""
    export(WorldSource(world), place / "log", ExportOptions(line_lag_ns=0, clock=lambda: world.now))

    def die(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prune(world.model, "audit", place / "log", ["2025112306"], by="me", wait_seconds=9, sleep=die)
    for _ in range(seals):
        world.seal()


def set_back(world: World, minutes: int) -> None:
    """Let the sealer run once with a clock that is behind."""
    world.write(world.writer(), world.decision())
    world.now -= minutes * MINUTE
    try:
        world.sealer().run(lambda: 60_000)
    except SealerError:
        assert minutes > 5
    world.now += minutes * MINUTE
    world.seal()


def straddle(world: World) -> None:
    world.now = (world.now // HOUR + 1) * HOUR - 1_500_000
    writer = world.writer()
    for _ in range(3):
        world.write(writer, world.decision())
    world.seal()
    end_hour(world)


def lose_head(world: World) -> None:
    del world.model.items["audit", "C", "HEAD"]
    key = SigningKey("arn:key/one", world.vkey())
    head = recover_head(world.bucket, ORIGIN, [VerifierKey.parse(world.vkey())], key, 1)
    restore_head(world.table(), head)
    go_on(world)


def store_every_type(world: World) -> None:
    keys = {"pk": {"S": "trade#coinbase#X#20251123"}, "sk": {"S": "1"}, "body": {"S": "{}"}}
    more = {"n": {"N": "1E+2"}, "ss": {"SS": ["b", "a"]}, "bs": {"BS": [b"\xff", b"\0"]}, "l": {"L": [{"NULL": True}]}}
    world.write(world.writer(), world.decision(5003, body="{}", puts=({**keys, **more, "m": {"M": {}}},)))
    item = world.model.items["market", keys["pk"]["S"], "1"]
    item |= {"n": {"N": "100"}, "ss": {"SS": ["a", "b"]}, "bs": {"BS": [b"\0", b"\xff"]}}  # as DynamoDB gives it back
    world.seal()


def say_text(world: World, body: str, **changes: Any) -> None:  # noqa: ANN401 - any field of a decision
    world.write(world.writer(), world.decision(5001, body=body, **changes))
    world.seal()


class _Counted:
    """A service that dies at the n-th write to any of those that share a count."""

    def __init__(self, service: object, count: list[int], last: int) -> None:
        self._service, self._count, self._last = service, count, last

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any call
        call = getattr(self._service, name)
        if name not in WRITES:
            return call

        def counted(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - any call
            self._count[0] += 1
            if self._count[0] == self._last:
                raise KeyboardInterrupt
            return call(*values, **named)

        return counted


def kill(world: World, at: int, *, then: bool) -> None:
    """Kill a sealer at one of its writes."""
    world.write(world.writer(), world.decision(), world.decision())
    world.now += MINUTE
    count = [0]
    table = AuditTable(_Counted(world.model, count, at), "audit")
    signer = KmsSigner(_Counted(world.kms, count, at), ORIGIN)
    sealer = world.sealer(table=table, objects=_Counted(world.bucket, count, at), signer=signer)
    with pytest.raises(KeyboardInterrupt):
        sealer.run(lambda: 60_000)
    if then:
        world.seal()


def race(world: World) -> None:
    """Let a second sealer run just when the first is about to commit."""
    world.write(world.writer(), world.decision())
    world.now += MINUTE
    rivals = iter([world.sealer()])

    class Late:
        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any call
            if name == "transact_write_items" and (rival := next(rivals, None)):
                rival.run(lambda: 60_000)
            return getattr(world.model, name)

    assert world.sealer(table=AuditTable(Late(), "audit")).run(lambda: 60_000).lost_race


class _Kms:
    """A key service that answers wrongly."""

    def __init__(self, world: World, change: Callable[[dict[str, Any]], dict[str, Any]], wrong: str) -> None:
        self._kms, self._change, self._wrong = world.kms, change, wrong

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any call
        call = getattr(self._kms, name)
        return (lambda **named: self._change(call(**named))) if name == self._wrong else call


def answer(wrong: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[World, Path], object]:
    """Let the key service answer wrongly in one run: nothing may be committed."""

    def do(world: World, _place: Path) -> None:
        world.write(world.writer(), world.decision())
        world.now += MINUTE
        before = copy.deepcopy(world.model.items), dict(world.bucket.files)
        with pytest.raises(Exception, match=r"."):
            world.sealer(signer=KmsSigner(_Kms(world, change, wrong), ORIGIN)).run(lambda: 60_000)
        assert (world.model.items, world.bucket.files) == before
        world.seal()

    return do


def disabled(_: dict[str, Any]) -> dict[str, Any]:
    raise RuntimeError("DisabledException")


def of_another(_: dict[str, Any]) -> dict[str, Any]:
    return KmsModel().get_public_key(KeyId="arn:key/one")


# ruff: noqa: E501 - a situation is a line of a table
HONEST: dict[str, Callable[[World, Path], object]] = {
    "the clock of the sealer four minutes back": lambda w, _: set_back(w, 4),
    "the clock of the sealer ten minutes back": lambda w, _: set_back(w, 10),
    "the clock of the sealer seventy minutes back": lambda w, _: set_back(w, 70),
    "the key service gives another's key": answer("get_public_key", of_another),
    "the key service signs with nothing": answer("sign", lambda _: {"Signature": b""}),
    "the key service does not sign": answer("sign", lambda _: {}),
    "the key service signs wrongly": answer("sign", lambda r: {"Signature": r["Signature"][:-1] + b"\0"}),
    "the key service says that the key is another's kind": answer("get_public_key", lambda r: {**r, "KeySpec": "RSA_2048"}),
    "the key service gives no point": answer("get_public_key", lambda r: {**r, "PublicKey": b"x"}),
    "the key service does not say of which kind the key is": answer("get_public_key", lambda r: {"PublicKey": r["PublicKey"]}),
    "the key is disabled for a while": answer("sign", disabled),
    "rotated there and back": lambda w, _: rotate(w, "two", "one"),
    "an old version of the sealer runs once more after a rotation": lambda w, _: rotate(w, "two", "one", "two"),
    "rotated between two batches of one run": lambda w, _: rotate_between_batches(w),
    "three hours without an event": lambda w, _: [end_hour(w) for _ in range(3)],
    "forty days without events": lambda w, _: (setattr(w, "now", w.now + 960 * HOUR), [go_on(w) for _ in range(30)]),
    "a function renamed": lambda w, _: go_on(w, function="lambda-trades-v2"),
    "a function of one letter": lambda w, _: go_on(w, function="a"),
    "a function of 64 letters": lambda w, _: go_on(w, function="x" * 64),
    "the code rolled back": lambda w, _: go_on(w, identity=CodeIdentity("cd" * 32, "0.0.9")),
    "all closed hours pruned, in two goes": prune_everything,
    "a duplicate of what a pruned hour had": lambda w, p: (prune_everything(w, p), w.write(w.writer(), w.decision(1, evt="again")), w.seal()),
    "a pruning killed after its request": lambda w, p: stop_after_request(w, p, 0),
    "a pruning killed after it was answered": lambda w, p: stop_after_request(w, p, 1),
    "a clock that stands still": lambda w, _: (setattr(w, "now", T0 + 10 * HOUR), go_on(w, clock=lambda: T0 + 10 * HOUR)),
    "a writer four minutes ahead": lambda w, _: (go_on(w, clock=lambda at=w.now: at + 4 * MINUTE), setattr(w, "now", w.now + 4 * MINUTE)),
    "a writer fourteen minutes behind": lambda w, _: (w.seal(), go_on(w, clock=lambda at=w.now: at - 13 * MINUTE)),
    "entries on both sides of an hour": lambda w, _: straddle(w),
    "ninety decisions at once": lambda w, _: (w.write(w.writer(), *(w.decision() for _ in range(90))), w.seal()),
    "a tree that passes 256 leaves a few at a time": lambda w, _: ([w.write(w.writer(), w.decision()) for _ in range(70)], [w.seal() for _ in range(200)]),
    "line separators, an emoji and an escaped NUL": lambda w, _: say_text(w, '{"x":"\u2028\\u0000"}', key="trade#c#B\u2028\u00e9\U0001f600#20251123#1", evt="e\u0301"),
    "a NUL and a unit separator in a body": lambda w, _: say_text(w, '{"x":"a\0b\x1f"}'),
    "a body of 300 KB": lambda w, _: say_text(w, '{"x":"' + "y" * 300_000 + '"}'),
    "a record with attributes of every type": lambda w, _: store_every_type(w),
    "every line delivered twice": lambda w, _: w.lines.extend(list(w.lines)),
    "lines in another order": lambda w, _: w.lines.reverse(),
    "lines that end": lambda w, _: setattr(w, "lines", [type(one)(one.text + "\n", one.ingested) for one in w.lines]),
    "log groups that keep 31 days": lambda w, _: setattr(w, "keeps_lines_since", w.now - 31 * 24 * HOUR),
    "restored to the newest point, and on": lambda w, _: (setattr(w.model, "items", copy.deepcopy(w.model.items)), go_on(w)),
    "the head lost and made again": lambda w, _: lose_head(w),
    "two sealers at once": lambda w, _: race(w),
    **{f"a sealer killed at its write {at}": lambda w, _, at=at: kill(w, at, then=True) for at in range(1, 9)},
}  # fmt: skip
WRONG_FIRST = [*list(HONEST)[:4], "lines that end"]


@pytest.mark.parametrize("name", HONEST if SOAKING else sorted({*WRONG_FIRST, *list(HONEST)[::3]}))
def test_what_happens_to_an_honest_log_leaves_it_verified(name: str, tmp_path: Path) -> None:
    world = populated(1)
    HONEST[name](world, tmp_path)
    report = judged(world)
    assert (report.verdict, report.findings) == (Verdict.VERIFIED, [])


@pytest.mark.parametrize("at", range(1, 9) if SOAKING else (3, 6))
def test_while_a_sealer_lies_dead_nothing_is_called_tampered(at: int) -> None:
    world = populated(1)
    kill(world, at, then=False)
    assert judged(world).verdict in {Verdict.VERIFIED, Verdict.STALE}


def test_a_key_that_was_rotated_in_the_account_and_has_signed_nothing_yet_is_no_attack() -> None:
    world = populated(1)
    world.key = "arn:key/two"
    report = judged(world)
    assert (report.verdict, report.findings) == (Verdict.UNANCHORED, [])
    assert "rotated just now" in report.notes[-1]
    world.seal()
    assert judged(world).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("hours", [0, 6])
def test_a_rotation_to_a_key_that_may_not_sign_commits_to_nothing(hours: int) -> None:
    world = populated(1)
    world.now += hours * HOUR

    class Refused:
        get_public_key = staticmethod(world.kms.get_public_key)

        def sign(self, *, KeyId: str, **named: Any) -> Any:  # noqa: ANN401, N803 - boto3's shape
            if KeyId != "arn:key/one":
                raise PermissionError("AccessDeniedException")
            return world.kms.sign(KeyId=KeyId, **named)

    world.key, before = "arn:key/two", copy.deepcopy(world.model.items)
    with pytest.raises(PermissionError):
        world.sealer(signer=KmsSigner(Refused(), ORIGIN)).run(lambda: 60_000)
    assert world.model.items == before
    world.key = "arn:key/one"
    world.seal()
    assert judged(world).verdict is Verdict.VERIFIED
