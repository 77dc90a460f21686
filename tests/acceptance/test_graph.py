"""A newcomer asks what hangs on what, and pastes the answer into a pull request."""

import re

import pytest

HEAD = """\
%% 4 nodes, 3 edges; 1 node that nothing joins left out
%% named, but not there: demo.text.gone
flowchart LR
  subgraph g0["demo.text"]
    n0["clean 0.1.0 (draft)"]:::draft
    n1["count 0.1.0 (draft)"]:::draft
    n2["gone (missing)"]:::missing
  end
  subgraph g1["other.mail"]
    n3["send 0.1.0 (draft)"]:::draft
  end
  n0 -->|"#62;#61;0.1,#60;1"| n1
  n1 -.->|"on success"| n3
  n2 -->|"#34; #93; #59; end"| n1
"""

NEAR = """\
%% 2 nodes, 1 edge
flowchart LR
  subgraph g0["demo.text"]
    n0["count 0.1.0 (draft)"]:::draft
  end
  subgraph g1["other.mail"]
    n1["send 0.1.0 (draft)"]:::draft
  end
  n0 -.->|"on success"| n1
"""


def drawing(text):
    """The lines of a Mermaid flowchart, styles aside."""
    return text.partition("  classDef")[0]


@pytest.fixture
def joined(onex, workspace):
    """A workspace in which one node relies on two, of which one is missing, and starts another."""
    for name in ("demo.text.count", "other.mail.send", "other.alone"):
        assert onex("scaffold", name).exit_code == 0
    path = workspace / "demo/text/count/node.onex"
    path.write_text(
        path.read_text()
        + 'dependencies:\n- {node: demo.text.clean, version: ">=0.1,<1"}\n'
        + "- {node: demo.text.gone, version: '\" ] ; end'}\n"
        + "triggers: {on_success: [other.mail.send]}\n"
    )
    return workspace


def test_the_whole_workspace(onex, joined):
    """Grouped by namespace, with what is missing, and without what nothing joins."""
    ended = onex("show", "--graph", "mermaid")

    assert (ended.exit_code, ended.stderr, drawing(ended.stdout)) == (0, "", HEAD)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["other.mail.send"], NEAR),
        (["other/mail"], NEAR),
        (
            ["other.mail.send", "--depth", "2"],
            HEAD.replace("; 1 node that nothing joins left out", ""),
        ),
    ],
    ids=" ".join,
)
def test_the_neighbourhood_of_a_node(onex, joined, arguments, wanted):
    """One step around the nodes named, or as many as are asked for."""
    assert drawing(onex("show", *arguments, "--graph", "mermaid").stdout) == wanted


def test_a_node_that_nothing_joins_is_drawn_when_it_is_named(onex, joined):
    """It was asked for."""
    shown = onex("show", "other.alone", "--graph", "mermaid").stdout
    assert shown.startswith("%% 1 node, 0 edges\n")


@pytest.mark.parametrize("form", ["mermaid", "dot", "svg"])
def test_a_picture_in_a_file_is_what_is_printed(onex, joined, form):
    """The same bytes each time."""
    printed = onex("show", "--graph", form).stdout
    written = onex("show", "--graph", form, "-o", "picture")

    assert (written.exit_code, written.stdout) == (0, "")
    assert (joined / "picture").read_text() == printed
    assert re.match(r"%% |digraph onex |<svg ", printed)


def test_a_node_that_cannot_be_read_is_drawn_and_told_of(onex, joined):
    """It stays in the picture, since others rely on it; the status says that it is not whole."""
    (joined / "demo/text/clean/node.onex").write_text("{}")
    ended = onex("show", "--graph", "mermaid")

    assert ended.exit_code == 2
    assert '    n0["clean (unreadable)"]:::unreadable\n' in ended.stdout
    assert ended.stderr.startswith("onex: demo/text/clean/node.onex:1:1: ")


REFUSED = {
    "--depth 2": "--depth goes with --graph",
    "-o x demo.text.clean": "-o goes with --graph",
    "": "name a node, or ask for --graph",
    "--graph dot --depth 1": "--depth goes with the NODEs that it is counted from",
    "--graph dot --output-format json": "--output-format goes without --graph",
    "demo.text.clean demo.text.count": "demo.text.clean, demo.text.count: means 2 nodes; name one",
    "--graph dot -o .tree": ".tree: a report would take the place of a document; nothing written",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_makes_no_sense_is_refused(onex, joined, words):
    """In one line, with nothing written."""
    ended = onex("show", *words.split())

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[0] == f"onex: {REFUSED[words]}"


def test_a_workspace_without_nodes_has_no_graph(onex, tmp_path):
    """A picture of nothing is no answer."""
    onex("init", ".")
    ended = onex("show", "--graph", "svg")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "no nodes to draw" in ended.stderr
