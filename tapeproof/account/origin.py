"""Whether an answer can be AWS's own: by the host that gave it and by the account that it names."""

from __future__ import annotations

from urllib.parse import urlsplit

__all__ = ["EMULATED_ACCOUNTS", "host_of", "is_aws_host", "is_emulated"]

EMULATED_ACCOUNTS = {"000000000000", "123456789012"}
"""Account ids that emulators of AWS answer with; AWS gives neither to anybody."""
AWS_DOMAINS = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws", ".api.amazonwebservices.com.cn")


def host_of(endpoint: str) -> str:
    """Return the host of an endpoint; an address without a scheme is taken as one with."""
    return (urlsplit(endpoint if "://" in endpoint else f"https://{endpoint}").hostname or "").lower()


def is_aws_host(host: str) -> bool:
    """Return whether a host is below a domain of AWS."""
    return host.lower().rstrip(".").endswith(AWS_DOMAINS)


def is_emulated(endpoint: str) -> bool:
    """Return whether an endpoint is not one of AWS's own; empty is AWS's default."""
    return bool(endpoint) and not is_aws_host(host_of(endpoint))
