"""The graph of a workspace: what is joined to what, in which circles, and how far."""

from hypothesis import given
from hypothesis import strategies as st

from onex.core.graph import Edge, Graph, Vertex, _circular, around, tied

NAMES = st.sampled_from(["a.a", "a.b", "a.c", "b.a", "b.b", "c.c"])
KINDS = st.sampled_from(["dependency", "on_success", "on_failure", "always"])
EDGES = st.builds(Edge, source=NAMES, target=NAMES, kind=KINDS)


def leads(edges, start, end):
    """Whether ``edges`` lead from ``start`` to ``end``, as plainly as it can be said."""
    near = {start}
    for _ in edges:
        near |= {edge.target for edge in edges if edge.source in near}
    return end in near


def graph_of(*edges):
    """A graph of those edges, between drafts."""
    names = sorted({name for edge in edges for name in (edge.source, edge.target)} | {"x.alone"})
    return Graph([Vertex(id=name, state="draft") for name in names], sorted(edges))


@given(st.lists(EDGES, max_size=20, unique=True))
def test_an_edge_is_circular_if_its_sort_leads_back(edges):
    """Dependencies make circles with dependencies, triggers with triggers."""
    for edge in _circular(edges):
        sort = [e for e in edges if (e.kind == "dependency") == (edge.kind == "dependency")]
        assert edge.is_circular == leads(sort, edge.target, edge.source)


CHAIN = [Edge(source=f"a.n{n}", target=f"a.n{n + 1}", kind="dependency") for n in range(5)]


def test_a_neighbourhood_goes_as_many_steps_both_ways():
    """Around the third of six in a row."""
    graph = graph_of(*CHAIN)

    near = [[v.id[-1] for v in around(graph, ["a.n2"], steps).vertices] for steps in (0, 1, 2, 99)]
    assert near == [["2"], ["1", "2", "3"], ["0", "1", "2", "3", "4"], list("012345")]
    assert around(graph, ["a.n2"], 1).edges == CHAIN[1:3]


def test_what_nothing_joins_is_counted_and_left_out():
    """But where nothing joins anything, everything is there."""
    assert (tied(graph_of(*CHAIN)).alone, len(tied(graph_of(*CHAIN)).vertices)) == (1, 6)
    assert [vertex.id for vertex in tied(graph_of()).vertices] == ["x.alone"]
