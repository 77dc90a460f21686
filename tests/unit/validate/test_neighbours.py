"""Nodes that nodes name are found wherever they lie; circles of any size are told once."""

import os
import time

import pytest
from tests.seen_nodes import forest, seen

from onex.core.tree import NodeRef, Tree
from onex.core.workspace import Workspace
from onex.validate import engine
from onex.validate.engine import validate
from onex.validate.neighbours import Neighbours
from onex.validate.rules import RULES, dependency_cycle, word_twins


def linked(edges):
    """Nodes that rely on each other as ``edges`` says."""
    return forest(
        [
            seen(name, dependencies=[{"node": target, "version": "*"} for target in targets])
            for name, targets in edges.items()
        ]
    )


@pytest.mark.parametrize(
    ("edges", "told"),
    [
        ({"d.a": ["d.b"], "d.b": []}, []),
        ({"d.a": ["d.a"]}, ["d.a → d.a"]),
        ({"d.b": ["d.a"], "d.a": ["d.b"]}, ["d.a → d.b → d.a"]),
        ({"d.a": ["d.b", "d.c"], "d.b": ["d.d"], "d.c": ["d.d"], "d.d": []}, []),
        (
            {"d.a": ["d.b"], "d.b": ["d.a", "d.c"], "d.c": ["d.b"]},
            ["d.a → d.b → d.a", "d.b → d.c → d.b"],
        ),
        ({"d.a": ["d.gone", "d.b"], "d.b": ["d.a"]}, ["d.a → d.b → d.a"]),
    ],
)
def test_circles(edges, told):
    """Each circle is told once, from its first node on."""
    found = [f["message"].partition(": ")[2] for f in dependency_cycle.check(linked(edges))]

    assert found == told


def test_second_node_of_that_id_when_the_first_cannot_be_read(workspace):
    """Folders that end alike are looked at one after the other."""
    tree = Workspace(os.fspath(workspace)).tree
    place = os.fspath(workspace / "gone")
    tree.nodes.insert(0, NodeRef(place, ("a", "demo", "text", "clean"), "", 1, "node.onex"))

    assert Neighbours(tree, []).find("demo.text.clean").id == "demo.text.clean"


def test_circle_of_eight_is_told_whole():
    """Only what is longer is told short."""
    edges = {f"d.n{index}": [f"d.n{(index + 1) % 8}"] for index in range(8)}

    (found,) = dependency_cycle.check(linked(edges))

    assert "…" not in found["message"]


def test_long_circle_is_told_short_and_in_linear_time():
    """Five thousand nodes in a circle are walked without recursion; eight are named."""
    edges = {f"d.n{index:04}": [f"d.n{(index + 1) % 5_000:04}"] for index in range(5_000)}
    start = time.process_time()

    (found,) = dependency_cycle.check(linked(edges))

    assert found["message"].endswith("d.n0007 → … → d.n0000")
    assert time.process_time() - start < 2


def test_node_that_was_not_looked_at_is_read_when_it_is_named(workspace):
    """A check of one node sees the others of the tree and those that onex ships."""
    tree = Workspace(os.fspath(workspace)).tree
    neighbours = Neighbours(tree, [])

    assert neighbours.find("demo.text.clean").id == "demo.text.clean"
    assert neighbours.find("onex.scaffold").id == "onex.scaffold"
    assert neighbours.knows("text.clean")
    assert neighbours.find("text.clean") is None
    assert neighbours.find("demo.text.gone") is None
    assert not neighbours.knows("demo.text.gone")


def test_node_that_cannot_be_read_is_known_all_the_same(tmp_path):
    """What is wrong with it is told of the node itself."""
    tree = Tree(os.fspath(tmp_path))
    for folder in ("gone", "demo"):
        place = os.fspath(tmp_path / folder)
        tree.nodes.append(NodeRef(place, ("demo", "gone"), "", 1, "node.onex"))

    assert Neighbours(tree, []).knows("demo.gone")
    assert Neighbours(tree, []).find("demo.gone") is None


def test_words_are_compared_in_linear_time():
    """Twenty thousand tags, all alike, are compared with each other's shapes alone."""
    nodes = [seen(f"d.n{index}", tags=[f"{'tag' * 20}-{index:05}"]) for index in range(20_000)]
    start = time.process_time()

    assert list(word_twins.check(forest(nodes))) == []
    assert time.process_time() - start < 4


def test_previews_are_not_applied_unless_asked_for(workspace):
    """A rule on trial changes no verdict of a team that did not ask for it."""
    verdict = validate(Workspace(os.fspath(workspace)), today="2026-01-17")
    previews = {rule.code for rule in RULES if rule.preview}

    assert previews.isdisjoint(finding["code"] for finding in verdict.findings)
    assert [rule for rule in engine.SETTLED if rule.preview] == []


def test_previews_only_warn(workspace, onex, monkeypatch):
    """Whatever its severity will be, a preview fails no gate."""
    monkeypatch.setattr(engine, "SETTLED", RULES)

    path = workspace / "demo/text/clean/state_contract.json"
    path.write_text(path.read_text().replace('"additionalProperties": false,', ""))
    assert onex("lock").exit_code == 0

    verdict = validate(Workspace(os.fspath(workspace)), today="2026-01-17")

    assert verdict.count("error") == 0
    assert "ONX406" in {finding["code"] for finding in verdict.findings}
