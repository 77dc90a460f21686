"""A graph in DOT, the language of Graphviz and of many other tools.

A label stands in quotes; what ends them, escapes in them, or begins an entity is escaped.
"""

from onex.core.graph import Edge, Graph, Vertex
from onex.core.text import printable
from onex.core.words import cut
from onex.report.graphs.words import (
    CIRCLE_COLOUR,
    COLOURS,
    DASHED,
    LONGEST,
    OTHER_COLOUR,
    edge_label,
    faults,
    groups,
    headline,
    label,
    sentence,
)

HEAD = """\
digraph onex {
  graph [rankdir=LR, fontname="sans-serif", fontsize=11, labelloc=b, labeljust=l];
  node [shape=box, fontname="sans-serif", fontsize=11];
  edge [fontname="sans-serif", fontsize=9];"""

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "&": "&amp;", "<": "&lt;", ">": "&gt;"})


def dot(graph: Graph) -> str:
    """The graph as the text of a DOT file."""
    notes = [headline(graph), *faults(graph)]
    lines = [HEAD, "  label=" + '"' + "".join(f"{_text(note)}\\l" for note in notes) + '";']
    names: dict[str, str] = {}
    for number, group in enumerate(groups(graph)):
        lines.append(f'  subgraph "cluster_{number}" {{')
        lines.append(f"    label={_quoted(group.namespace)};")
        for vertex in group.vertices:
            names[vertex.id] = f"n{len(names)}"
            lines.append(f"    {names[vertex.id]} [{_node(vertex)}];")
        lines.append("  }")
    lines += [
        f"  {names[edge.source]} -> {names[edge.target]} [{_edge(edge)}];" for edge in graph.edges
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _node(vertex: Vertex) -> str:
    colour = COLOURS.get(vertex.state, OTHER_COLOUR)
    style = "rounded,dashed" if vertex.state in DASHED else "rounded"
    tooltip = _quoted(cut(vertex.id, 4 * LONGEST))
    return f'label={_quoted(label(vertex))}, tooltip={tooltip}, color="{colour}", style="{style}"'


def _edge(edge: Edge) -> str:
    words = f"label={_quoted(edge_label(edge))}, tooltip={_quoted(sentence(edge))}"
    words += "" if edge.kind == "dependency" else ', style="dashed"'
    return words + (f', color="{CIRCLE_COLOUR}", penwidth=2' if edge.is_circular else "")


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    return printable(text).translate(_ESCAPES)
