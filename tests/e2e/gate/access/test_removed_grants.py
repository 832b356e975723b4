"""Take one grant away: the embedded AWS and the model of permission answer alike, for every grant of the stack.

Each grant of each role, key and queue (one action on one resource of one statement) is asked for twice by an actual
call with a role's credentials: with the whole policy, and without that grant. The model is asked the same, in the form
of `tapeproof gate decide`. What the embedded AWS cannot be asked, and where nothing changes, is listed with the reason,
and the lists must be exactly what is left over. `make soak` asks, without each grant, for all others of the role too.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.callers import find_callers
from tapeproof.gate.access.cases import read_request_case
from tapeproof.gate.access.decision import Answer, decide
from tests.e2e.gate.access.account import ACCOUNT, NOBODY, Account, allow, role_arn
from tests.e2e.gate.access.direct_calls import call_for
from tests.e2e.gate.access.single_grants import grants_of, remove_grant
from tests.effort import SOAKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model import Stack
    from tapeproof.local.lifecycle import LocalStack
    from tests.e2e.gate.access.single_grants import Document, Grant

pytestmark = pytest.mark.embedded_aws

NO_TRACES = "ministack has no X-Ray"
NAMED_WITHOUT_STAR = "ministack names a log group without the :* that AWS puts behind it, and refuses every writer"
THROUGH_SERVICES = "the key admits its account through services only, and a direct call comes through none"
AT_THE_KEY = "the key's policy names the role itself"
AT_THE_QUEUE = "the queue's policy names the role itself"
ANOTHER_NAME = "ministack asks for kms:ReEncrypt, an action that AWS does not have"
FOR_ALIASES = "it is asked together with one on the alias"
CONTEXT_LEFT_OUT = "ministack does not tell a policy the keys of the encryption context"

NOT_ASKED = {
    "kms:CreateAlias": FOR_ALIASES,
    "kms:DeleteAlias": FOR_ALIASES,
    "kms:ReEncryptFrom": ANOTHER_NAME,
    "kms:ReEncryptTo": ANOTHER_NAME,
    "kms:UpdateAlias": FOR_ALIASES,
    "logs:CreateLogStream": NAMED_WITHOUT_STAR,
    "logs:PutLogEvents": NAMED_WITHOUT_STAR,
    "xray:PutTelemetryRecords": NO_TRACES,
    "xray:PutTraceSegments": NO_TRACES,
}
"""Actions that no call asks for."""


@pytest.fixture(scope="module")
def account(applied_stack: LocalStack) -> Account:
    return Account(applied_stack)


def expected(policies: Mapping[str, object], role: str, action: str, arn: str) -> bool:
    """Return what the model says of a direct call by TLS with a role's credentials."""
    context = {"aws:SecureTransport": "true", "aws:PrincipalArn": role_arn(role)}
    if action.startswith("kms:"):
        context["kms:CallerAccount"] = ACCOUNT
    principal = {"kind": "role", "arn": role_arn(role), "account": ACCOUNT}
    principal["session_arn"] = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/grants"
    request = {"principal": principal, "action": action, "resource": arn, "resource_account": ACCOUNT}
    answer = decide(*read_request_case({"policies": policies, "request": {**request, "context": context}}, role)).answer
    assert answer in {Answer.ALLOWED, Answer.DENIED}
    return answer is Answer.ALLOWED


def one_of(resource: str) -> str:
    """Return an ARN that a resource of a policy stands for."""
    return resource.replace("*", "none")


