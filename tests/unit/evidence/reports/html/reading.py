"""Reads a piece of the report with a parser that is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parsed(piece: str) -> Element:
    """Return a piece of HTML as a tree, refusing what a browser would have to repair."""
    page = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{piece}</body></html>'
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


def texts(root: Element, tag: str) -> list[str]:
    """Return what each element of a kind says, on one line."""
    return [" ".join("".join(element.itertext()).split()) for element in root.iter(tag)]
