"""Values of options, read from the words of a command line."""

from __future__ import annotations

import argparse
import math
import re

__all__ = ["parse_count", "parse_port", "parse_rate", "parse_route_rate", "parse_share", "parse_speed"]

USER_PORTS = range(1024, 65536)


def parse_port(text: str) -> int:
    """Return a port that any user may open.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or int(text) not in USER_PORTS:
        raise argparse.ArgumentTypeError(f"expected a port from 1024 to 65535, got {text!r}")
    return int(text)


def parse_count(text: str) -> int:
    """Return an integer of at least 1.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected an integer of at least 1, got {text!r}")
    return int(text)


def parse_rate(text: str) -> float:
    """Return a number above 0.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < math.inf:
        raise argparse.ArgumentTypeError(f"expected a number above 0, got {text!r}")
    return rate


def parse_speed(text: str) -> float | None:
    """Return how many times its own speed a session is played; None for as fast as it goes.

    Raises:
        argparse.ArgumentTypeError: It is neither ``max`` nor a number above 0.
    """
    return None if text == "max" else parse_rate(text)


def parse_route_rate(text: str) -> tuple[str, float]:
    """Return the route and the number of ``ROUTE=NUMBER``.

    Raises:
        argparse.ArgumentTypeError: It is not of that form.
    """
    route, sign, rate = text.partition("=")
    if not sign or not re.fullmatch("[a-z][a-z0-9-]{0,19}", route):
        raise argparse.ArgumentTypeError(f"expected ROUTE=EVENTS_PER_SECOND, such as trade=20000, got {text!r}")
    return route, parse_rate(rate)


def parse_share(text: str) -> float:
    """Return a share, above 0 and up to 1.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    share = parse_rate(text)
    if share > 1:
        raise argparse.ArgumentTypeError(f"expected a share, above 0 and up to 1, got {text!r}")
    return share
