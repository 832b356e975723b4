"""Every kind of fault that strangers reported has five roots at least, three of them from what somebody wrote.

A kind is told by the names of its cases, as shell patterns. Cases differ when something else than names does: types,
settings, functions, services and keys of conditions, or the files that a value comes through.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.conformance.gate.judged_cases import find_cases, read_case

CASES = find_cases(Path(__file__).parent / "reports")
KINDS = {
    "files and syntaxes": "byte-order-mark carriage-returns* json-file* tofu-* file-* comments-* module-that-is-not*",
    "templates of CloudFormation": "cfn-*",
    "loops and mappings of templates": "template-that-loops-* template-whose-mapping-*",
    "what CloudFormation says itself": "*-of-a-template-by-* *-of-a-template-for-its-own-*",
    "templates of AWS SAM": "sam-*",
    "Cloud Control and awscc": "cc-* awscc-* kept-inside-a-template* *-of-a-template-*",
    "blocks that are new": "*-block import-block-* moved-* removed-* forgotten-* block-in-a-module*",
    "modules and their sources": "module-* output-of-a-counted-module runtime-of-a-module suffix-through-a-module",
    "values that are worked out": "days-* null-* locals-in-* nested-optional-* setproduct-* splat-* number-in-a-text",
    "data sources of the same stack": "*-by-a-data-source*",
    "ids of what is set on another": "*-by-the-id-of-* *-by-either-of-two-ids bucket-module-of-the-registry-shape",
    "documents of modules that hand on null": "document-of-a-module-* *-effect-is-null queue-module-* *-are-null-*",
    "actions of Terraform": "action-that-* action-in-*",
    "functions of Terraform's own provider": "provider-function-*",
    "what is ignored": "ignore-* never-destroyed-* retain-* log-group-skip-destroy recovery-switched-off-*",
    "what is switched off": "*disabled* *-switched-off-* *-is-off *-that-is-muted *enabled-false *encryption-off",
    "rules and their buses": "aws-source-* bus-target-* partner-source disabled-rule-* rule-is-* rules-*",
    "filters of sources": "filter-*",
    "secrets by value": "secret-* key-of-* *-written *-by-its-path web-hook-* private-key-* a-real-key-*",
    "secrets of services by form": "token-of-* webhook-of-* key-of-* publishable-key-*",
    "secrets in Base64": "*-in-base64 *-wrapped-in-base64 settings-of-docker-*",
    "secrets in commands and scripts": "container-* job-* script-* bearer-* *-of-a-tunnel",
    "passwords of commands": "password-of-*-in-a-script no-password-of-*",
    "values beside names of secrets": "*-in-an-element-* password-of-a-pod-* *-of-wordpress* login-of-*",
    "secrets in lists and maps": "*-in-a-list *-in-a-map* tokens-of-* names-of-tokens-*",
    "names without an underscore": "name-without-* name-in-short-* name-of-mail-* name-of-a-store-* name-of-a-way-*",
    "secrets in outputs and variable files": "output-* variables-* password-in-*",
    "secrets that are none": "ssm-* *-arn* example-* hex-* handler-* name-of-s* names-of-* ciphertext-* client-id-*",
    "what is public or only verifies": "hash-* verifier-* sums-of-* *-by-its-address *-in-base64 key-of-putty",
    "placeholders": "placeholder-* nothing-for-a-password",
    "principals": "*anyone* *anybody* open-* acl-public *-of-another-account not-principal-*",
    "conditions": "*organisation* condition-* *-by-source-* *network* *-referer tag-condition-*",
    "variables of policies": "*-that-is-its-own *-of-the-caller *-own-arn *-as-its-owner *-of-the-repository",
    "policies of descriptions and templates": "interface-whose-* cfn-policy-of-* cfn-body-* interface-whose-body-*",
    "federated trust": "oidc-* identity-pool-* saml-* google-of-* federation-*",
    "trust of accounts": "trust-of-*",
    "denials beside an allowance": "interface-denied-* interface-of-which-* bucket-denied-*",
    "functions in documents": "interface-* machine-* asked-*-custom-resource* asked-*-any-call",
    "TLS": "tls-*",
    "managed policies by any ARN": "attach-* managed-policies-* managed-policy-* power-user-* permission-set-*",
    "wide resources": "star-* table-star *-star *index-of-a-table* objects-* object-of-*",
    "actions that AWS does not have": "*-no-action misspelt-* *-swapped actions-* action-in-* *-in-vain objects-by-a*",
    "who invokes whom": "alb-target step-function-* pipe-fire http-api-event lambda-edge-* authorizer-* asked-*",
    "failures and where they are kept": "failures-* fifo-* redrive-* stream-with* kafka-* pipe-of-*",
    "keys on the way": "*-under-* *-key-of-aws key-that-* key-policy-*",
    "what outlives the stack": "*-kept* *-final *-protected snapshot-* images-* last-snapshot-* database-*",
    "recovery windows": "window-*",
    "log classes": "class-that-*",
    "reserved concurrency": "throttle-* concurrency-*",
    "executions of interfaces": "execution-*",
    "public access blocked by an account": "account-that-blocks-*",
    "alarms": "alarm-* alarms-*",
    "names": "name-* names-* suffix-* rules-* buckets-* prefix-*",
    "logs and their retention": "log-* *-of-logs streams-of-* infrequent-*",
}
FEWEST, FEWEST_REPORTS = 5, 3
_WORDS = re.compile(
    r"""^\s*(?:resource|data|ephemeral)?\s*"?(\w+)"?\s*(?:[="{]|$)"""  # blocks and settings
    r"|([\w-]+:[A-Za-z]*|\b[a-z_0-9]+\()",  # actions, keys of conditions, types of templates; functions
    re.MULTILINE,
)


def is_from_a_report(case: Path) -> bool:
    """Return whether a case names a report or a page of AWS's that it was made from, and is no sibling of one."""
    return not re.search(r"\((sibling|no report)", read_case(case)["report"])


def structure_of(case: Path) -> frozenset[str]:
    """Return what a case is made of, without the names in it."""
    files = [path for path in case.rglob("*") if path.is_file() and path.name != "case.json"]
    found = {path.name.partition(".")[2] for path in files}
    for path in files:
        found.update(one[0] or one[1] for one in _WORDS.findall(path.read_text(encoding="utf-8", errors="replace")))
    return frozenset(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_siblings_and_was_reported(kind: str) -> None:
    cases = [case for case in CASES if any(fnmatchcase(case.name, pattern) for pattern in KINDS[kind].split())]
    assert len(set(map(structure_of, cases))) >= FEWEST
    assert sum(map(is_from_a_report, cases)) >= FEWEST_REPORTS
    assert {"fail", "pass"} <= {read_case(case)["expected"] for case in cases}, "a kind is known from both sides"
