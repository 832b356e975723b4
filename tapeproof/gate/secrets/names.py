"""What secrets are called, and values that stand beside such a name without being one."""

from __future__ import annotations

import re
from functools import lru_cache

from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.sealed import is_sealed

__all__ = [
    "is_digest_name",
    "is_placeholder",
    "is_secret_name",
    "may_be_one_of",
    "may_hold_key",
    "may_name_secret",
    "tells_where",
]

_OWNERS = (
    r"(?:db|database|sql|my|mysql|pg|postgres|maria|mongo|redis|rabbit|mq|smtp|mail|email|imap|s?ftp|ssh|ldap|user|admin|root"
    r"|master|login|client|server|app|api|web|auth|proxy|vpn|wifi|key|keystore|truststore|store|jdbc|basic|http|service"
    r"|domain|backup|repo|registry|docker|git|nexus|jenkins|grafana|elastic|kibana)"
)
"""What people write before a word without anything between (Yelp detect-secrets, keyword detector: ``db_?pass``)."""
_WORDS = (
    rf"{_OWNERS}?(?:passwords?|passwd|pwd|passphrase|pass)|secret_key_base|erlang_cookie"
    r"|secret|token|bearer|credentials?|psk"
    r"|(?:api|auth|access|private|secret|signing|shared|preshared|master|account|encryption)_?key"
)
_SECRET_NAME = re.compile(rf"(?:^|[_.])(?:{_WORDS})(?:_(?:value|string|text|plain|base64|json|pem))?(?:_wo)?$")
_MARKS = ("key", "pass", "secret", "token", "pwd", "credential", "bearer", "psk", "cookie")
"""One of them is in each name of a secret, whatever its case."""
_SECRETS_NAME = re.compile(
    r"(?:^|[_.])(?:passwords|passwds|pwds|passphrases|secrets|tokens|(?:api|auth|access|private|secret|signing|app)_?keys)$"
)
_SENTENCE = re.compile(r"[\s{}]")
_SHORTEST_OF_MANY = 8
_QUESTION = compile_late(
    r"^(?:create|use|enable[ds]?|disable[ds]?|manage[ds]?|require[ds]?|generate[ds]?|rotate[ds]?|store[ds]?|allow(?:ed|s)?"
    r"|skip|has|is|with|needs?|should|force|reset)_|(?:^|[_.])(?:existing|pull|tls)_secrets?$|(?:^|_)(?:next|max|min|page|pagination|continuation|public)_[a-z_]+$"
)
"""``create_password`` asks whether; ``next_token`` is a place in a list."""
_KEY_NAME = re.compile(
    r"(?:^|[_.])(?:app(?:lication)?|service|sdk|licen[cs]e|integration|ingest(?:ion)?|admin|root|session|webhook|write"
    r"|customer|user)_?key$"
)
"""Names of keys that may be keys of something else, a map or a table: their values tell."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HEX_KEY = compile_late(r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{24,128}", re.IGNORECASE)
_DIGEST_NAME = compile_late(
    r"(?:^|_)(?:sha\d*|md5|hash|digest|checksum|etag|commit|revision|rev|version|build|release|image|tag|[gu]?uid|guid|id|ids"
    r"|fingerprint|thumbprint|public|pub|certificate|cert|nonce|salt|seed|trace|distribution|zone|pool|account|tenant"
    r"|verification|challenge|site|address|mint|contract|encrypted|ciphertext|sealed|hashed)(?:_|$)"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLACEHOLDER = compile_late(
    r"""(?:change|replace|fix|fill|set|edit|update)[-_ ]?(?:me|this|it|in|with|by|before)(?:\d{0,4}[.!]{0,3}|[-_ ].*)
    |(?:to[-_ ]?be[-_ ])?(?:changed|replaced|filled|set|defined|determined|updated|provided|generated)(?:[-_ ].*)?
    |(?:insert|enter|put|add|your|my|some|the)[-_ ].*
    |(?:a|an)?[-_ ]?(?:dummy|placeholder|fake|sample|example|mock|default|temp|temporary|initial|bogus|invalid)
        (?:[-_ ]?(?:value|text|data|secret|password|passwd|token|key|string|only))?[-_ \d]*
        (?:[-_ ](?:(?:to[-_ ]be|is|gets?|will[-_ ]be)[-_ ])?
        (?:overwritten|overridden|replaced|changed|set|updated|rotated|managed|filled)(?:[-_ ].*)?)?
    |(?:not|un)[-_ ]?(?:used|set|needed|available|applicable|real|a[-_ ]secret)
    |(?:ignored?|unknown|managed|overrid(?:den|e)|rotated?|externally)(?:[-_ ].*)?
    |(?:to[-_ ]?do|fix[-_ ]?me)(?:[-_: ].*)?|tbd|n/?a|nil|empty|blank|redacted|hidden|masked
    |<.*>|\[.*\]|\{\{.*\}\}|%[\w.]+%|_{2,}\w*_{2,}|@@.*@@
    |(?-i:[A-Za-z0-9/+]{9,}EXAMPLE(?:KEY|TOKEN)?)  # the ends of the keys in AWS's own pages
    |x{3,}|\*{3,}|\.{2,}|-+|_+|\#{3,}|0+""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_NO_SECRET = compile_late(
    r"[\W_]+|true|false|null|none|undefined|yes|no|on|off|enabled?|disabled?|\d{1,5}", re.IGNORECASE
)
_STORES = "ssm|aws|vault|secretsmanager|op|env|file|arn|sm|kms|gcp[a-z]*|akv[a-z]*"
_REFERENCE = compile_late(
    rf"\$[\w({{.]|`|%\w+%|[#@]\{{|\(\([\w./:-]+\)\)|\{{%|@Microsoft\.KeyVault\(|(?:method|integration)\.(?:request|response)\."
    r"|stageVariables\.|context\.[a-z]"
    rf"|!(?:Ref|Sub|GetAtt|ImportValue)\b|\{{\{{\s*resolve:|(?:{_STORES}):"
    r"|(?:var|local|data|module|each|self|path|aws_\w+|random_\w+|tls_\w+)\.[A-Za-z_]"
)
"""What a shell, a template, a pipeline, CloudFormation, an API's mapping, a store of secrets or Terraform fills in."""
_URL = compile_late(r"[a-z][a-z0-9+.-]*://[^\s@]+", re.IGNORECASE)
_FILE = compile_late(r"[\w./~-]*\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|txt|env|conf|ini|sh|py|js|tpl|tftpl|enc)")
_WORD = compile_late(r"[a-z]+\d{0,4}|[A-Z]?[a-z]+\d{0,4}|[A-Z]+\d{0,4}|\d{1,12}")
_AWS_SECRET_KEY = re.compile(r"[A-Za-z0-9/+]{40}")


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Return whether a variable or attribute of this name holds a secret itself: ``db_password``, ``apiToken``.

    ``secret_arn``, ``token_ttl``, ``create_password`` and the like name something about a secret, and do not.
    """
    plain = _CAMEL.sub("_", name.strip()).replace("-", "_").lower()
    return _SECRET_NAME.search(plain) is not None and _QUESTION.search(plain) is None


def may_name_secret(text: str) -> bool:
    """Return whether a text may hold the name of a secret: told far faster than by looking for names."""
    lowered = text.lower()
    return any(mark in lowered for mark in _MARKS)


def may_hold_key(name: str, text: str) -> bool:
    """Return whether a text is a key by its name and form together: an ``app_key``, the ``secret_id`` of a login."""
    form = _form_of_key(name)
    return form is not None and form.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _form_of_key(name: str) -> re.Pattern[str] | None:
    plain = _CAMEL.sub("_", name.strip()).replace("-", "_").lower()
    if _KEY_NAME.search(plain) is not None:
        return _HEX_KEY
    return _UUID if plain.endswith("secret_id") else None


@lru_cache(maxsize=4096)
def is_digest_name(name: str) -> bool:
    """Return whether a name says that its value is a digest, an id or public: ``SOURCE_SHA256``, ``traceId``."""
    return _DIGEST_NAME.search(_CAMEL.sub("_", name.strip()).replace("-", "_").lower()) is not None


def may_be_one_of(names: str, text: str) -> bool:
    """Return whether a text in a list or map of secrets is one: ``api_tokens``; words are names of some."""
    if len(text) < _SHORTEST_OF_MANY or not _is_name_of_secrets(names) or _SENTENCE.search(text):
        return False
    return not (tells_where(text) or _UUID.fullmatch(text) or _is_segment(text) or _is_path(text))


@lru_cache(maxsize=4096)
def _is_name_of_secrets(names: str) -> bool:
    return _SECRETS_NAME.search(_CAMEL.sub("_", names.strip()).replace("-", "_").lower()) is not None


def is_placeholder(text: str) -> bool:
    """Return whether a text only keeps the place for a secret: ``CHANGE_ME``, ``<token>``, ``xxxx``."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def tells_where(text: str) -> bool:
    """Return whether a text is no secret although its name is one: an ARN, a path, a URL, a flag, a ciphertext."""
    plain = text.strip()
    if _AWS_SECRET_KEY.fullmatch(plain) and any(map(str.isupper, plain)) and any(map(str.isdigit, plain)):
        return False
    if not plain or _NO_SECRET.fullmatch(plain) or _REFERENCE.match(plain) or is_sealed(plain):
        return True
    return _URL.fullmatch(plain) is not None or _FILE.fullmatch(plain) is not None or _is_path(plain)


def _is_path(text: str) -> bool:
    """Return whether a text is words between slashes, as names of secrets and parameters are."""
    parts = text.strip("/").split("/")
    fewest = 1 if text.startswith("/") else 2
    return "/" in text and len(parts) >= fewest and all(map(_is_segment, parts))


def _is_segment(part: str) -> bool:
    words = [word for word in re.split(r"[-_.:{}$ ]", _CAMEL.sub("-", part)) if word]
    return bool(words) and all(_WORD.fullmatch(word) for word in words)
