"""Nodes that were judged, made of what a rule across nodes asks for."""

from onex.core.document import Document
from onex.core.tree import Tree
from onex.validate.seen import Seen
from onex.validate.subject import Forest


def seen(node_id, **facts):
    """A node of that id, of which ``facts`` are kept; its document holds nothing."""
    namespace, _, name = node_id.rpartition(".")
    kept = {
        "namespace": namespace,
        "name": name,
        "uuid": node_id,
        "version": "1.0.0",
        "lifecycle": "draft",
        "trust": {"minimum": None},
        **facts,
    }
    source = Document("node.onex", b"{}", {})
    return Seen("node.onex", digest="0" * 64, facts=kept, _document=source)


def forest(nodes):
    """A forest of nodes that were judged."""
    return Forest(Tree("/nowhere"), [], nodes)