class Guards:
    """The policies of what the roles reach, as they stand in the account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._kept: dict[str, dict[str, Document]] = {}

    def of(self, arn: str) -> dict[str, Document]:
        """Return the policy that guards a resource, by its kind, where there is one."""
        if arn not in self._kept:
            self._kept[arn] = self._read(arn)
        return self._kept[arn]

    def _read(self, arn: str) -> dict[str, Document]:
        service, own = arn.split(":")[2], arn.split(":", 5)[5]
        client = self._account.client(service)
        if service == "kms":
            return {"key": json.loads(client.get_key_policy(KeyId=arn, PolicyName="default")["Policy"])}
        if service == "sqs":
            url = f"{self._account.server.endpoint}/{ACCOUNT}/{own}"
            kept = client.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]
            return {"resource": json.loads(kept["Policy"])}
        if service == "s3":
            return {"resource": json.loads(client.get_bucket_policy(Bucket=own.partition("/")[0])["Policy"])}
        return {}


@pytest.fixture(scope="module")
def guards(account: Account) -> Guards:
    return Guards(account)


class Comparison:
    """What the embedded AWS and the model said, question by question."""

    def __init__(self) -> None:
        self.disagreed: list[str] = []
        self.changed: set[tuple[str, str]] = set()
        self.unchanged: set[tuple[str, str]] = set()
        self.unasked: set[tuple[str, str]] = set()

    def note(self, label: str, answers: tuple[bool, bool]) -> bool:
        """Keep what disagrees; return what the embedded AWS answered."""
        answered, owed = answers
        if answered != owed:
            self.disagreed.append(f"{label}: the embedded AWS {say(answered)}, the model {say(owed)}")
        return answered

    def effect(self, grant: Grant, before: bool, after: bool) -> None:
        """Keep whether the grant made a difference."""
        (self.changed if before != after else self.unchanged).add((grant.sid, grant.action))


def say(allowed: bool) -> str:
    return "allows it" if allowed else "refuses it"


def ask(account: Account, role: str, grant: Grant, arn: str, policies: Mapping[str, object]) -> tuple[bool, bool]:
    """Ask for what a grant grants: the embedded AWS by a call, and the model."""
    call = call_for(grant.action, arn, account.server.endpoint)
    assert call, grant.label
    return account.lets_in(role, call), expected(policies, role, grant.action, arn)


def compare_role(account: Account, guards: Guards, role: str, name: str, whole: Document) -> Comparison:
    """Take each grant of a role's policy away by itself, and ask before and after."""
    found = Comparison()

    def ask_with(document: Document, grant: Grant, label: str) -> bool:
        arn = one_of(grant.resource)
        return found.note(label, ask(account, role, grant, arn, {"identity": [document], **guards.of(arn)}))

    asked = [grant for grant in grants_of(whole) if grant.action not in NOT_ASKED]
    found.unasked = {(grant.sid, grant.action) for grant in grants_of(whole) if grant not in asked}
    before = [ask_with(whole, grant, grant.label) for grant in asked]
    for grant, was in zip(asked, before, strict=True):
        less = remove_grant(whole, grant)
        with account.holding(role, name, less):
            found.effect(grant, was, ask_with(less, grant, f"without {grant.label}"))
            for other in asked if SOAKING else ():
                ask_with(less, other, f"without {grant.label}, {other.label}")
    return found


FUNCTIONS = ("book", "quarantine", "quote", "status", "trade")
ROLES = (*(f"role-lambda-{name}-local" for name in (*FUNCTIONS, "sealer")), "role-schedule-seal-local")
UNCHANGED = {
    ("UseDataKey", "kms:Decrypt"): THROUGH_SERVICES,
    ("UseDataKey", "kms:GenerateDataKey"): THROUGH_SERVICES,
}
UNCHANGED_BY_ROLE = {
    "role-lambda-sealer-local": {("SignCheckpoint", "kms:Sign"): AT_THE_KEY},
    "role-schedule-seal-local": {("KeepFailures", "sqs:SendMessage"): AT_THE_QUEUE},
}
"""Grants without which the same is allowed, or refused, as with them."""


def test_the_roles_are_those_of_the_stack(account: Account) -> None:
    assert sorted(account.roles()) == sorted(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_without_any_single_grant_of_a_role_both_answer_alike(account: Account, guards: Guards, role: str) -> None:
    ((name, whole),) = account.role_policies(role).items()
    found = compare_role(account, guards, role, name, whole)
    assert found.disagreed == []
    assert found.unchanged == {*UNCHANGED, *UNCHANGED_BY_ROLE.get(role, {})}
    assert {action for _, action in found.unasked} <= NOT_ASKED.keys()
    assert found.changed


ADMINISTRATOR = "role-grants-local"


@pytest.fixture
def administrator(account: Account) -> Iterator[None]:
    """Make a role that may do everything with keys, as far as the keys let it."""
    iam = account.client("iam")
    iam.create_role(RoleName=ADMINISTRATOR, AssumeRolePolicyDocument=json.dumps(NOBODY))
    iam.put_role_policy(RoleName=ADMINISTRATOR, PolicyName="keys", PolicyDocument=json.dumps(allow("kms:*", "*")))
    yield
    iam.delete_role_policy(RoleName=ADMINISTRATOR, PolicyName="keys")
    iam.delete_role(RoleName=ADMINISTRATOR)


@contextlib.contextmanager
def copied_key(account: Account, arn: str) -> Iterator[tuple[str, Document]]:
    """Make a key with another's policy, so that whatever a call changes is changed at the copy."""
    kms = account.client("kms")
    of = kms.describe_key(KeyId=arn)["KeyMetadata"]
    policy = kms.get_key_policy(KeyId=arn, PolicyName="default")["Policy"]
    made = kms.create_key(Policy=policy, KeyUsage=of["KeyUsage"], KeySpec=of["KeySpec"])["KeyMetadata"]["Arn"]
    try:
        yield made, json.loads(policy)
    finally:
        kms.schedule_key_deletion(KeyId=made, PendingWindowInDays=7)


def find_key(account: Account, alias: str) -> str:
    """Return the ARN of the key that an alias stands for."""
    return str(account.client("kms").describe_key(KeyId=f"alias/{alias}")["KeyMetadata"]["Arn"])


def compare_key(account: Account, arn: str) -> Comparison:
    """Take each grant of a key's policy away by itself, and ask as who it names: the account, or a role."""
    found, kms = Comparison(), account.client("kms")
    with copied_key(account, arn) as (copy, whole):
        for grant in grants_of(whole):
            named = grant.statement["Principal"].get("AWS")
            if named is None or grant.action in NOT_ASKED:
                found.unasked.add((grant.sid, grant.action))
                continue
            role = ADMINISTRATOR if named.endswith(":root") else named.rpartition("/")[2]
            identity = list(account.role_policies(role).values())
            answers = []
            for policy, label in ((whole, grant.label), (remove_grant(whole, grant), f"without {grant.label}")):
                kms.put_key_policy(KeyId=copy, PolicyName="default", Policy=json.dumps(policy))
                asked = ask(account, role, grant, copy, {"identity": identity, "key": policy})
                answers.append(found.note(label, asked))
            found.effect(grant, *answers)
    return found


# Services use a key inside ministack, without a call that could be refused.
FOR_SERVICES = {
    "AlarmsNotify",
    "AlarmsOfAccountNotify",
    "BusEncrypts",
    "BusFindsKey",
    "LogsEncrypt",
    "RulesFillQueues",
    "RulesOfAccountFillQueues",
}
UNCHANGED_AT_KEY = {"AccountUsesThroughServices": THROUGH_SERVICES, "AccountRecoversEvents": CONTEXT_LEFT_OUT}


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    ("alias", "services", "unchanged"),
    [
        ("key-data-local", FOR_SERVICES, UNCHANGED_AT_KEY),
        ("key-checkpoint-local", set(), {}),
    ],
)
def test_without_any_single_grant_of_a_key_both_answer_alike(
    account: Account,
    alias: str,
    services: set[str],
    unchanged: dict[str, str],
) -> None:
    found = compare_key(account, find_key(account, alias))
    assert found.disagreed == []
    assert {sid for sid, _ in found.unchanged} == unchanged.keys()
    assert {sid for sid, action in found.unasked if action not in NOT_ASKED} == services
    assert found.changed


