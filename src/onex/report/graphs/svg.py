"""A graph as a picture that needs nothing else: a strip for each namespace, dark where the reader is.

It holds no script, no link and no font of its own; what a box or a line stands for is its title.
"""

from html import escape

from onex.core.graph import MISSING, UNREADABLE, Edge, Graph, Vertex
from onex.core.words import cut
from onex.report.graphs.words import LONGEST, faults, groups, headline, sentence
from onex.report.layers import HEIGHT, MARGIN, WIDTH, Strip, draw

MOST = 500
"""How many nodes are drawn at most."""

HEAD = 26
"""How much room the name of a namespace takes."""

ROW = 18
LETTER = 7.3
SHORT = 17

SYMBOLS = {
    "draft": "○",
    "review": "◐",
    "active": "●",
    "deprecated": "⊘",
    MISSING: "?",
    UNREADABLE: "!",
}

LEGEND = (
    "From left to right: each node stands right of what it relies on and of what starts it.",
    "○ draft  ◐ review  ● active  ⊘ deprecated  ? missing  ! unreadable",
    "line: relied on  dashes: starts  red: in a circle, missing or unreadable",
)

STYLE = """\
svg { color-scheme: light dark; --page: #fbfbfa; --card: #fff; --strip: #f1f1ee; --text: #1d1f21; --soft: #575d63;
  --draft: #5a6067; --review: #2f5597; --active: #17702f; --deprecated: #855300; --missing: #bd1f2a; }
@media (prefers-color-scheme: dark) { svg { --page: #131517; --card: #1b1e21; --strip: #22262a; --text: #e7e9ea; --soft: #a5adb5;
  --draft: #a5adb5; --review: #92b7ee; --active: #5fcb7d; --deprecated: #e3b043; --missing: #ff8379; } }
text { font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: var(--text); white-space: pre; }
.page { fill: var(--page); } .strip { fill: var(--strip); }
.name { fill: var(--soft); } .note { fill: var(--soft); font-family: system-ui, "DejaVu Sans", sans-serif; }
.fault { fill: var(--missing); } .version { fill: var(--soft); font-size: 11px; }
.box { fill: var(--card); stroke: var(--tone); stroke-width: 1.5; } .sign { fill: var(--tone); }
.line { fill: none; stroke: var(--soft); stroke-width: 1.25; } .starts { stroke-dasharray: 5 3; }
.circle { stroke: var(--missing); stroke-width: 2; }
.draft, .other { --tone: var(--draft); } .review { --tone: var(--review); } .active { --tone: var(--active); }
.deprecated { --tone: var(--deprecated); } .missing, .unreadable { --tone: var(--missing); }
.draft .box, .missing .box, .unreadable .box { stroke-dasharray: 5 3; } .deprecated .label { text-decoration: line-through; }"""


def svg(graph: Graph) -> str:
    """The graph as a picture."""
    drawn, left_out = _bounded(graph)
    boxes = [vertex for group in groups(drawn) for vertex in group.vertices]
    number = {vertex.id: place for place, vertex in enumerate(boxes)}
    strips = [group.namespace for group in groups(drawn)]
    drawing = draw(
        range(len(boxes)),
        [(number[edge.source], number[edge.target]) for edge in drawn.edges],
        {
            number[vertex.id]: place
            for place, group in enumerate(groups(drawn))
            for vertex in group.vertices
        },
        HEAD,
    )
    notes = [(note, "note fault") for note in faults(graph)]
    notes += [(note, "note") for note in (*([left_out] if left_out else []), *LEGEND)]
    width = max(drawing.width, *(2 * MARGIN + int(len(note) * LETTER) for note, _ in notes))
    height = drawing.height + ROW * len(notes) + 2 * MARGIN
    title = escape(f"Graph of nodes: {headline(graph)}")
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">',
        f"<title>{title}</title>",
        f"<style>\n{STYLE}\n</style>",
        f'<rect class="page" width="{width}" height="{height}"/>',
        *(_strip(name, strip, width) for name, strip in zip(strips, drawing.strips, strict=True)),
        *(_line(edge, path) for edge, path in zip(drawn.edges, drawing.lines, strict=True)),
        *(_box(vertex, *drawing.places[place]) for place, vertex in enumerate(boxes)),
        *(
            f'<text class="{kind}" x="{MARGIN}" y="{drawing.height + ROW * row + 18}">{escape(note)}</text>'
            for row, (note, kind) in enumerate(notes)
        ),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _bounded(graph: Graph) -> tuple[Graph, str]:
    """As much of the graph as a picture can show, and what to say of the rest."""
    vertices = graph.vertices[:MOST]
    if len(vertices) == len(graph.vertices):
        return graph, ""
    kept = {vertex.id for vertex in vertices}
    edges = [edge for edge in graph.edges if edge.source in kept and edge.target in kept]
    left_out = len(graph.vertices) - MOST
    return Graph(
        vertices, edges
    ), f"Only the first {MOST} nodes are drawn; {left_out} are left out."


def _strip(name: str, strip: Strip, width: int) -> str:
    """The ground that the nodes of a namespace stand on."""
    return (
        f'<rect class="strip" x="4" y="{strip.y}" width="{width - 8}" height="{strip.height + 6}" rx="6"/>'
        f'<text class="name" x="{MARGIN + 4}" y="{strip.y + SHORT}">{escape(cut(name, LONGEST))}</text>'
    )


def _line(edge: Edge, path: str) -> str:
    kind = "line" if edge.kind == "dependency" else "line starts"
    kind += " circle" if edge.is_circular else ""
    return f'<path class="{kind}" d="{path}"><title>{escape(sentence(edge))}</title></path>'


def _box(vertex: Vertex, x: int, y: int) -> str:
    state = vertex.state if vertex.state in SYMBOLS else "other"
    title = escape(cut(f"{vertex.id} {vertex.version}, {vertex.state}", 4 * LONGEST))
    name, version = cut(vertex.id.rpartition(".")[2], SHORT), cut(vertex.version, 7)
    return (
        f'<g class="{state}"><title>{title}</title>'
        f'<rect class="box" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text class="sign" x="{x + 12}" y="{y + 22}">{SYMBOLS.get(vertex.state, "·")}</text>'
        f'<text class="label" x="{x + 28}" y="{y + 22}">{escape(name)}</text>'
        f'<text class="version" x="{x + WIDTH - 8}" y="{y + 22}" text-anchor="end">{escape(version)}</text></g>'
    )
