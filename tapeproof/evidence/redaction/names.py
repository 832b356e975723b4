"""Names that say that a value is secret, and attributes of providers that are secret whatever they are called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["SECRET_NAME", "SENSITIVE_ATTRIBUTES", "is_secret_name"]

SECRET_NAME: Final = re.compile(
    r"pass(word|wd|phrase)|secret(?!s?_?manager)(?!_?arn)|(?<!next)(?<!next_)(?<!request)(?<!request_)token(?!_?(key|valid|type))"
    r"|api_?key|access_?key|private_?key|credential|authorization|cookie|signing_?key",
    re.IGNORECASE,
)
"""Names of members in answers of AWS and in this process's environment."""
WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
SECRET_WORDS: Final = {
    *("password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "tokens", "apikey", "credential"),
    *("credentials", "authorization", "cookie", "dsn", "pgpassword", "passcode", "licensekey"),
}
SECRET_BESIDE_ANOTHER: Final = {"pass", "pw", "psw"}
"""Words that say it only with another beside them: ``DB_PASS``."""
SECRET_PAIRS: Final = {
    *(("api", "key"), ("access", "key"), ("private", "key"), ("signing", "key"), ("secret", "key")),
    *(("account", "key"), ("encryption", "key"), ("connection", "string"), ("webhook", "url"), ("license", "key")),
    *(("master", "key"), ("shared", "key"), ("app", "key"), ("host", "key"), ("auth", "header")),
}
NO_SECRET_AT_END: Final = {
    *("arn", "arns", "id", "ids", "name", "names", "path", "paths", "policy", "length", "type", "days", "version"),
    *("rotation", "enabled", "ttl", "expiry", "expiration", "validity", "manager", "parameter", "prefix", "file"),
    *("count", "size", "required", "usage", "endpoint", "alias", "hours", "minutes", "seconds", "lambda", "template"),
}
"""A name that ends so tells something about a secret, and not the secret."""
NO_SECRET_BEFORE: Final = {"next", "request", "continuation", "page", "pagination", "idempotency", "kms"}
SENSITIVE_ATTRIBUTES: Final = {
    ("aws_ssm_parameter", "value"),
    ("aws_secretsmanager_secret_version", "secret_string"),
    ("aws_secretsmanager_secret_version", "secret_binary"),
    ("aws_iam_server_certificate", "certificate_body"),
    ("aws_cloudwatch_event_connection", "value"),
    ("tls_private_key", "private_key_pem"),
    ("random_password", "result"),
}
"""Attributes by resource type that hold secrets under names that do not say so; a small list of our own."""


@lru_cache(maxsize=10_000)
def is_secret_name(name: str) -> bool:
    """Return whether the name of an attribute, variable or environment variable says that its value is secret."""
    words = [word.lower() for word in WORDS.findall(name)]
    if not words or words[-1] in NO_SECRET_AT_END:
        return False
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        alone = word in SECRET_WORDS or word.endswith("password")
        if (alone or (word in SECRET_BESIDE_ANOTHER and len(words) > 1)) and before not in NO_SECRET_BEFORE:
            return True
        if (before, word) in SECRET_PAIRS:
            return True
    return False