@pytest.mark.parametrize("role", ROLES)
def test_without_its_trust_a_role_is_taken_by_nobody(account: Account, role: str) -> None:
    trust = account.client("iam").get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    (grant,) = grants_of(trust)
    service = grant.statement["Principal"]["Service"]
    before = (account.may_be_taken(role), trusts(trust, service, role))
    with account.trusting(role, NOBODY):
        after = (account.may_be_taken(role), trusts(NOBODY, service, role))
    # The scheduler says which schedule calls; whoever takes the role in its place does not.
    assert before == ((False, False) if "Condition" in grant.statement else (True, True))
    assert after == (False, False)


def trusts(trust: Document, service: str, role: str) -> bool:
    """Return whether the model lets a service that says nothing of itself take a role."""
    principal = {"kind": "service", "name": service}
    request = {"principal": principal, "action": "sts:AssumeRole", "resource": role_arn(role)}
    case = {"policies": {"resource": trust}, "request": {**request, "resource_account": ACCOUNT}}
    return decide(*read_request_case(case, role)).answer is Answer.ALLOWED


def test_a_queue_that_names_a_role_grants_what_the_role_has_already(account: Account, guards: Guards) -> None:
    role, arn = "role-schedule-seal-local", f"arn:aws:sqs:us-east-1:{ACCOUNT}:queue-schedule-dlq-local"
    url, sqs = f"{account.server.endpoint}/{ACCOUNT}/queue-schedule-dlq-local", account.client("sqs")
    whole = guards.of(arn)["resource"]
    (grant,) = grants_of(whole)
    ((name, own),) = account.role_policies(role).items()
    without_own = next(remove_grant(own, one) for one in grants_of(own) if one.resource == arn)
    found, answers = Comparison(), {}
    try:
        for queue, policy in (("named", whole), ("not named", remove_grant(whole, grant))):
            sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
            for held, document in (("granted", own), ("not granted", without_own)):
                with account.holding(role, name, document):
                    asked = ask(account, role, grant, arn, {"identity": [document], "resource": policy})
                    answers[queue, held] = found.note(f"{queue}, {held}", asked)
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(whole)})
    assert found.disagreed == []
    assert [pair for pair, allowed in answers.items() if not allowed] == [("not named", "not granted")]


def test_only_the_roles_that_who_can_names_are_let_in(account: Account, live: Stack) -> None:
    """Ask for every grant as every role of the stack, and the model as `who-can --live` does."""
    documents = {role: one for role in ROLES for one in account.role_policies(role).values()}
    wanted = {
        (grant.action, one_of(grant.resource))
        for document in documents.values()
        for grant in grants_of(document)
        if grant.action not in NOT_ASKED
    }
    found, counted = Comparison(), Counter[str]()
    for action, arn in sorted(wanted):
        said = {caller.name: caller.decision.answer for caller in find_callers(live, action, arn)}
        call = call_for(action, arn, account.server.endpoint)
        assert call
        for role in ROLES:
            answer = said.get(role_arn(role), Answer.DENIED)
            counted[answer.value] += 1
            if answer in {Answer.ALLOWED, Answer.DENIED}:
                answers = (account.lets_in(role, call), answer is Answer.ALLOWED)
                found.note(f"{role}: {action} on {arn}", answers)
    assert found.disagreed == []
    assert counted.keys() == {"ALLOWED", "ALLOWED IF", "DENIED"}
