"""Shapes that secrets have, whatever stands before them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["KINDS", "SECRET_SHAPES"]

SECRET_SHAPES: Final = re.compile(
    r"""(?P<pem>-----BEGIN\ [A-Z\ ]*PRIVATE\ KEY(?:\ BLOCK)?-----[\s\S]*?
        (?:-----END\ [A-Z\ ]*PRIVATE\ KEY(?:\ BLOCK)?-----|\Z))
    |(?P<access>\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}\b)
    |(?P<jwt>\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)
    |(?P<forge>\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}
        |(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}
        |hvs\.[A-Za-z0-9_-]{20,}|dop_v1_[a-f0-9]{40,}|shp(?:at|ss)_[a-fA-F0-9]{32}|dapi[a-f0-9]{32}|AGE-SECRET-KEY-1[A-Z0-9]{50,}
        |sk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,}))
    |(?P<hook>(?<=hooks\.slack\.com/services/)[A-Za-z0-9/]{20,})
    |(?P<google>\bAIza[A-Za-z0-9_-]{35})
    |(?P<url>(?<=://)[^\s/:@"']*:[^\s/@"']+(?=@))
    |(?P<userpass>(?<=\s-u\s)[^\s:"']+:[^\s"']+)
    |(?P<bearer>(?<=[Bb]earer\ )[A-Za-z0-9._~+/-]{16,}=*|(?<=[Bb]asic\ )[A-Za-z0-9+/]{12,}=*)
    |(?P<aws>(?i:aws.{0,20}secret.{0,20}?["'=:\s])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+]))
    |(?P<azure>(?<=AccountKey=)[A-Za-z0-9+/]{40,}=*|(?<=[?&]sig=)[A-Za-z0-9%+/]{20,}=*)
    |(?P<assigned>(?i:pass(?:word|wd|phrase)|secret|api_?key|auth_?token|private_?key)["']?\s*[=:]\s*["'](?!\[REDACTED)(?![^"']*\$\{)[^"'\s]{6,}["'])
    """,
    re.VERBOSE,
)
KINDS: Final = {
    "pem": "private key",
    "access": "AWS access key id",
    "jwt": "JSON web token",
    "forge": "access token",
    "hook": "webhook",
    "google": "API key",
    "url": "credentials in a URL",
    "userpass": "user and password",
    "bearer": "bearer token",
    "aws": "AWS secret access key",
    "azure": "storage key",
    "assigned": "assigned secret",
}
