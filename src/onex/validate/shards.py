"""Parts of a workspace that are judged apart, in several jobs of a CI; together they are the whole.

Which part a node is in follows from its id alone: a new node moves no other one. What is said of
the tree, and of nodes together, is said once, with the first part.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from onex.core.tree import NodeRef


@dataclass(frozen=True, slots=True)
class Part:
    """One part of several.

    Attributes:
        number: which one it is, from 1.
        count: how many there are.
    """

    number: int = 1
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether the tree, and nodes together, are judged with it."""
        return self.number == 1

    @property
    def is_whole(self) -> bool:
        """Whether there is no other part."""
        return self.count == 1

    def own(self, refs: Sequence[NodeRef]) -> list[NodeRef]:
        """Those of ``refs`` that are in this part, in their order."""
        return [ref for ref in refs if self.is_whole or number_of(ref, self.count) == self.number]


WHOLE = Part()
"""Everything."""


def number_of(ref: NodeRef, count: int) -> int:
    """The part, of ``count``, that a node is in."""
    said = ".".join(ref.segments).encode(errors="surrogateescape")
    return int.from_bytes(hashlib.sha256(said).digest()[:8], "big") % count + 1
