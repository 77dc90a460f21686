"""What is kept of a node once it was judged: a few facts, which rules across nodes ask for.

Ten thousand nodes are judged one after the other, in several processes, or not at all because
their verdicts are known; what they have in common fits in a kilobyte a node. What a finding needs
besides, the bytes of the document, is read again, and must be what was judged.
"""

import hashlib
import os
from dataclasses import dataclass, field
from typing import cast

from onex.core import document
from onex.core.document import Document
from onex.core.node import Node
from onex.errors import DocumentError
from onex_types.onex_node import Dependency, OnexNode

KEPT = (
    *("name", "namespace", "uuid", "version", "lifecycle", "tags", "group"),
    *("dependencies", "triggers", "deprecated", "waivers", "shared"),
)
"""The members of a node document that rules across nodes ask for; of `trust` it is the minimum."""


def facts_of(value: OnexNode) -> OnexNode:
    """As much of the document ``value`` as is kept."""
    kept = {key: item for key in KEPT if (item := value.get(key)) is not None}
    return cast("OnexNode", {**kept, "trust": {"minimum": value["trust"]["minimum"]}})


@dataclass(slots=True)
class Seen:
    """A node, or a contract by itself, that was judged.

    Attributes:
        path: its document.
        segments: the folders from the root to the node; empty for a document by itself.
        is_node: whether it is a node, and not a contract that stands by itself.
        digest: the digest of the document's bytes; None when it could not be read as a document.
        hash: the node's digest as it is.
        facts: what is kept of the document; None when its schema refuses it.
    """

    path: str
    segments: tuple[str, ...] = ()
    is_node: bool = True
    digest: str | None = None
    hash: str | None = None
    facts: OnexNode | None = None
    _document: Document | None = field(default=None, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The id that the node's document gives it; empty where it gives none."""
        return f"{self.facts['namespace']}.{self.facts['name']}" if self.facts else ""

    @property
    def node_id(self) -> str | None:
        """The node's id, as far as its document or its place tells it."""
        return self.id or ".".join(self.segments) or None

    @property
    def lifecycle(self) -> str | None:
        """Where the node stands in its life."""
        return self.facts["lifecycle"] if self.facts else None

    @property
    def dependencies(self) -> list[Dependency]:
        """The nodes that the node says it relies on."""
        return self.facts.get("dependencies", []) if self.facts else []

    @property
    def document(self) -> Document | None:
        """The document, read again; None when it could not be read.

        Raises:
            DocumentError: it is not what was judged any more.
        """
        if self.digest is not None and self._document is None:
            # Contracts by themselves may be links, and so may be nodes outside any tree.
            data = document.read_bytes(self.path, follow=not self.segments)
            if hashlib.sha256(data).hexdigest() != self.digest:
                raise DocumentError(
                    self.path, "has changed while it was checked", help="run the command again"
                )
            self._document = document.parse(data, self.path)
        return self._document

    def hold(self, document: Document | None) -> "Seen":
        """The same, with its document kept as it was judged: it may not lie there yet."""
        self._document = document
        return self

    @property
    def node(self) -> Node | None:
        """The whole node, read again; None when its schema refuses it.

        Raises:
            DocumentError: it is not what was judged any more.
        """
        source = self.document
        if source is None or self.facts is None:
            return None
        folder = os.path.dirname(os.path.abspath(self.path))
        return Node(self.id, folder, source, cast("OnexNode", source.value))
