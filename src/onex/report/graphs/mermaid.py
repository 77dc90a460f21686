"""A graph as Mermaid draws it, in a README or a pull request.

Whatever is no letter, digit or plain mark of a label becomes an entity, so that no name ends its
quotes, opens a comment or is taken for markup; nodes are called by numbers.
"""

import re

from onex.core.graph import Graph
from onex.report.graphs.words import (
    CIRCLE_COLOUR,
    COLOURS,
    DASHED,
    OTHER_COLOUR,
    edge_label,
    faults,
    groups,
    headline,
    label,
)

# A full stop behind a number, a dash or an underscore would be markup of lists and emphasis.
_MARKS = re.compile(r"[^\w ,.()]|_|\.(?= |$)", re.ASCII)


def mermaid(graph: Graph) -> str:
    """The graph as the text of a Mermaid flowchart."""
    lines = [f"%% {_comment(text)}" for text in (headline(graph), *faults(graph))]
    lines.append("flowchart LR")
    names: dict[str, str] = {}
    for number, group in enumerate(groups(graph)):
        lines.append(f'  subgraph g{number}["{_text(group.namespace)}"]')
        for vertex in group.vertices:
            names[vertex.id] = f"n{len(names)}"
            kind = vertex.state if vertex.state in COLOURS else "other"
            lines.append(f'    {names[vertex.id]}["{_text(label(vertex))}"]:::{kind}')
        lines.append("  end")
    for edge in graph.edges:
        arrow = "-->" if edge.kind == "dependency" else "-.->"
        lines.append(
            f'  {names[edge.source]} {arrow}|"{_text(edge_label(edge))}"| {names[edge.target]}'
        )
    circular = [str(number) for number, edge in enumerate(graph.edges) if edge.is_circular]
    if circular:
        lines.append(f"  linkStyle {','.join(circular)} stroke:{CIRCLE_COLOUR},stroke-width:3px")
    for kind, colour in {**COLOURS, "other": OTHER_COLOUR}.items():
        dashes = ",stroke-dasharray:5 4" if kind in DASHED else ""
        lines.append(f"  classDef {kind} stroke:{colour},stroke-width:2px{dashes}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A label in which nothing has a meaning of its own; an empty one would be no label."""
    return _MARKS.sub(lambda found: _entity(found[0]), text) or "#32;"


def _entity(character: str) -> str:
    return character if character.isalpha() else f"#{ord(character)};"


def _comment(text: str) -> str:
    # Mermaid takes `%%{` for a directive, and braces in a comment for a part of one.
    return text.replace("{", "(").replace("}", ")")
