"""Graphs as text of other tools: whatever a name holds stays inside its label (hostile input)."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core.graph import Edge, Graph, Vertex
from onex.report.graphs.dot import dot
from onex.report.graphs.mermaid import mermaid
from onex.report.graphs.svg import MOST, svg

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            '"] click n0 call alert(1)',
            "end",
            "1. one",
            "- one",
            "`**bold**`",
            "a\nb",
            "%%{init: {}}%%",
            "#quot;",
            "<script>alert(1)</script>",
            "\\",
            '\\"];',
            "&quot;",
            "]]>",
            "\u202eabc",
        ]
    ),
)


@st.composite
def graphs(draw):
    """Graphs whose names, states and versions may hold anything."""
    names = draw(st.lists(TEXTS, min_size=1, max_size=5, unique=True))
    vertices = [Vertex(id=name, state=draw(TEXTS), version=draw(TEXTS)) for name in names]
    one = st.sampled_from(names)
    kinds = st.sampled_from(["dependency", "on_success", "on_failure", "always"])
    edges = st.builds(
        Edge, source=one, target=one, kind=kinds, version=TEXTS, is_circular=st.booleans()
    )
    return Graph(sorted(vertices), sorted(draw(st.lists(edges, max_size=5))))


LABEL = r'"(?:[^\W_]|[ ,.()]|#\d+;)+"'
MERMAID = re.compile(
    rf"""%% [^{{}}\n]*|flowchart LR|  subgraph g\d+\[{LABEL}\]|    n\d+\[{LABEL}\]:::\w+|  end
|  n\d+ (?:-->|-\.->)\|{LABEL}\| n\d+|  linkStyle [\d,]+ stroke:\S+|  classDef \w+ stroke:[\w#:,.\- ]+""".replace(
        "\n", ""
    )
)


@given(graphs())
def test_each_line_of_mermaid_is_one_that_was_meant(graph):
    """No name ends its quotes, is taken for markup, or begins a directive."""
    text = mermaid(graph)

    assert text.endswith("\n")
    for line in text.splitlines():
        assert MERMAID.fullmatch(line), line
    assert not re.search(r"\d\. |\.\"", text.partition("flowchart")[2])


QUOTED = r'"(?:[^"\\\n]|\\["\\l])*"'
ATTRIBUTES = rf"\[\w+={QUOTED}(?:, \w+=(?:{QUOTED}|\d+))*\];"
DOT = re.compile(
    rf'  label={QUOTED};|  subgraph "cluster_\d+" {{|    label={QUOTED};|    n\d+ {ATTRIBUTES}|  }}|  n\d+ -> n\d+ {ATTRIBUTES}|}}'
)


@given(graphs())
def test_each_line_of_dot_is_one_that_was_meant(graph):
    """No name ends its quotes, and what looks like an entity is none."""
    lines = dot(graph).splitlines()

    assert lines[0] == "digraph onex {"
    for line in lines[4:]:
        assert DOT.fullmatch(line), line
        assert not re.search(r"&(?!amp;|lt;|gt;)", line)


@given(graphs())
def test_a_picture_is_well_formed_and_holds_what_was_meant(graph):
    """One title for each node and edge, and one for the whole; no element that nobody asked for."""
    text = svg(graph)
    found = list(ET.fromstring(text).iter())  # noqa: S314 - it was made here

    kinds = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in found}
    assert kinds <= {"svg", "title", "style", "rect", "text", "path", "g"}
    titles = [element for element in found if element.tag.endswith("title")]
    assert len(titles) == 1 + len(graph.vertices) + len(graph.edges)
    assert "url(" not in text
    assert all(not name.startswith("on") for element in found for name in element.keys())  # noqa: SIM118


@given(graphs())
def test_the_same_graph_is_the_same_bytes(graph):
    """Whatever the form."""
    for form in (mermaid, dot, svg):
        assert form(graph) == form(Graph(list(graph.vertices), list(graph.edges), graph.alone))


def test_a_picture_of_a_large_graph_says_what_it_leaves_out():
    """Five hundred nodes are drawn."""
    vertices = [Vertex(id=f"a.n{number:04}", state="draft") for number in range(MOST + 3)]
    edges = [
        Edge(source=vertices[n].id, target=vertices[n + 1].id, kind="dependency")
        for n in range(MOST + 2)
    ]

    assert f"Only the first {MOST} nodes are drawn; 3 are left out." in svg(Graph(vertices, edges))


SMALL = Graph(
    [
        Vertex(id="a.one", state="active", version="1.0.0"),
        Vertex(id="a.two", state="draft", version="0.1.0"),
        Vertex(id="b.gone", state="missing"),
    ],
    [
        Edge(source="a.one", target="a.two", kind="dependency", version=">=1", is_circular=True),
        Edge(source="a.two", target="b.gone", kind="on_failure"),
    ],
    alone=1,
)


def test_a_small_graph_in_mermaid():
    """The whole text, styles aside."""
    assert (
        mermaid(SMALL).partition("  classDef")[0]
        == """\
%% 3 nodes, 2 edges; 1 node that nothing joins left out
%% named, but not there: b.gone
%% rely on each other in a circle: a.two
flowchart LR
  subgraph g0["a"]
    n0["one 1.0.0 (active)"]:::active
    n1["two 0.1.0 (draft)"]:::draft
  end
  subgraph g1["b"]
    n2["gone (missing)"]:::missing
  end
  n0 -->|"#62;#61;1 (circle)"| n1
  n1 -.->|"on failure"| n2
  linkStyle 0 stroke:#d0343f,stroke-width:3px
"""
    )


@pytest.mark.parametrize("form", [mermaid, dot, svg])
def test_nothing_that_cannot_be_printed_is_in_a_picture(form):
    """It would move a cursor, or turn a text around."""
    text = form(Graph([Vertex(id="a.\x1b[2J\u202e", state="\x07", version="\x00")], []))
    assert all(line.isprintable() for line in text.split("\n"))
