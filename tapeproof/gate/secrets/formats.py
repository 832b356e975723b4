"""Credentials that can be told by their form, wherever they stand.

Sources: the documentation of each service on its own tokens; AWS IAM User Guide, "IAM identifiers" (prefixes of keys);
GitHub Changelog, "Notice about upcoming new format for GitHub App installation tokens".
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.secrets.sealed import is_published

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Clue", "Found", "known_formats"]

_HEX = "[0-9a-f]"
_UUID = rf"{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}"
_JWT = r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
_FORMATS = (
    (
        "an AWS access key",
        "AKIA ASIA",
        r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}(?![A-Za-z0-9])",
    ),
    ("a private key", "KEY-----|KEY BLOCK-----", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    (
        "a private key of the web",
        "kty",
        r"(?<=[\"'{,\s])\\?[\"']?(?:d|k)\\?[\"']?\s*:\s*\\?[\"']?[A-Za-z0-9_-]{16,}",
    ),
    ("a private key of PuTTY", "PuTTY-User-Key-File-", r"PuTTY-User-Key-File-\d:"),
    ("a private key of age", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    (
        "a GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        rf"(?:gh[pousr]_[A-Za-z0-9]{{36,}}|ghs_\d+_{_JWT}|github_pat_[A-Za-z0-9_]{{60,}})",
    ),
    (
        "a GitLab token",
        "glpat- glrt- gldt- glcbt- glptt- glft- glagent- glimt- gloas- glsoat- glffct- GR1348941",
        r"(?:gl(?:pat|rt|dt|cbt|ptt|ft|agent|imt|oas|soat|ffct)-|GR1348941)[A-Za-z0-9_-]{20,}",
    ),
    ("a Slack token", "xox xapp-", r"xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{40,}"),
    ("a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows)/T\w+/[AB]\w+/\w+"),
    ("a Discord webhook", "/api/webhooks/", r"discord(?:app)?\.com/api/webhooks/\d{10,}/[A-Za-z0-9_-]{50,}"),
    ("a Teams webhook", "/webhookb2/", rf"\.webhook\.office\.com/webhookb2/{_UUID}@{_UUID}/\w+/{_HEX}{{32}}"),
    ("an integration key", "pagerduty.com/integration/", rf"pagerduty\.com/integration/{_HEX}{{32}}"),
    ("a JSON web token", "eyJ", _JWT),
    ("a Mapbox token", "sk.eyJ", r"(?<!\w)sk\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"),
    ("a PostHog key", "phx_", r"phx_[A-Za-z0-9]{40,}"),
    ("a Google API key", "AIza", r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
    ("a client secret of Google", "GOCSPX-", r"GOCSPX-[A-Za-z0-9_-]{28}"),
    ("a Stripe key", "k_live_ k_test_ whsec_", r"(?:[rs]k_(?:live|test)|whsec)_[0-9A-Za-z]{20,}"),
    ("a SendGrid key", "SG.", r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}"),
    ("a Mailgun key", "key-", rf"(?<!-)key-{_HEX}{{32}}(?![0-9a-f-])"),
    ("a Mailchimp key", "-us", rf"{_HEX}{{32}}-us\d{{1,2}}(?!\w)"),
    ("a Twilio key", "SK", rf"SK{_HEX}{{32}}(?!\w)"),
    ("a DigitalOcean token", "_v1_", rf"do[opr]_v1_{_HEX}{{64}}"),
    ("a Shopify token", "shp", rf"shp(?:at|ca|pa|ss)_{_HEX}{{32}}"),
    ("a Square token", "sq0", r"sq0(?:atp|csp)-[A-Za-z0-9_-]{22,}"),
    ("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}(?!\w)"),
    ("a PyPI token", "pypi-", r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    ("a RubyGems token", "rubygems_", rf"rubygems_{_HEX}{{48}}"),
    ("a Docker Hub token", "dckr_", r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,}"),
    ("a token of JFrog", "AKCp", r"AKCp[A-Za-z0-9]{69}(?!\w)"),
    ("a Vault token", "hvs. hvb. hvr.", r"hv[sbr]\.[A-Za-z0-9_-]{24,}"),
    ("a token of HCP Terraform", ".atlasv1.", r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}"),
    ("a Pulumi token", "pul-", rf"pul-{_HEX}{{40}}"),
    ("a Doppler token", "dp.", r"dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{40,}"),
    ("a Databricks token", "dapi", rf"dapi{_HEX}{{32}}(?:-\d)?(?!\w)"),
    ("a PlanetScale token", "pscale_", r"pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_.-]{32,}"),
    ("a New Relic key", "NRA NRII", r"(?:NRA[KL]|NRII)-[A-Za-z0-9-]{27,}"),
    ("a New Relic key", "NRAL", r"(?<![A-Za-z0-9])[0-9a-z]{36}NRAL(?!\w)"),
    ("a Grafana token", "glsa_ glc_", rf"(?:glsa_[A-Za-z0-9]{{32}}_{_HEX}{{8}}|glc_[A-Za-z0-9+/=]{{32,}})"),
    ("a Dynatrace token", "dt0", r"dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    ("a Sentry token", "sntry", r"sntry[su]_[A-Za-z0-9+/=_-]{40,}"),
    ("a LaunchDarkly key", "api- sdk-", rf"(?<!-)(?:api|sdk)-{_UUID}(?![0-9a-f-])"),
    ("a Postman key", "PMAK-", rf"PMAK-{_HEX}{{24}}-{_HEX}{{34}}"),
    ("a Linear key", "lin_api_", r"lin_api_[A-Za-z0-9]{40}"),
    ("an Atlassian token", "ATATT3 ATBB", r"(?:ATATT3xFfGF0[A-Za-z0-9_=-]{100,}|ATBB[A-Za-z0-9]{32}(?!\w))"),
    ("a Tailscale key", "tskey-", r"tskey-[a-z]+-[A-Za-z0-9-]{20,}"),
    ("a Cloudflare key", "v1.0-", rf"v1\.0-{_HEX}{{24}}-{_HEX}{{146}}"),
    ("a bearer token", "earer ", r"[Bb]earer (?=[A-Za-z_.~+/-]*\d)[A-Za-z0-9_.~+/-]{20,}={0,2}(?![\w({<$])"),
    ("an OpenAI key", "T3BlbkFJ", r"sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"),
    ("an Anthropic key", "sk-ant-", r"sk-ant-(?:api|admin)\d\d-[A-Za-z0-9_-]{80,}"),
    ("a Hugging Face token", "hf_", r"hf_[A-Za-z]{34}(?!\w)"),
    ("an Azure storage key", "AccountKey=", r"AccountKey=[A-Za-z0-9+/=]{80,}"),
    ("a client secret of Azure", "Q~", r"[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])"),
    ("a Telegram token", ":AA", r"\d{8,10}:AA[0-9A-Za-z_-]{33}(?!\w)"),
    ("a password in a URL", "://", r"://[^/\s:@\"'<>]*:(?!\$|%7B|\{\{)[^/\s:@$\"'<>]{3,}@"),
)
"""What it is, what text with one contains (apart by spaces, or by ``|`` where it has some), and its form."""
_NOT_WITHIN_A_WORD = frozenset({"a private key", "a password in a URL", "an AWS access key", "a Teams webhook"})
Form: TypeAlias = tuple[str, tuple[str, ...], str]
"""What it is, what text with one contains, and its pattern."""
_MARKED: tuple[Form, ...] = tuple(
    (kind, tuple(marks.split("|") if "|" in marks else marks.split()), pattern) for kind, marks, pattern in _FORMATS
)
_SHORTEST = len("://:abc@")
"""No form above is shorter than that of a password in a URL."""


class Clue(Enum):
    """What gives a credential away."""

    FORMAT = "its form, which only such credentials have"
    NAME = "the name that it is assigned to"
    RANDOMNESS = "that it looks random"


class Found(NamedTuple):
    """Where in a text a credential stands. The text itself is not kept, so that nobody prints it.

    Attributes:
        kind: What it is, with its article, for people.
        offset: Where it begins.
        length: How long it is.
        clue: What gave it away.
    """

    kind: str
    offset: int
    length: int
    clue: Clue = Clue.FORMAT


def forms_marked_in(text: str) -> tuple[Form, ...]:
    """Return the forms that a text, or a part of it, can hold, by what text with one contains."""
    return tuple(form for form in _MARKED if any(mark in text for mark in form[1]))


def known_formats(text: str, forms: tuple[Form, ...] = _MARKED) -> Iterator[Found]:
    """Yield what has the form of a credential.

    Args:
        text: Where it is looked for.
        forms: What is looked for; every form unless fewer are known to be enough.
    """
    if len(text) < _SHORTEST:
        return
    for kind, marks, pattern in forms:
        for mark in marks:
            if mark in text:  # told so far faster than by the pattern
                for match in _compile(kind, pattern).finditer(text):
                    if is_published(match[0]):
                        continue
                    yield Found(kind, match.start(), match.end() - match.start())
                break


@cache
def _compile(kind: str, pattern: str) -> re.Pattern[str]:
    """Return a form that is looked for; most are never, and to compile them all takes as long as to search a stack."""
    return re.compile(pattern if kind in _NOT_WITHIN_A_WORD else rf"(?<![A-Za-z0-9])(?:{pattern})")
