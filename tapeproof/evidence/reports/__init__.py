"""Renders one assessment for people and for other programs; every format tells the same numbers."""
