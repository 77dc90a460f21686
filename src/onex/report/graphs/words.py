"""What every form of a graph says in words: labels, groups, and what is wrong with the graph."""

from typing import NamedTuple

from onex.core.graph import MISSING, UNREADABLE, Edge, Graph, Kind, Vertex
from onex.core.text import plural
from onex.core.words import cut

LONGEST = 60
"""How many characters of a label are shown."""

MOST_NAMES = 20
"""How many names a sentence lists."""

KINDS: dict[Kind, str] = {
    "dependency": "is relied on by",
    "on_success": "on success starts",
    "on_failure": "on failure starts",
    "always": "always starts",
}
"""What an edge says, from its source to its target."""

COLOURS = {
    "draft": "#6b7178",
    "review": "#2f6fc4",
    "active": "#1f8a3f",
    "deprecated": "#b26a00",
    MISSING: "#d0343f",
    UNREADABLE: "#d0343f",
}
"""The line around a node; each can be seen on white and on black."""

CIRCLE_COLOUR = "#d0343f"
OTHER_COLOUR = "#6b7178"
DASHED = frozenset({"draft", MISSING, UNREADABLE})


class Group(NamedTuple):
    """The nodes of one namespace."""

    namespace: str
    vertices: list[Vertex]


def groups(graph: Graph) -> list[Group]:
    """The nodes by their namespaces, both sorted."""
    found: dict[str, list[Vertex]] = {}
    for vertex in graph.vertices:
        found.setdefault(vertex.id.rpartition(".")[0], []).append(vertex)
    return [Group(namespace, found[namespace]) for namespace in sorted(found)]


def label(vertex: Vertex) -> str:
    """The name of a node without its namespace, its version, and where it stands in its life."""
    name = vertex.id.rpartition(".")[2]
    return cut(f"{name} {vertex.version}".rstrip(), LONGEST) + f" ({cut(vertex.state, LONGEST)})"


def edge_label(edge: Edge) -> str:
    """The versions that are relied on, or when the target is started; whether that is a circle."""
    text = edge.version if edge.kind == "dependency" else edge.kind.replace("_", " ")
    return cut(text, LONGEST) + (" (circle)" if edge.is_circular else "")


def sentence(edge: Edge) -> str:
    """What an edge says."""
    versions = f", versions {edge.version}" if edge.version else ""
    circle = ", in a circle" if edge.is_circular else ""
    return cut(f"{edge.source} {KINDS[edge.kind]} {edge.target}{versions}{circle}", 4 * LONGEST)


def headline(graph: Graph) -> str:
    """How much the graph holds."""
    words = f"{plural(len(graph.vertices), 'node')}, {plural(len(graph.edges), 'edge')}"
    if graph.alone:
        words += f"; {plural(graph.alone, 'node')} that nothing joins left out"
    return words


def faults(graph: Graph) -> list[str]:
    """What is wrong with the graph: nodes that are missing or cannot be read, and circles."""
    found = []
    for state, words in ((MISSING, "named, but not there"), (UNREADABLE, "cannot be read")):
        found += _names(words, [vertex.id for vertex in graph.vertices if vertex.state == state])
    for words, is_trigger in (("rely on each other", False), ("start each other", True)):
        circular = {
            edge.target
            for edge in graph.edges
            if edge.is_circular and (edge.kind != "dependency") is is_trigger
        }
        found += _names(f"{words} in a circle", sorted(circular))
    return found


def _names(words: str, names: list[str]) -> list[str]:
    shown = ", ".join(cut(name, LONGEST) for name in names[:MOST_NAMES])
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return [f"{words}: {shown}{more}"] if names else []
