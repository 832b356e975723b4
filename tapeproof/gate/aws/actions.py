"""The IAM actions that AWS has, and what resources each of them takes.

Source: AWS Service Authorization Reference, kept in ``policies/facts/actions.csv``.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache, lru_cache

from tapeproof.gate.facts import cells, rows

__all__ = [
    "actions_matching",
    "actions_without_resource",
    "describe_missing",
    "exists",
    "has_service",
    "nearest",
    "takes_no_resource",
]

_NEAR = 0.75
"""How alike two names must be for one to be a slip of the other."""


def _read_services() -> dict[str, list[tuple[str, str]]]:
    """Return, by service, which resource types some actions take, and these actions' names."""
    services: dict[str, list[tuple[str, str]]] = {}
    for service, types, names in cells("actions")[1:]:
        services.setdefault(service.lower(), []).append((types, names))
    return services


_SERVICES = _read_services()
"""Read with the rules that ask for them, so that processes which judge side by side share them."""


@cache
def _resource_types(service: str) -> dict[str, str]:
    """Return, by action of a service in lower case, the resource types it takes; empty when it takes none."""
    return {name: types for types, names in _SERVICES.get(service, []) for name in names.lower().split()}


def has_service(action: str) -> bool:
    """Return whether AWS has the service before the colon of an action, in whatever case."""
    return action.partition(":")[0].lower() in _SERVICES


def exists(action: str) -> bool:
    """Return whether AWS has an action, ``dynamodb:PutItem`` in whatever case; a pattern when anything matches it."""
    return next(iter(actions_matching(action)), None) is not None


@lru_cache(maxsize=4096)
def actions_matching(pattern: str) -> tuple[str, ...]:
    """Return the actions that match a pattern with ``*`` and ``?``, in lower case and in order."""
    service, _, name = pattern.lower().partition(":")
    if not name:
        return tuple(f"{known}:*" for known in _SERVICES) if service == "*" else ()
    any_of_them = set(service) & set("*?")
    services = [known for known in _SERVICES if fnmatchcase(known, service)] if any_of_them else [service]
    if not set(name) & set("*?"):  # most are names, for which a pattern need not be compiled
        return tuple(f"{known}:{name}" for known in services if name in _resource_types(known))
    escaped = name.replace("[", "[[]")
    return tuple(
        f"{known}:{action}"
        for known in services
        for action in sorted(_resource_types(known))
        if fnmatchcase(action, escaped)
    )


def takes_no_resource(action: str) -> bool:
    """Return whether AWS allows an action on no resource but ``*``, by its name in whatever case."""
    service, _, name = action.lower().partition(":")
    return _resource_types(service).get(name) == ""


def actions_without_resource() -> frozenset[str]:
    """Return every action, spelt as AWS does, that AWS allows on no resource but ``*``."""
    unscoped = (row for row in rows("actions") if not row["resource_types"])
    return frozenset(f"{row['service']}:{name}" for row in unscoped for name in row["actions"].split())


def describe_missing(action: str, *, allowed: bool) -> str:
    """Return what is wrong with an action that AWS has not.

    Args:
        action: Its name, or a pattern.
        allowed: Whether the statement allows it.
    """
    service, colon, _ = action.partition(":")
    if not colon:
        return f"{action!r} names no service: an action is service:Name"
    if not has_service(action):
        return f"AWS has no service {service!r}, so {action} stands for nothing"
    return f"AWS has no action {action}, so it {'allows' if allowed else 'denies'} nothing"


def nearest(action: str) -> str:
    """Return the action of AWS that is written most like one that is none; empty when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only what is misspelt needs it

    service, _, name = action.partition(":")
    services = {row["service"] for row in rows("actions")}
    found = get_close_matches(service.lower(), services, n=1, cutoff=_NEAR)
    if not found:
        return ""
    names = [name for row in rows("actions") if row["service"] == found[0] for name in row["actions"].split()]
    near = get_close_matches(name, names, n=1, cutoff=_NEAR)
    return f"{found[0]}:{near[0]}" if near else ""
