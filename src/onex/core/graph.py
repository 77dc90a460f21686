"""The graph of a workspace: which nodes name which, under `dependencies` and under `triggers`.

An edge leads from what comes first to what comes after it: from a node to those that rely on it,
and to those that it starts. What is named and not there is part of the graph.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from onex.core import node
from onex.core.node import Node
from onex.core.references import post_order
from onex.core.tree import NodeRef
from onex.core.workspace import shipped
from onex.errors import DocumentError

MISSING, UNREADABLE = "missing", "unreadable"
"""What a vertex is that has no lifecycle: named but not there; there but no node that can be read."""

Kind: TypeAlias = Literal["dependency", "on_success", "on_failure", "always"]
TRIGGERS: tuple[Literal["on_success", "on_failure", "always"], ...] = (
    "on_success",
    "on_failure",
    "always",
)


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Vertex:
    """A node, or what stands where one is named.

    Attributes:
        id: the id of the node.
        state: its lifecycle, `missing` or `unreadable`.
        version: its version; empty where there is none.
    """

    id: str
    state: str
    version: str = ""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Edge:
    """One node coming before another.

    Attributes:
        source: the id of what comes first.
        target: the id of what comes after.
        kind: why: the target relies on the source, or is started by it.
        version: the versions that the target relies on.
        is_circular: whether edges of this sort lead back from the target to the source.
    """

    source: str
    target: str
    kind: Kind
    version: str = ""
    is_circular: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices and edges, each sorted.

    Attributes:
        alone: how many vertices were left out since nothing joins them.
    """

    vertices: list[Vertex]
    edges: list[Edge]
    alone: int = 0


def read(refs: Iterable[NodeRef]) -> tuple[Graph, dict[str, str], list[DocumentError]]:
    """The graph of the nodes at ``refs``; by folder the id of each; why others cannot be read."""
    ids: dict[str, str] = {}
    nodes: dict[str, Node] = {}
    broken: dict[tuple[str, ...], str] = {}
    errors = []
    for ref in refs:
        try:
            found = node.load(ref.folder)
            ids[ref.folder] = found.id
            nodes.setdefault(found.id, found)
        except DocumentError as error:
            errors.append(error)
            ids[ref.folder] = ".".join(ref.segments)
            # An id may leave out the first folders on the way to its node.
            broken |= {ref.segments[start:]: ids[ref.folder] for start in range(len(ref.segments))}
    edges = {edge for found in nodes.values() for edge in _edges(found, broken)}
    vertices = {name: _vertex(found) for name, found in nodes.items()}
    for name in broken.values():
        vertices.setdefault(name, Vertex(id=name, state=UNREADABLE))
    named = {name for edge in edges for name in (edge.source, edge.target)}
    vertices |= _strangers(named - vertices.keys())
    return Graph(sorted(vertices.values()), sorted(_circular(edges))), ids, errors


def tied(graph: Graph) -> Graph:
    """``graph`` without the nodes that nothing joins; as it is when nothing joins any."""
    named = {name for edge in graph.edges for name in (edge.source, edge.target)}
    kept = [vertex for vertex in graph.vertices if vertex.id in named]
    return Graph(kept, graph.edges, len(graph.vertices) - len(kept)) if kept else graph


def around(graph: Graph, names: Iterable[str], steps: int) -> Graph:
    """What no more than ``steps`` edges part from the nodes of those names, whichever way they lead."""
    near = set(names)
    for _ in range(steps):
        more = {e.target for e in graph.edges if e.source in near}
        more |= {e.source for e in graph.edges if e.target in near}
        if more <= near:
            break
        near |= more
    return Graph(
        [vertex for vertex in graph.vertices if vertex.id in near],
        [edge for edge in graph.edges if edge.source in near and edge.target in near],
    )


def _vertex(found: Node) -> Vertex:
    return Vertex(id=found.id, state=found.lifecycle, version=found.value["version"])


def _strangers(names: Collection[str]) -> dict[str, Vertex]:
    """What stands for nodes that the workspace does not have: those that onex ships, or nothing."""
    found = {name: Vertex(id=name, state=MISSING) for name in names}
    for ref in shipped().refs() if names else ():
        name = ".".join(ref.segments)
        if name in found:
            found[name] = _vertex(node.load(ref.folder))
    return found


def _edges(found: Node, broken: dict[tuple[str, ...], str]) -> Iterator[Edge]:
    def whole(name: str) -> str:
        return broken.get(tuple(name.split(".")), name)

    for item in found.value.get("dependencies", []):
        source = whole(item["node"])
        yield Edge(source=source, target=found.id, kind="dependency", version=item["version"])
    triggers = found.value.get("triggers", {})
    for kind in TRIGGERS:
        for name in triggers.get(kind, []):
            yield Edge(source=found.id, target=whole(name), kind=kind)


def _circular(edges: Collection[Edge]) -> list[Edge]:
    """``edges``, each with whether it is part of a circle of edges of its sort."""
    found = []
    for is_trigger in (False, True):
        sort = [edge for edge in edges if (edge.kind != "dependency") is is_trigger]
        part = _parts(sort)
        found += [
            replace(edge, is_circular=part[edge.source] == part[edge.target]) for edge in sort
        ]
    return found


def _parts(edges: Collection[Edge]) -> dict[str, str]:
    """By vertex, a name for all those that lead to it and that it leads to (Kosaraju's algorithm)."""
    ahead: dict[str, list[str]] = {}
    behind: dict[str, list[str]] = {}
    for edge in edges:
        ahead.setdefault(edge.source, []).append(edge.target)
        behind.setdefault(edge.target, []).append(edge.source)
    part: dict[str, str] = {}
    for start in reversed(post_order(ahead)):
        pending = [] if start in part else [start]
        while pending:
            name = pending.pop()
            if name not in part:
                part[name] = start
                pending += behind.get(name, [])
    return part
