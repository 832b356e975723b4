"""What the conditions of a statement fix about a request, so that a wide principal is narrow after all.

Sources: AWS IAM User Guide, "Creating a condition with multiple keys or values" (``ForAllValues`` and ``...IfExists``
also hold when the key is absent); Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", section
'The meaning of "public"'.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import leaves_account_open, shape
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.engine.model import Ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tapeproof.gate.engine.model import Condition, Statement, Value

__all__ = ["base_operator", "conditions_on", "contexts_of_arns", "denies_others", "holds_without_key", "is_bound"]

_CONTEXT = "kms:encryptioncontext:"
_ALL, _ANY, _IF_EXISTS = "forallvalues:", "foranyvalue:", "ifexists"
_FIXING = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"})
_EXCLUDING = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike"})
_ADDRESS = "aws:sourceip"
_SWITCHES = frozenset({"elasticfilesystem:accessedviamounttarget"})
"""Keys that fix something when they are true: a mount target lies in one network (Amazon EFS User Guide, "Blocking
public access")."""
_VARIABLE = re.compile(r"[$&]\{\s*(aws:[\w-]+(?:/[^},]*)?)\s*(?:,[^}]*)?\}", re.IGNORECASE)
_OF_THE_RESOURCE = frozenset({"aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"})
"""Policy variables that the owner of a resource decides; all others come with the request: a key that is compared with
itself, or with a tag of the caller's, fixes nobody (IAM User Guide, "IAM policy elements: Variables and tags")."""
_CALLERS = "\x01"
_FIELDS_BEFORE_NAME = 5
_WIDEST = {4: 8, 6: 32}
"""Shortest prefix of an address block that S3 does not call public, by IP version."""


def is_bound(statement: Statement, keys: Collection[str]) -> bool:
    """Return whether a condition fixes one of some keys to values that leave no account open.

    Args:
        statement: The statement.
        keys: Condition keys in lower case.

    Raises:
        Undecided: It cannot be told.
    """
    return any_of(conditions_on(statement, keys), lambda condition: _fixes(statement, condition))


def conditions_on(statement: Statement, keys: Collection[str]) -> Iterable[Condition]:
    """Yield the conditions of a statement on some keys, given in lower case."""
    return (condition for condition in statement.conditions if condition.key.lower() in keys)


def contexts_of_arns(statement: Statement) -> frozenset[str]:
    """Return the keys of encryption contexts, in lower case, that are compared with nothing but ARNs.

    A service puts the ARN of what it encrypts into the context; any other text is known to everyone.
    """
    return frozenset(
        condition.key.lower()
        for condition in statement.conditions
        if condition.key.lower().startswith(_CONTEXT) and all(map(_may_be_arn, condition.values))
    )


def _may_be_arn(value: Value) -> bool:
    first = value.pieces_of_text()[0].content
    return first.startswith("arn:") if isinstance(first, str) else isinstance(first, Ref) and first.path.endswith("arn")


def base_operator(condition: Condition) -> str:
    """Return a condition's operator in lower case, without its quantifier and without ``IfExists``."""
    return condition.operator.lower().removeprefix(_ALL).removeprefix(_ANY).removesuffix(_IF_EXISTS)


def holds_without_key(statement: Statement, condition: Condition) -> bool:
    """Return whether a condition lets a request through that has no such key, whatever its values.

    Raises:
        Undecided: It cannot be told whether another condition demands the key.
    """
    operator = condition.operator.lower()
    if not (operator.startswith(_ALL) or operator.endswith(_IF_EXISTS)):
        return False
    demanded = (other for other in statement.conditions if other.operator.lower() == "null")
    return not any_of(
        demanded,
        lambda other: (
            other.key.lower() == condition.key.lower()
            and all(value.text().lower() == "false" for value in other.values)
        ),
    )


def denies_others(condition: Condition, keys: Collection[str]) -> bool:
    """Return whether a condition of a denial spares only requests that have one of some keys with fixed values.

    A negated operator also holds where the key is absent, with ``ForAllValues`` and ``...IfExists`` as well.

    Raises:
        Undecided: It cannot be told.
    """
    key, operator = condition.key.lower(), base_operator(condition)
    if key not in keys or not condition.values or condition.operator.lower().startswith(_ANY):
        return False
    if key == _ADDRESS:
        return operator == "notipaddress" and not any_of(condition.values, _is_wide_block)
    return operator in _EXCLUDING and not any_of(condition.values, _is_open)


def _fixes(statement: Statement, condition: Condition) -> bool:
    if holds_without_key(statement, condition) or not condition.values:
        return False
    operator, key = base_operator(condition), condition.key.lower()
    if key == _ADDRESS:
        return operator == "ipaddress" and not any_of(condition.values, _is_wide_block)
    if key in _SWITCHES:
        return operator == "bool" and all(value.text().lower() == "true" for value in condition.values)
    return operator in _FIXING and not any_of(condition.values, _is_open)


def _is_open(value: Value) -> bool:
    """Return whether a value stands for more than one account or organisation: ``*``, ``o-*``, but not ``o-a1b2/*``."""
    text = _VARIABLE.sub(lambda found: "" if found[1].lower() in _OF_THE_RESOURCE else _CALLERS, shape(value))
    if _CALLERS in text:
        return _begins_open(text)
    fixed = re.split(r"[*?]", text, maxsplit=1)[0]
    if fixed.startswith("arn:") or "/" not in fixed.replace(":", "/"):
        return leaves_account_open(value)
    return False


def _begins_open(text: str) -> bool:
    """Return whether what the caller chooses stands where a text says whose it is: not behind ``o-a1b2/``."""
    if text.startswith("arn:"):
        fields = text.split(":", _FIELDS_BEFORE_NAME)
        owner = fields[-1].partition("/")[0] if fields[2] == "s3" else fields[:_FIELDS_BEFORE_NAME][-1]
        return _CALLERS in owner
    return "/" not in text.partition(_CALLERS)[0].replace(":", "/")


def _is_wide_block(value: Value) -> bool:
    try:
        block = ipaddress.ip_network(value.text(), strict=False)
    except ValueError:
        return True
    return block.prefixlen < _WIDEST[block.version]
