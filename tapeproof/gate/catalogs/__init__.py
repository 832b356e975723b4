"""Catalogues of policies from outside: found, pinned, trusted, tested and begun."""
