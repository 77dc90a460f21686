"""The verdict on one node as a plain value, which can be sent and kept."""

from typing import NamedTuple

from onex_types.finding import Finding
from onex_types.onex_node import OnexNode


class Judged(NamedTuple):
    """The verdict on one node.

    Attributes:
        key: the digest over all that it follows from; empty when it also follows from other things.
        digest: see ``Seen``.
        hash: see ``Seen``.
        facts: see ``Seen``.
        findings: what the rules of single nodes found.
    """

    key: str
    digest: str | None
    hash: str | None
    facts: OnexNode | None
    findings: list[Finding]
