"""Lasting identities of what is told to other tools: a digest of what a thing is, never of when."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from onex.core.canonical import golden_bytes


def identities(keys: Iterable[Sequence[str]]) -> list[str]:
    """A digest for each of ``keys`` that is its own; equal keys are told apart by their order.

    Texts that are not Unicode are taken with escapes for what is not.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for key in keys:
        parts = tuple(part.encode(errors="backslashreplace").decode() for part in key)
        seen[parts] += 1
        found.append(hashlib.sha256(golden_bytes([*parts, seen[parts]])).hexdigest())
    return found
